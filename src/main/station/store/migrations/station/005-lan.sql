-- Office PCs and hall displays that were paired. Only a hash of the token is kept.
create table lan_device (
  id text primary key,
  kind text not null check (kind in ('console', 'display')),
  name text not null,
  token_hash text not null unique,
  paired_at integer not null,
  seen_at integer not null
) strict;
