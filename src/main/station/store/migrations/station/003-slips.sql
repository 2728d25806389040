-- Print jobs of roll-paper slips (queue tickets, test pages) beside A4 papers. A slip is kept whole in `paper`, so that a
-- copy is the same; `uptime` is the computer's milliseconds since its start when the job was written, beside the clock,
-- which may jump.
alter table print_job add column kind text not null default 'paper' check (kind in ('paper', 'slip'));
alter table print_job add column label text not null default '';
alter table print_job add column printer text not null default '';
alter table print_job add column copy_of text references print_job (id);
alter table print_job add column uptime integer not null default 0;
create index print_job_by_state on print_job (kind, state);
create index print_job_by_copy on print_job (copy_of) where copy_of is not null;
