-- Files of conversations, and which of them a message was said with. Times are milliseconds since 1970;
-- a message's files are ids with spaces between them.
create table files (
  id text not null primary key,
  conversation text not null references conversations (id) on delete cascade,
  person text not null,
  name text not null,
  type text not null,
  size bigint not null,
  digest text not null,
  created bigint not null
);

create index files_by_conversation on files (conversation, created, id);
create index files_by_person on files (person);

-- Apart, so that a list of files does not read what is in them. SQLite knows no bytea, and keeps bytes
-- as bytes whatever it is told.
create table file_contents (
  file text not null primary key references files (id) on delete cascade,
  content bytea not null
);

alter table messages add column files text not null default '';
