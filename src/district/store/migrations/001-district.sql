-- Times are epoch milliseconds.

-- What the server knows of itself, each a JSON value.
create table setting (
  name text primary key,
  value jsonb not null
);

-- Who did what; each row's hash covers the row and the hash before it (audit-trail.ts).
create table audit (
  seq bigint primary key,
  at bigint not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null,
  hash text not null
);

-- A record as the district knows it. The last version is never given again, also after a withdrawal.
create table content (
  id text not null,
  scope text not null,
  kind text not null,
  division text not null,
  state text not null check (state in ('published', 'withdrawn')),
  version integer not null,
  record jsonb not null,
  changed_at bigint not null,
  primary key (id, scope)
);
create index content_division on content (division, state);

-- Every state that was ever published. `record` is null where it was withdrawn.
create table content_version (
  id text not null,
  scope text not null,
  version integer not null,
  record jsonb,
  at bigint not null,
  -- A person's id, or a terminal's.
  actor text not null,
  note text not null,
  primary key (id, scope, version),
  foreign key (id, scope) references content (id, scope)
);

-- The feed of a division: one numbering for as long as the epoch lives.
create table feed_division (
  division text primary key,
  epoch text not null,
  -- Changes up to here are folded into `feed_row` as they stood.
  floor bigint not null,
  base bigint not null,
  top bigint not null,
  confirmed bigint not null
);

-- Changes since the floor, and the last state of each record at the floor (`seq` is then the floor or less).
create table feed_row (
  division text not null references feed_division (division),
  seq bigint not null,
  id text not null,
  scope text not null,
  -- Null: withdrawn.
  record jsonb,
  primary key (division, seq)
);

-- Ends of deltas.
create table feed_cut (
  division text not null references feed_division (division),
  seq bigint not null,
  primary key (division, seq)
);

create table terminal (
  id text primary key,
  outlet text not null,
  name text not null,
  public_key text not null unique,
  state text not null check (state in ('active', 'revoked')),
  enrolled_at bigint not null,
  revoked_at bigint,
  seen_at bigint,
  heartbeat jsonb
);

-- One-time codes; only a hash is kept.
create table enrolment_code (
  code_hash text primary key,
  outlet text not null,
  made_by text not null,
  made_at bigint not null,
  expires_at bigint not null,
  terminal text references terminal (id)
);

-- Every operation that was answered for good, with the answer. `digest` tells a repetition from another use of the id.
create table operation (
  id text primary key,
  terminal text not null references terminal (id),
  type text not null,
  digest text not null,
  received_at bigint not null,
  result jsonb not null
);
create index operation_received on operation (received_at);

create table fact (
  operation text primary key,
  outlet text not null,
  type text not null,
  made_at text not null,
  body jsonb not null
);
create index fact_outlet on fact (outlet, type);

-- What visitors handed in, sealed.
create table submission (
  operation text primary key,
  terminal text not null references terminal (id),
  outlet text not null,
  receipt text not null,
  topic text not null,
  sealed jsonb not null,
  received_at bigint not null,
  handled_by text,
  handled_at bigint
);

create table conflict (
  id text primary key,
  operation text not null,
  terminal text not null references terminal (id),
  record_id text not null,
  kind text not null,
  scope text not null,
  changes jsonb not null,
  -- Withdraws the record instead of changing it.
  withdraws boolean not null,
  editor text not null,
  reviewer text not null,
  made_at text not null,
  outcome text check (outcome in ('published', 'wanted', 'other')),
  decided_at bigint,
  decided_by text
);
create index conflict_terminal on conflict (terminal, decided_at);

-- Tries that failed, by account or address.
create table failure (
  subject text primary key,
  count integer not null,
  last_at bigint not null
);
