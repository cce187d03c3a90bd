-- What people talk about. Times are milliseconds since 1970; tags are words with spaces between and
-- around them.
create table conversations (
  id text not null primary key,
  person text not null,
  title text not null,
  folder text not null,
  tags text not null,
  pinned integer not null,
  archived integer not null,
  created bigint not null,
  changed bigint not null
);

create index conversations_by_person on conversations (person, changed, id);

-- A tree: edited questions and other answers are further children of the same parent. The number is
-- the order in which they came.
create table messages (
  number bigint generated always as identity primary key,
  id text not null unique,
  conversation text not null references conversations (id) on delete cascade,
  parent text references messages (id) on delete cascade,
  role text not null,
  text text not null,
  run text unique,
  state text not null,
  created bigint not null
);

create index messages_by_conversation on messages (conversation, number);
create index messages_by_parent on messages (parent);

-- The words for the search.
alter table messages add column words tsvector generated always as (to_tsvector('simple', text)) stored;
create index message_words on messages using gin (words);
