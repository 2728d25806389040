-- Metadata of the feed that was verified, so that no older one is believed again. It outlives the cache. `anchor` names the
-- root that the terminal was given.
create table feed_metadata (
  anchor text not null,
  name text not null,
  bytes blob not null,
  primary key (anchor, name)
) strict;
