-- Records of the feed's divisions whose rows changed since the digest of their division was noted, with the version that
-- the digest still tells of (null: none). Noted by the database itself, in the transaction of the change, whoever makes it:
-- so the digest of all rows follows from the noted one and these few, and still tells when rows are missing.
create table digest_change (
  id text not null,
  scope text not null,
  was integer,
  primary key (id, scope)
) strict, without rowid;

-- What is about to change is inserted here; nothing is kept in it.
create view changing_record as select id, scope from digest_change;

create trigger digest_noted instead of insert on changing_record
-- The division is the scope up to its hyphen.
when exists (select 1 from feed_division where division = substr(new.scope, 1, instr(new.scope || '-', '-') - 1))
begin
  -- Not "insert or ignore": the statement that sets a trigger off may say otherwise. What was first is what counts.
  insert into digest_change (id, scope, was)
  select new.id, new.scope, (select version from source_record where id = new.id and scope = new.scope)
  where not exists (select 1 from digest_change where id = new.id and scope = new.scope);
end;

create trigger digest_record_comes before insert on record begin
  insert into changing_record (id, scope) values (new.id, new.scope);
end;
create trigger digest_record_changes before update on record begin
  insert into changing_record (id, scope) values (old.id, old.scope), (new.id, new.scope);
end;
create trigger digest_record_goes before delete on record begin
  insert into changing_record (id, scope) values (old.id, old.scope);
end;

create trigger digest_local_comes before insert on local_record begin
  insert into changing_record (id, scope) values (new.id, new.scope);
end;
create trigger digest_local_changes before update on local_record begin
  insert into changing_record (id, scope) values (old.id, old.scope), (new.id, new.scope);
end;
create trigger digest_local_goes before delete on local_record begin
  insert into changing_record (id, scope) values (old.id, old.scope);
end;
