-- Every question asks for the newest publication (the day by which content is in force): found at the end of an index, not by reading all records.
create index record_by_publication on record (published_at);
