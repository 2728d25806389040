-- An archive that was taken is answered the same again, and makes no second drafts (folder/carry-archive.ts).
create table archive_taken (
  person text not null,
  upload text not null,
  digest text not null,
  drafts integer not null,
  taken_at bigint not null,
  primary key (person, upload)
);
