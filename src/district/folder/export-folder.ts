import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { StartFault } from '../start-fault.ts';
import { all, type Db, sql } from '../store/sql.ts';
import { baseOf, basesFile } from './base-versions.ts';

/** A country has more than one district; whoever may export by command exports all of it. */
const EVERYWHERE = [''];

/** Everything that is published, in the divisions that are named and below them. */
export async function publishedRecords(
  db: Db,
  divisions: readonly string[] = EVERYWHERE,
): Promise<readonly ContentRecord[]> {
  const rows = await all<{ record: ContentRecord }>(
    db,
    sql`select record from content where state = 'published'
          and exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(scope, division))
        order by scope, kind, id`,
  );
  return rows.map(({ record }) => record);
}

/** Records as packs are written (decision 001), by path: a folder for each place, a file for each kind; and from which versions they are. */
export function folderTexts(records: readonly ContentRecord[]): ReadonlyMap<string, string> {
  const files = Map.groupBy(records, ({ scope, kind }) => `${scope}/${kind}.yaml`);
  const texts = [...files].map(([path, found]) => {
    const kind = found[0]?.kind;
    return [path, stringify({ kind, records: found.map(written) }, { lineWidth: 0 })] as const;
  });
  return new Map([...texts, basesFile(new Map(records.map((record) => baseOf(record))))]);
}

/**
 * Writes everything that is published into a folder. Gives the records. Throws `StartFault` when the folder has something in it
 * already: what was withdrawn since would stay there.
 */
export async function exportFolder(db: Db, folder: string): Promise<readonly ContentRecord[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new StartFault(`文件夹 ${folder} 不是空的，请换一个空文件夹。`);
  const records = await publishedRecords(db);
  for (const [path, text] of folderTexts(records)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
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
