-- What somebody is writing: one draft a record, kept until it is published or thrown away. Nothing in it need be right yet.
create table edit_draft (
  id text primary key,
  kind text not null,
  content text not null,
  -- Envelope of what was shown when the draft was begun; null for a new record. An edit names what it started from (invariant 5).
  base text,
  base_version integer not null,
  editor text not null,
  -- Counted up at each save, so that two people do not write over each other unseen.
  stamp integer not null,
  created_at integer not null,
  changed_at integer not null
) strict;

-- Every publication of this station, for ever: who changed what, and from what.
create table edit_version (
  seq integer primary key autoincrement,
  id text not null,
  kind text not null,
  operation text not null unique,
  action text not null check (action in ('create', 'change', 'withdraw')),
  -- Fields as they go to the district; empty for a withdrawal.
  changes text not null,
  base_version integer not null,
  -- Envelopes of what was shown before and after; null when nothing was.
  before text,
  after text,
  -- The version that this one brought back.
  restores integer,
  editor text not null,
  editor_name text not null,
  at integer not null
) strict;

create index edit_version_by_id on edit_version (id);

create trigger edit_version_stays before update on edit_version begin
  select raise(abort, 'a version is never changed');
end;
create trigger edit_version_is_kept before delete on edit_version begin
  select raise(abort, 'a version is never deleted');
end;

-- How far each publication has come at the district. A row that is missing has not been answered.
create table edit_state (
  operation text primary key references edit_version (operation),
  state text not null check (state in ('taken', 'settled', 'conflict', 'refused', 'closed')),
  -- The record's version at the district.
  version integer,
  -- Name of the conflict at the district, and the fields with both values.
  conflict text,
  fields text,
  code text,
  message text,
  changed_at integer not null
) strict;
