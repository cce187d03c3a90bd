-- What was done, each entry with a hash of itself and the one before. Times are milliseconds since
-- 1970.
create table audit (
  id bigint not null primary key,
  at bigint not null,
  actor text not null,
  act text not null,
  object text not null,
  status integer not null,
  hash text not null
);
