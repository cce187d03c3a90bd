-- SQLite and PostgreSQL alike. Times are milliseconds since 1970.
create table runs (
  id text not null primary key,
  mode text not null,
  model text not null,
  background integer not null,
  state text not null,
  created bigint not null,
  ended bigint,
  attempts integer not null,
  request text not null,
  result text
);

create index runs_by_age on runs (created, id);
create index runs_by_state on runs (state);

-- The ids of one run are 1, 2, 3, … and given when an event is committed.
create table events (
  run text not null references runs (id) on delete cascade,
  id bigint not null,
  sequence bigint not null,
  json text not null,
  primary key (run, id)
);
