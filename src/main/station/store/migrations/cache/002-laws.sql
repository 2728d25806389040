-- Law texts, read from the folder `laws` beside this file (docs/decisions): all of it can be made again from there.
-- A version of a law. `id` is its plain title and its day, 民法典@2020-05-28.
create table law (
  n integer primary key,
  id text not null unique,
  family text not null,
  title text not null,
  genre text not null,
  category text not null,
  version_date text,
  in_force_from text,
  history text not null,
  notes text not null,
  repeals text not null,
  outline text not null,
  articles integer not null
) strict;

create index law_by_family on law (family);

-- A file that was read: a whole law, or one part of it. Another file with the same text of the law stands in its shadow.
create table law_file (
  path text primary key,
  law integer not null references law (n),
  part text not null,
  base integer not null,
  articles integer not null,
  head text not null,
  shadowed_by text
) strict;

create index law_file_by_law on law_file (law);

-- Articles and text between them, in the order of `position`, which has gaps between the parts of a split law.
create table law_article (
  n integer primary key,
  law integer not null,
  position integer not null,
  label text not null,
  number integer not null,
  inserted integer not null,
  text text not null
) strict;

create unique index law_article_by_position on law_article (law, position);

-- Which articles name which law and article (number 0: the law as a whole).
create table law_citation (
  law integer not null,
  position integer not null,
  to_family text not null,
  number integer not null,
  inserted integer not null
) strict;

create index law_citation_by_target on law_citation (to_family, number, inserted);

-- Which segments of the folder are in, each written in the transaction of its rows, and the state that citations are of.
create table law_segment (
  name text primary key
) strict;

create table law_links (
  only integer primary key check (only = 1),
  state text not null
) strict;
