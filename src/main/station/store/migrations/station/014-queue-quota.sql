-- A quota counts numbers that were given; those that were lent to another terminal counted until now as soon as they were lent.
update queue_counter set issued = (
    select count(*) from queue_event
    where queue_event.day = queue_counter.day
      and json_extract(body, '$.type') = 'issued' and json_extract(body, '$.ticket.line') = queue_counter.line)
  where day in (select day from queue_day where closed_at is null);
