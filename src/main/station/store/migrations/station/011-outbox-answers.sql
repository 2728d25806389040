-- What the district answered to operations of the outbox. An operation without a row here waits to be sent; it is forgotten only
-- long after its answer, because a district that was restored from a backup must hear it again.
create table outbox_answer (
  id text primary key references outbox (id) on delete cascade,
  status text not null check (status in ('applied', 'merged', 'conflict', 'refused', 'seen')),
  code text,
  message text,
  answered_at integer not null
) strict;
