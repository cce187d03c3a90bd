-- How people sign in. Times are milliseconds since 1970.
create table passwords (
  person text not null primary key references people (id) on delete cascade,
  hash text not null
);

create table sessions (
  id text not null primary key,
  person text not null references people (id) on delete cascade,
  digest text not null unique,
  client text not null,
  created bigint not null,
  used bigint not null
);

create index sessions_by_person on sessions (person, created, id);

-- An invitation of somebody who is there already lets them choose another password.
create table invitations (
  id text not null primary key,
  digest text not null unique,
  person text references people (id) on delete cascade,
  role text not null,
  created bigint not null,
  expires bigint not null
);

create index invitations_by_age on invitations (created, id);
