-- The day is asked for at every touch: the last correction is found without reading the log of a year.
create index queue_event_correction on queue_event (seq) where json_extract(body, '$.type') = 'day-corrected';
