-- Files that editors handed in, known by their hash; they lie in the folder `media`, and in the feed once a published record names them.
create table media_file (
  sha256 text primary key,
  mime text not null,
  bytes bigint not null,
  actor text not null,
  taken_at bigint not null
);
