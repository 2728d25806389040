-- Content as it came from the pack or feed. A record is known by id and scope: a narrower scope may replace a wider one's.
create table record (
  id text not null,
  scope text not null,
  kind text not null,
  version integer not null,
  effective_from text not null,
  valid_until text,
  published_at text not null,
  envelope text not null,
  primary key (id, scope)
) strict;

create index record_by_kind on record (kind, scope);

-- How far each source has been applied; written in the same transaction as the rows (invariant 3).
create table applied (
  source text primary key,
  cursor text not null,
  applied_at integer not null
) strict;
