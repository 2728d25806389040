-- Outlets and divisions that a person serves, one after the other: who sits at this outlet stands before who sits elsewhere. The
-- index is made anew (INDEX_RULES), which fills it.
alter table search_doc add column serves text not null default '';
