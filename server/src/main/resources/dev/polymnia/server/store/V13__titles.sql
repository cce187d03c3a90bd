-- Whether a conversation has the title that it keeps: one that its person gave, or what came of asking a model. What
-- there was before keeps its title.
alter table conversations add column titled integer not null default 1;
