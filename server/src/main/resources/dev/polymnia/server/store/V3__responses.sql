-- Answers of OpenAI's Responses API, as their clients see them. The request is null where it is that
-- of the run; the run is null where none was kept. Times are milliseconds since 1970.
create table responses (
  id text not null primary key,
  run text references runs (id) on delete cascade,
  request text,
  body text not null,
  created bigint not null
);

create index responses_by_run on responses (run);
