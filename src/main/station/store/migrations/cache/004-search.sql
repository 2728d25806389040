-- What can be found. A row for each record and scope, so that candidates are ranked without opening their envelopes; the
-- number says in its upper part of which kind it is, so that the index reads one kind at a time.
create table search_doc (
  doc integer primary key,
  kind text not null,
  id text not null,
  scope text not null,
  -- What it was made from, and is dropped with: a record by its id, a law by its.
  owner text not null,
  -- Scope by which it is shown; outlets are shown everywhere.
  shown_in text not null,
  effective_from text not null,
  valid_until text,
  -- Of statutes: the law's name and the article as they are looked up.
  law text,
  article text,
  title text not null,
  words text not null,
  extra text not null,
  body text not null,
  unique (kind, id, scope)
) strict;

create index search_doc_by_owner on search_doc (owner, scope);
create index search_doc_by_article on search_doc (article, law) where article is not null;
create index search_doc_by_law on search_doc (law, kind) where law is not null;

-- Articles that guides and questions cite: who answers a question knows the law that answers it.
create table search_citation (
  doc integer not null,
  position integer not null,
  law text not null,
  article text not null,
  primary key (doc, position)
) strict, without rowid;

create index search_citation_by_law on search_citation (law);

-- What changed and is not indexed yet. Noted by the database itself, in the transaction of the change, whoever makes it.
create table search_pending (
  -- A law is taken apart into pieces of so many articles as are indexed in one go.
  source text not null check (source in ('record', 'law', 'law-part')),
  owner text not null,
  -- Of a record its scope, of a part of a law the position of its first article.
  part text not null,
  primary key (source, owner, part)
) strict, without rowid;

create trigger search_record_added after insert on record begin
  insert or ignore into search_pending (source, owner, part) values ('record', new.id, new.scope);
end;
create trigger search_record_changed after update on record begin
  insert or ignore into search_pending (source, owner, part) values ('record', new.id, new.scope);
end;
create trigger search_record_gone after delete on record begin
  insert or ignore into search_pending (source, owner, part) values ('record', old.id, old.scope);
end;

create trigger search_law_added after insert on law begin
  insert or ignore into search_pending (source, owner, part) values ('law', new.id, '');
end;
create trigger search_law_changed after update on law begin
  insert or ignore into search_pending (source, owner, part) values ('law', new.id, '');
end;
create trigger search_law_gone after delete on law begin
  insert or ignore into search_pending (source, owner, part) values ('law', old.id, '');
end;

-- By which rules the index was made; another program makes it anew.
create table search_rules (version text not null) strict;

-- Tokens are made by the program (src/shared/search/grams.ts); the ascii tokenizer leaves all but ASCII as it is.
create virtual table search_head using fts5 (
  title, words, syllables, initials,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1'
);
create virtual table search_body using fts5 (
  body,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1'
);
create virtual table search_head_terms using fts5vocab (search_head, row);
create virtual table search_body_terms using fts5vocab (search_body, row);

insert into search_pending (source, owner, part) select 'record', id, scope from record;
insert into search_pending (source, owner, part) select 'law', id, '' from law;
