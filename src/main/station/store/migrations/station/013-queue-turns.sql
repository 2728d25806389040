-- The day of the queue is what the log says, not what the clock says: the last turn is found without reading the log of a year.
drop index queue_event_correction;
create index queue_event_turn on queue_event (seq) where json_extract(body, '$.type') in ('day-turned', 'day-corrected');

create index queue_event_skipped on queue_event (seq) where json_extract(body, '$.type') = 'numbers-skipped';

-- Numbers that are held are found by their state; those of several days may be open at a time.
create index queue_ticket_held on queue_ticket (state, issued_at);

-- The log until now turned with its newest day.
insert into queue_event (operation, day, at, actor, body)
  select 'day-turned-013', day, at, 'station', '{"type":"day-turned"}' from queue_event
  where seq >= coalesce((select max(seq) from queue_event where json_extract(body, '$.type') = 'day-corrected'), 0)
    and actor not like 'terminal:%'
  order by day desc, seq desc limit 1;
insert into queue_day (day)
  select distinct day from queue_ticket where true on conflict (day) do nothing;
insert into queue_day (day)
  select day from queue_event where operation = 'day-turned-013'
  on conflict (day) do update set closed_at = null;

-- A window has one visitor, of whatever day: whoever was left at one when a day before ended may be called again.
insert into queue_event (operation, day, ticket, at, actor, body)
  select 'put-aside-013:' || id, day, id, (select max(at) from queue_event), 'station', json_object('type', 'skipped', 'window', "window")
  from queue_ticket one where state = 'called'
    and exists (select 1 from queue_ticket other where other.state = 'called' and other."window" = one."window" and other.day > one.day);
update queue_ticket set state = 'skipped', body = json_set(body, '$.state', 'skipped')
  where id in (select ticket from queue_event where operation = 'put-aside-013:' || ticket);
drop index queue_ticket_at_window;
create unique index queue_ticket_at_window on queue_ticket ("window") where state = 'called';

-- What a terminal that was removed needs to hear that, and to report what it gave before.
create table queue_terminal_removed (
  id text primary key,
  ordinal integer not null,
  secret text not null,
  removed_at integer not null
) strict;
