-- Runs are removed some time after their end.
create index runs_by_end on runs (ended);
