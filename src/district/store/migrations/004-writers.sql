-- Everybody who wrote something of a draft: none of them lets it through.
alter table draft add column writers text[] not null default '{}';
update draft set writers = array[author];
