import { hash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { canonicalJson, type JsonValue } from '#shared/operations/json-value.ts';
import { StartFault } from '../start-fault.ts';
import { type Db, first, sql } from '../store/sql.ts';

/** What records were when they were exported, beside them: packs as people write them have no such file. */
const FILE = 'base-versions.json';

/** The version of a record, and a hash of it: a version of the same number at another district is another text. */
const baseSchema = z.strictObject({ version: z.int().min(1), sha256: z.hash('sha256') });
const basesSchema = z.record(z.string(), baseSchema);

/** From which version each record of a folder started. */
export type Bases = ReadonlyMap<string, z.infer<typeof baseSchema>>;

type Ref = Pick<ContentRecord, 'id' | 'scope'>;

/** Notes beside exported records which versions they are. */
export function writeBases(records: readonly ContentRecord[], folder: string): void {
  const bases = records.map((record) => [
    keyOf(record),
    { version: record.version, sha256: hash('sha256', textOf(record)) },
  ]);
  writeFileSync(join(folder, FILE), `${JSON.stringify(Object.fromEntries(bases), null, 1)}\n`);
}

/** Reads from which versions the records of a folder started; none where it was not exported. Throws `StartFault`. */
export function readBases(folder: string): Bases {
  const path = join(folder, FILE);
  if (!existsSync(path)) return new Map();
  try {
    return new Map(Object.entries(basesSchema.parse(JSON.parse(readFileSync(path, 'utf8')))));
  } catch (error) {
    const told = `${FILE} 读不出来，请用导出时的那一份。没有它，就不知道哪些内容在导出以后又改过。`;
    throw new StartFault(told, { cause: error });
  }
}

/** The record from which one of a folder started, if this district published it so. */
export async function baseRecord(
  db: Db,
  bases: Bases,
  ref: Ref,
): Promise<ContentRecord | undefined> {
  const base = bases.get(keyOf(ref));
  if (base === undefined) return undefined;
  const row = await first<{ record: ContentRecord | null }>(
    db,
    sql`select record from content_version
        where id = ${ref.id} and scope = ${ref.scope} and version = ${base.version}`,
  );
  const record = row?.record ?? undefined;
  return record && hash('sha256', textOf(record)) === base.sha256 ? record : undefined;
}

/** Whether two records say the same. */
export function isSame(one: ContentRecord, other: ContentRecord): boolean {
  return textOf(one) === textOf(other);
}

function textOf(record: ContentRecord): string {
  // Versions are the district's own count.
  return canonicalJson(JSON.parse(JSON.stringify({ ...record, version: 1 })) as JsonValue);
}

function keyOf({ id, scope }: Ref): string {
  return `${id} ${scope}`;
}
