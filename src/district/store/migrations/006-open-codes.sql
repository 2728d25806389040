-- By this name the office cancels a code: its hash would help whoever wants to guess it.
alter table enrolment_code add column id uuid not null unique default gen_random_uuid();
