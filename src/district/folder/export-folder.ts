import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { StartFault } from '../start-fault.ts';
import { all, type Db, sql } from '../store/sql.ts';
import { baseOf, writeBases } from './base-versions.ts';

/**
 * Writes everything that is published into a folder as packs are written (decision 001): a folder for each place, a file for each
 * kind. Gives the records. Throws `StartFault` when the folder has something in it already: what was withdrawn
 * since would stay there.
 */
export async function exportFolder(db: Db, folder: string): Promise<readonly ContentRecord[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new StartFault(`文件夹 ${folder} 不是空的，请换一个空文件夹。`);
  const rows = await all<{ record: ContentRecord }>(
    db,
    sql`select record from content where state = 'published' order by scope, kind, id`,
  );
  const files = Map.groupBy(rows, ({ record }) => join(record.scope, `${record.kind}.yaml`));
  mkdirSync(folder, { recursive: true });
  for (const [path, found] of files) {
    const records = found.map(({ record }) => written(record));
    mkdirSync(join(folder, found[0]?.record.scope ?? ''), { recursive: true });
    const text = stringify({ kind: found[0]?.record.kind, records }, { lineWidth: 0 });
    writeFileSync(join(folder, path), text);
  }
  const records = rows.map(({ record }) => record);
  writeBases(new Map(records.map((record) => baseOf(record))), folder);
  return records;
}

/** A record as people read it; its version stands beside it (`base-versions.ts`). */
function written({ kind: _kind, version: _version, ...record }: ContentRecord): object {
  const { confirm, translations, ...rest } = record;
  return {
    ...rest,
    ...(confirm.length === 0 ? {} : { confirm }),
    ...(Object.keys(translations).length === 0 ? {} : { translations }),
  };
}
