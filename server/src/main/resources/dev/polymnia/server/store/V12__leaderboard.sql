-- Who wants to be seen in the leaderboard, and what owners have settled for the whole server.
alter table people add column leaderboard integer not null default 0;

create table settings (
  name text not null primary key,
  value text not null
);
