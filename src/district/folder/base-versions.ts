import { hash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { divisionOf } from '#shared/content/scope.ts';
import { readRow } from '#shared/feed/feed-row.ts';
import { canonicalJson, type JsonValue, jsonValueSchema } from '#shared/operations/json-value.ts';
import { StartFault } from '../start-fault.ts';
import { all, type Db, sql } from '../store/sql.ts';
import { FOLDER_LIMITS } from './folder-limits.ts';

/** What records were when they were exported or last imported, beside them: packs as people write them have no such file. */
const FILE = 'base-versions.json';

/**
 * The version of a record, and a hash of it: a version of the same number at another district is another text. Where an import
 * merged the folder's record with what others did, the version says more than the folder, whose own text then stands here, too.
 */
const baseSchema = z.strictObject({
  version: z.int().min(1),
  sha256: z.hash('sha256'),
  folder: jsonValueSchema.optional(),
});
const basesSchema = z.record(z.string(), baseSchema);

type Base = z.infer<typeof baseSchema>;

/** From which version each record of a folder started. */
export type Bases = ReadonlyMap<string, Base>;

type Ref = Pick<ContentRecord, 'id' | 'scope'>;

/** The start of a record that is published in this version, and that a folder has as `inFolder`. */
export function baseOf(published: ContentRecord, inFolder = published): [key: string, base: Base] {
  const { version } = published;
  const base = { version, sha256: hash('sha256', textOf(published)) };
  return [
    keyOf(published),
    isSame(published, inFolder) ? base : { ...base, folder: jsonOf(inFolder) },
  ];
}

/** The file beside the records of a folder that says which versions they are. */
export function basesFile(bases: Bases): readonly [name: string, text: string] {
  return [FILE, `${JSON.stringify(Object.fromEntries(bases), null, 1)}\n`];
}

function writeBases(bases: Bases, folder: string): void {
  const [name, text] = basesFile(bases);
  const path = join(folder, name);
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/**
 * Notes after an import what the folder's records start from now. A folder that was not exported is somebody's own pack, in which
 * nothing is written. Gives a sentence when the file cannot be written: the import counts all the same.
 */
export function renewBases(bases: Bases, folder: string): string[] {
  if (!existsSync(join(folder, FILE))) return [];
  try {
    writeBases(bases, folder);
    return [];
  } catch {
    return [`内容已经导入，但是 ${FILE} 写不进去。再改以前，请先重新导出。`];
  }
}

/**
 * Reads from which versions the records of a folder started; none where it was not exported. What is longer than any export's, or a
 * link, is not opened. Throws `StartFault`.
 */
export function readBases(folder: string): Bases {
  const path = join(folder, FILE);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return new Map();
  if (!found.isFile()) throw new StartFault(`${FILE} 是一个链接，请用导出时的那一份。`);
  if (found.size > FOLDER_LIMITS.basesBytes)
    throw new StartFault(
      `${FILE} 超过 ${FOLDER_LIMITS.basesBytes / 1_000_000} MB，请用导出时的那一份。`,
    );
  try {
    return new Map(Object.entries(basesSchema.parse(JSON.parse(readFileSync(path, 'utf8')))));
  } catch (error) {
    const told = `${FILE} 读不出来，请用导出时的那一份。没有它，就不知道哪些内容在导出以后又改过。`;
    throw new StartFault(told, { cause: error });
  }
}

/** The starts of these records alone: a file may name any number of others. */
export function basesOf(bases: Bases, records: readonly Ref[]): Bases {
  return new Map(
    records.flatMap((record) => {
      const base = bases.get(keyOf(record));
      return base === undefined ? [] : [[keyOf(record), base] as const];
    }),
  );
}

/** What records of a folder were when they were exported, or last imported, as far as this district published them so; by `keyOf`. */
export async function baseRecords(
  db: Db,
  bases: Bases,
  refs: readonly Ref[],
): Promise<ReadonlyMap<string, ContentRecord>> {
  const known = refs.flatMap((ref) => {
    const base = bases.get(keyOf(ref));
    return base === undefined ? [] : [{ ref, base }];
  });
  const rows = await all<{ at: number; record: ContentRecord }>(
    db,
    sql`select named.at::int as at, record from content_version
        join unnest(${known.map(({ ref }) => ref.id)}::text[], ${known.map(({ ref }) => ref.scope)}::text[],
            ${known.map(({ base }) => base.version)}::int[]) with ordinality as named (id, scope, version, at)
          using (id, scope, version)
        where record is not null`,
  );
  const found = rows.flatMap(({ at, record }) => {
    const { ref, base } = known[at - 1] ?? {};
    if (ref === undefined || hash('sha256', textOf(record)) !== base?.sha256) return [];
    const was = base.folder === undefined ? record : recordIn(base.folder, ref);
    return was === undefined ? [] : [[keyOf(ref), was] as const];
  });
  return new Map(found);
}

/** Whether two records say the same. */
export function isSame(one: ContentRecord, other: ContentRecord): boolean {
  return textOf(one) === textOf(other);
}

function recordIn(json: JsonValue, { scope }: Ref): ContentRecord | undefined {
  const row = readRow(JSON.stringify({ op: 'put', record: json }), divisionOf(scope));
  return row?.op === 'put' ? row.record : undefined;
}

function textOf(record: ContentRecord): string {
  return canonicalJson(jsonOf(record));
}

function jsonOf(record: ContentRecord): JsonValue {
  // Versions are the district's own count.
  return JSON.parse(JSON.stringify({ ...record, version: 1 })) as JsonValue;
}

/** A record's name in the file: ids repeat from scope to scope. */
export function keyOf({ id, scope }: Ref): string {
  return `${id} ${scope}`;
}
