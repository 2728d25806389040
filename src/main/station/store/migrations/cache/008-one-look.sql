-- The index is made anew in a form in which one look finds all kinds: FTS5 goes through every text with the words for each
-- range of numbers that it is asked for, so to ask kind by kind cost as many times the whole index as there are kinds.
drop table search_head_terms;
drop table search_body_terms;
drop table search_head;
drop table search_body;
drop table search_citation;
drop table search_doc;

-- What decides whether and where a text is shown: narrow, because every look passes through it. The numbers of the kinds
-- lie between each other like the cards of a shuffled pack (search/document-number.ts), so that the first few hundred texts
-- of any look are of all kinds.
create table search_shown (
  doc integer primary key,
  -- Scope by which it is shown; outlets are shown everywhere.
  shown_in text not null,
  effective_from text not null,
  valid_until text
) strict;

-- What ranking looks at, in one row. Texts are folded, the words one a line.
create table search_doc (
  doc integer primary key,
  kind text not null,
  id text not null,
  scope text not null,
  -- What it was made from, and is dropped with: a record by its id, a law by its.
  owner text not null,
  -- Of statutes: the law's name and the article as they are looked up.
  law text,
  article text,
  -- What speaks for it before anything is asked.
  standing integer not null,
  title text not null,
  words text not null,
  body text not null,
  unique (kind, id, scope)
) strict;

create index search_doc_by_owner on search_doc (owner, scope);
create index search_doc_by_article on search_doc (article, law) where article is not null;
create index search_doc_of_law on search_doc (law) where kind = 'law';

-- Between which numbers the articles of a law stand, those of its earlier versions among them.
create table search_law (
  law text primary key,
  first integer not null,
  last integer not null
) strict, without rowid;

-- The last number given in each row of numbers.
create table search_number (
  slot integer primary key,
  last integer not null
) strict;

-- As it is shown.
create table search_text (
  doc integer primary key,
  title text not null,
  words text not null,
  extra text not null,
  body text not null
) strict;

-- Articles that guides and questions cite: who answers a question knows the law that answers it.
create table search_citation (
  doc integer not null,
  position integer not null,
  law text not null,
  article text not null,
  primary key (doc, position)
) strict, without rowid;

-- How often a law is cited: the laws that people need.
create table search_cited (
  law text primary key,
  times integer not null
) strict, without rowid;

create trigger search_cited_more after insert on search_citation begin
  insert into search_cited (law, times) values (new.law, 1) on conflict (law) do update set times = times + 1;
end;
create trigger search_cited_less after delete on search_citation begin
  update search_cited set times = times - 1 where law = old.law;
end;

-- Tokens are made by the program (src/shared/search/grams.ts); the ascii tokenizer leaves all but ASCII as it is.
create virtual table search_head using fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii');
create virtual table search_body using fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii');
create virtual table search_head_terms using fts5vocab (search_head, row);
create virtual table search_body_terms using fts5vocab (search_body, row);

delete from search_rules;
delete from search_pending;
insert into search_pending (source, owner, part) select 'record', id, scope from record;
insert into search_pending (source, owner, part) select 'law', id, '' from law;
