-- People who share a server (by their pseudonyms in the audit log, which outlives them), their keys and quotas, and what their runs spent. Times are milliseconds
-- since 1970; money is in millionths of the operator's currency.
create table people (
  id text not null primary key,
  name text not null,
  folded text not null unique,
  pseudonym text not null unique,
  role text not null,
  created bigint not null
);

create index people_by_age on people (created, id);

-- An empty list of models or modes is for all.
create table keys (
  id text not null primary key,
  person text not null references people (id) on delete cascade,
  name text not null,
  prefix text not null,
  digest text not null unique,
  models text not null,
  modes text not null,
  tools integer not null,
  manages integer not null,
  created bigint not null,
  expires bigint,
  used bigint
);

create index keys_by_person on keys (person, created, id);

-- People who spend together.
create table people_groups (
  id text not null primary key,
  name text not null,
  folded text not null unique,
  created bigint not null
);

create table members (
  group_id text not null references people_groups (id) on delete cascade,
  person text not null references people (id) on delete cascade,
  primary key (group_id, person)
);

create index members_by_person on members (person);

-- Whose a quota is: the id of a person, a key or a group.
create table quotas (
  holder text not null,
  place integer not null,
  resource text not null,
  span text,
  mode text,
  most bigint not null,
  primary key (holder, place)
);

-- What runs at work may still spend. Where there is no person or key the column is empty.
create table reservations (
  run text not null primary key,
  person text not null,
  key_id text not null,
  model text not null,
  mode text not null,
  tokens bigint not null,
  money bigint not null
);

create index reservations_by_person on reservations (person);

-- What runs spent, one row for each time that one was settled.
create table spendings (
  id text not null primary key,
  at bigint not null,
  person text not null,
  key_id text not null,
  model text not null,
  mode text not null,
  cached bigint not null,
  computed bigint not null,
  generated bigint not null,
  branches bigint not null,
  money bigint not null
);

create index spendings_by_person on spendings (person, at);
create index spendings_by_time on spendings (at);

-- Whose a run or a response is; empty for the operator's.
alter table runs add column person text not null default '';
alter table runs add column key_id text not null default '';
alter table responses add column person text not null default '';
alter table responses add column key_id text not null default '';
create index runs_by_person on runs (person, created, id);
