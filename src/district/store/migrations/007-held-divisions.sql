-- What of a division does not fit the program any more waits for a person's word (begin-anew.ts).
alter table feed_division add column held boolean not null default false;
