-- What its person thinks of an answer: a word, and why in their own words. Null and empty for nothing.
alter table messages add column rating text;
alter table messages add column remark text not null default '';
