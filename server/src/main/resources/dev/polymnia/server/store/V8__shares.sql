-- Who has the secret reads a conversation up to a message. Times are milliseconds since 1970.
create table shares (
  id text not null primary key,
  digest text not null unique,
  conversation text not null references conversations (id) on delete cascade,
  message text not null references messages (id) on delete cascade,
  created bigint not null,
  expires bigint not null
);

create index shares_by_conversation on shares (conversation, created, id);
create index shares_by_message on shares (message);
