-- The queue: what happened, appended once and never changed. One operation is one event; its id was made where it was born.
create table queue_event (
  seq integer primary key autoincrement,
  operation text not null unique,
  day text not null,
  ticket text,
  at integer not null,
  actor text not null,
  body text not null
) strict;

create index queue_event_by_ticket on queue_event (ticket);
create index queue_event_by_day on queue_event (day);

-- What follows from the events, written with them in one transaction; can be dropped and made again from them.
create table queue_ticket (
  id text primary key,
  day text not null,
  number text not null,
  line text not null,
  state text not null,
  window text,
  issued_at integer not null,
  body text not null,
  unique (day, number)
) strict;

create index queue_ticket_by_state on queue_ticket (day, state);
-- A window has one visitor at a time.
create unique index queue_ticket_at_window on queue_ticket (day, window) where state = 'called';

create table queue_window (
  day text not null,
  window text not null,
  state text not null check (state in ('open', 'paused', 'closed')),
  staff text not null,
  primary key (day, window)
) strict;

create table queue_counter (
  day text not null,
  line text not null,
  last integer not null,
  issued integer not null,
  primary key (day, line)
) strict;

create table queue_day (
  day text primary key,
  farewell text,
  closed_at integer
) strict;

-- Words for colleagues. They may speak of visitors, so they are no events and go with the day (notes) or after some (hand-over).
create table queue_note (
  operation text primary key,
  day text not null,
  window text not null,
  ticket text,
  at integer not null,
  staff text not null,
  text text not null
) strict;

create table queue_alarm (
  id text primary key,
  day text not null,
  window text not null,
  at integer not null,
  staff text not null,
  answered_by text
) strict;

-- Only on the queue host: the other terminals of the station.
create table queue_terminal (
  id text primary key,
  ordinal integer not null unique,
  secret text not null,
  paired_at integer not null
) strict;

-- Only on the other terminals: numbers leased from the host, and tickets that the host has not confirmed.
create table queue_block (
  day text not null,
  line text not null,
  first integer not null,
  last integer not null,
  next integer not null,
  primary key (day, line, first)
) strict;

create table queue_given (
  id text primary key,
  day text not null,
  line text not null,
  n integer not null,
  body text not null,
  confirmed integer not null default 0,
  unique (day, line, n)
) strict;
