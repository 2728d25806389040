import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { StartFault } from '../start-fault.ts';
import { all, type Db, sql } from '../store/sql.ts';
import { folderTexts } from './folder-texts.ts';

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

/**
 * Writes everything that is published into a folder. Gives the records. Throws `StartFault` when the folder has something in it
 * already: what was withdrawn since would stay there; and when it is more than an import takes.
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
