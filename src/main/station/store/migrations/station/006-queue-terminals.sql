-- What the technician calls a further terminal, and when it was last there.
alter table queue_terminal add column name text not null default '';
alter table queue_terminal add column seen_at integer not null default 0;

-- An ordinal whose terminal was removed is not given again that day: its reserve may be on paper in somebody's hand.
create table queue_ordinal_rest (
  ordinal integer primary key,
  day text not null
) strict;
