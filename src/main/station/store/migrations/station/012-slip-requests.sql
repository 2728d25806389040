-- What a print system calls the request of a slip that it took: at the next start it is taken back, so that nothing old comes
-- out when the printer does.
alter table print_job add column request text not null default '';
