-- What exists only on this terminal. Times are epoch milliseconds.
create table print_job (
  id text primary key,
  paper text not null,
  state text not null check (state in ('queued', 'sending', 'printed', 'in-doubt', 'failed', 'expired')),
  reason text not null default '',
  created_at integer not null,
  changed_at integer not null
) strict;

-- Operations that the district has not confirmed yet; the id is made here and never changes (invariant 4).
create table outbox (
  id text primary key,
  type text not null,
  payload text not null,
  created_at integer not null
) strict;

create table audit (
  seq integer primary key autoincrement,
  at integer not null,
  actor text not null,
  action text not null,
  subject text not null
) strict;
