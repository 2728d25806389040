-- Articles lie in the order in which they are read, by one number of law and position: without an index beside the table,
-- each is written once and found in one look. Rows and what they say stay the same.
create table law_article_by_key (
  -- law * 2^32 + position (laws/article-key.ts).
  n integer primary key,
  law integer not null generated always as (n >> 32) virtual,
  position integer not null generated always as (n & 4294967295) virtual,
  label text not null,
  number integer not null,
  inserted integer not null,
  text text not null
) strict;

insert into law_article_by_key (n, label, number, inserted, text)
  select (law << 32) | position, label, number, inserted, text from law_article order by law, position;

drop table law_article;
alter table law_article_by_key rename to law_article;
