import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What a write that did not come to its end leaves: a copy of the database and what SQLite lays beside it, or a file half written. */
const PART =
  /^legal-kiosk-\w+-\d{4}-\d\d-\d\d-\d{4}\.(?:kioskbackup|support\.json\.gz)(?:\.copy)?\.part(?:-wal|-shm|-journal)?$/;

/** Removes what earlier writes left unfinished in a folder, by their names; anything else stays. */
export async function removeParts(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (PART.test(name)) await rm(join(folder, name), { force: true });
}
