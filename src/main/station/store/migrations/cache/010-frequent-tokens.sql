-- How many documents have a token that very many have: FTS5 counts them one by one whenever it is asked. Counted after a mass of
-- changes; the few that change later do not matter to how telling a word is.
create table search_frequent (
  token text primary key,
  documents integer not null
) strict, without rowid;

-- How many documents there were when tokens were counted.
create table search_counted (documents integer not null) strict;
