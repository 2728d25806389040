-- The settings that the records of a deployment go with: a start on faulty files goes on with the last good ones.
create table deployment (
  folder text primary key,
  settings text not null
) strict;
