import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { all, type ReadableDb, run, sql, transaction, type WritableDb } from '../store/sql.ts';

interface MetadataRow {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Names the root that a terminal was given: another root is another feed, with a memory of its own. */
function anchorOf(root: Buffer): string {
  return createHash('sha256').update(root).digest('hex');
}

/**
 * Lays out what was verified before, for the updater to work on: it writes its files in place, and one that power loss cut
 * in two would be the end of its memory. The folder is emptied first.
 */
export function layOutMetadata(db: WritableDb, root: Buffer, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'root.json'), root);
  for (const { name, bytes } of known(db, anchorOf(root))) writeFileSync(join(folder, name), bytes);
}

/** Keeps what the updater verified, also when it stopped half-way: none of it is believed in an older version again. */
export function keepMetadata(db: WritableDb, root: Buffer, folder: string): void {
  const anchor = anchorOf(root);
  const before = new Map(known(db, anchor).map(({ name, bytes }) => [name, bytes]));
  const changed = readdirSync(folder)
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
    .filter(({ name, bytes }) => before.get(name)?.equals(bytes) !== true);
  if (changed.length === 0) return;
  transaction(db, () => {
    run(db, sql`delete from feed_metadata where anchor <> ${anchor}`);
    for (const { name, bytes } of changed)
      run(
        db,
        sql`insert or replace into feed_metadata (anchor, name, bytes) values (${anchor}, ${name}, ${bytes})`,
      );
  });
}

/** Until when the metadata that was last verified is to be believed, epoch milliseconds; undefined before the first look. */
export function keptExpiry(db: ReadableDb, root: Buffer): number | undefined {
  const timestamp = known(db, anchorOf(root)).find(({ name }) => name === 'timestamp.json');
  if (timestamp === undefined) return undefined;
  const { signed } = JSON.parse(timestamp.bytes.toString('utf8')) as {
    signed: { expires: string };
  };
  return Date.parse(signed.expires);
}

function known(db: ReadableDb, anchor: string): MetadataRow[] {
  return all<MetadataRow>(db, sql`select name, bytes from feed_metadata where anchor = ${anchor}`);
}
