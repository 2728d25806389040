-- Records of which this station shows its own state (src/main/station/editing). `record` holds what is shown; here stands what
-- the deployment or the feed says of the same record, null when it says nothing.
create table local_record (
  id text not null,
  scope text not null,
  version integer,
  beneath text,
  primary key (id, scope)
) strict;

-- What deployment and feed say, whatever is shown: by this the feed reckons its digest, and packs see what is gone.
create view source_record as
select id, scope, version, envelope from record
where not exists (
  select 1 from local_record where local_record.id = record.id and local_record.scope = record.scope
)
union all
select id, scope, version, beneath from local_record where beneath is not null;
