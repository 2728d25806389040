-- Accounts of other parties' programs. Of a key only a hash is kept.
create table service (
  id text primary key,
  name text not null,
  rights text[] not null,
  -- Divisions that it may ask about, with all below them.
  divisions text[] not null,
  key_hash text not null unique,
  created_at bigint not null,
  -- The last day on which the key is good, by the clock of China.
  last_day text not null,
  revoked_at bigint,
  used_at bigint
);

-- Changes of all divisions in one order, for programs that ask what came since. Taken under the lock `feed`, so that none is seen
-- before one below it (changes-since.ts).
alter table content add column change bigserial;
create unique index content_change on content (change);
