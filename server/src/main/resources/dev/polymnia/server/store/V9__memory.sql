-- What is remembered of a person, and which of it an answer was given. Times are milliseconds since
-- 1970; memories are ids with spaces between them.
create table memories (
  id text not null primary key,
  person text not null references people (id) on delete cascade,
  text text not null,
  created bigint not null
);

create index memories_by_person on memories (person, created, id);

alter table people add column remembers integer not null default 1;
alter table messages add column memories text not null default '';
