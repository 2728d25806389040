-- The daily upkeep log (日常巡检记录): one line a day from the self-test.
create table upkeep_day (
  day text primary key,
  at integer not null,
  verdict text not null check (verdict in ('ok', 'attention', 'fault')),
  summary text not null
) strict;
