-- A checksum of each record as it was written, noted a while after (content/record-sums.ts): by it damage is found that leaves the
-- pages of the file in order and the text readable. What changes through SQLite loses its sum and gets a new one.
create table record_sum (
  id text not null,
  scope text not null,
  sum integer not null,
  primary key (id, scope)
) strict, without rowid;

create trigger record_sum_changed after update on record begin
  delete from record_sum where id = old.id and scope = old.scope;
end;
create trigger record_sum_gone after delete on record begin
  delete from record_sum where id = old.id and scope = old.scope;
end;
