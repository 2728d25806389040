-- Counts of a queue's day are sent again when the day was open again: the terminal is known that sent them.
alter table fact add column terminal text;
update fact set terminal = operation.terminal from operation where operation.id = fact.operation;
create index fact_queue_day on fact (terminal, (body ->> 'day')) where type = 'queue-day';
