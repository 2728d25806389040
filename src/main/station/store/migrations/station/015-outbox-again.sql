-- Operations that go to the district again although it answered them: it did not know their type, and may have learned it. What it
-- answered last stays in `outbox_answer` until it answers otherwise, so that nobody is told the same every day.
create table outbox_again (
  id text primary key references outbox_answer (id) on delete cascade
) strict;
