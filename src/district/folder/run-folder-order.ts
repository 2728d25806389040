import type { FolderOrder } from '../options.ts';
import { atDatabase } from '../run-district.ts';
import { StartFault } from '../start-fault.ts';
import { exportFolder } from './export-folder.ts';
import { importFolder } from './import-folder.ts';
import { readFolder } from './read-folder.ts';

/** Whoever reads more begins with these anyway. */
const MOST_FAULTS = 100;

/**
 * `npm run district -- export DIR` and `import DIR`. One line of JSON on standard output when done. Throws `StartFault`; faults of
 * the folder are told one by one, and then nothing was taken in.
 */
export async function runFolderOrder({ what, folder, options }: FolderOrder): Promise<void> {
  const log = () => {};
  if (what === 'export') {
    const records = await atDatabase(options, log, (db) => exportFolder(db, folder));
    process.stdout.write(`${JSON.stringify({ records })}\n`);
    return;
  }
  const { records, faults } = readFolder(folder, options.name);
  for (const fault of faults.slice(0, MOST_FAULTS)) process.stderr.write(`${fault}\n`);
  if (faults.length > 0)
    throw new StartFault(
      `文件夹里有 ${faults.length} 处问题，改好以后再导入；现在什么也没有改动。`,
    );
  if (records.length === 0) throw new StartFault(`文件夹 ${folder} 里没有内容（.yaml）。`);
  const imported = await atDatabase(options, log, (db) => importFolder(db, records, Date.now()));
  process.stdout.write(`${JSON.stringify(imported)}\n`);
}
