import type { FolderOrder } from '../options.ts';
import { atDatabase, foldersOf } from '../run-district.ts';
import { StartFault } from '../start-fault.ts';
import { exportFolder } from './export-folder.ts';
import { exportFiles, readFiles, takeFiles } from './folder-files.ts';
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
  const place = { settings: { mediaFolder: foldersOf(options.data).media } };
  if (what === 'export') {
    const told = await atDatabase(options, log, async (db) => {
      const records = await exportFolder(db, folder);
      return { records: records.length, files: await exportFiles(place, records, folder) };
    });
    process.stdout.write(`${JSON.stringify(told)}\n`);
    return;
  }
  const { records, faults: recordFaults } = readFolder(folder, options.name);
  const { files, faults: fileFaults } = await readFiles(records, folder);
  const faults = [...recordFaults, ...fileFaults];
  for (const fault of faults.slice(0, MOST_FAULTS)) process.stderr.write(`${fault}\n`);
  if (faults.length > 0)
    throw new StartFault(
      `文件夹里有 ${faults.length} 处问题，改好以后再导入；现在什么也没有改动。`,
    );
  if (records.length === 0) throw new StartFault(`文件夹 ${folder} 里没有内容（.yaml）。`);
  const imported = await atDatabase(options, log, async (db) => {
    await takeFiles(place, files, folder);
    return importFolder(db, records, Date.now(), files);
  });
  process.stdout.write(`${JSON.stringify({ ...imported, files: files.length })}\n`);
}
