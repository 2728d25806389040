-- How far each division of the district's feed is applied, written in the transaction of its rows (invariant 3). Records of
-- a division that stands here come from the feed, all others from the deployment's files.
create table feed_division (
  division text primary key,
  epoch text not null,
  sequence integer not null,
  digest text not null,
  applied_at integer not null
) strict;
