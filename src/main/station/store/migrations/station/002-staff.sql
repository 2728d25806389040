-- People who may log in. A secret is kept as a hash with its parameters (secret-hash.ts).
create table staff_person (
  id text primary key,
  account text not null unique,
  name text not null,
  roles text not null,
  active integer not null check (active in (0, 1)),
  secret text not null,
  -- Given by somebody else: valid until then, and to be changed at the first log-in. Null for one's own.
  one_time_until integer,
  created_at integer not null,
  changed_at integer not null
) strict;

-- Failed log-ins by account and by place; kept over restarts, so that switching off and on is no way around waiting.
create table staff_failure (
  subject text primary key,
  count integer not null,
  last_at integer not null
) strict;

-- Log-ins that hold. Only a hash of the token is kept.
create table staff_session (
  token_hash text primary key,
  person text not null references staff_person (id),
  place text not null,
  origin text not null,
  created_at integer not null,
  used_at integer not null
) strict;

-- Codes of a recovery that is under way, one a person.
create table staff_challenge (
  person text primary key references staff_person (id),
  code text not null,
  expires_at integer not null,
  tries integer not null
) strict;

-- Settings that a technician makes on this terminal, each a JSON text.
create table station_setting (
  name text primary key,
  value text not null,
  changed_at integer not null
) strict;
