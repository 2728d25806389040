-- People of the office. A secret is kept as a hash with its parameters, the secret of the second factor encrypted.
create table person (
  id text primary key,
  account text not null unique,
  name text not null,
  roles text[] not null,
  -- Divisions that the person works on, with all below them.
  divisions text[] not null,
  active boolean not null,
  secret text,
  second_factor text,
  -- The step of the last code that was taken: none is taken twice.
  last_step bigint not null default 0,
  created_at bigint not null
);

-- One-time links by which somebody chooses a password and a second factor.
create table invitation (
  token_hash text primary key,
  person text not null references person (id),
  second_factor text not null,
  expires_at bigint not null
);

create table office_session (
  token_hash text primary key,
  person text not null references person (id),
  address text not null,
  created_at bigint not null,
  used_at bigint not null
);

-- What is being written or waits for a second person.
create table draft (
  id text primary key,
  record_id text not null,
  scope text not null,
  kind text not null,
  -- The record as it is to be; null: it is to be withdrawn.
  record jsonb,
  -- From which version the writing started; 0 for a new record.
  base_version integer not null,
  state text not null check (state in ('draft', 'in-review', 'approved', 'published', 'discarded')),
  -- Counts up at each change, so that nobody overwrites what another wrote meanwhile.
  revision integer not null,
  author text not null references person (id),
  reviewer text references person (id),
  -- What the reviewer, or the server, said.
  note text not null,
  publish_at bigint,
  changed_at bigint not null
);
create index draft_open on draft (state, changed_at);
