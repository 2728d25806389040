import type { FolderOrder } from '../options.ts';
import { atDatabase, foldersOf } from '../run-district.ts';
import { StartFault } from '../start-fault.ts';
import { readBases, renewBases } from './base-versions.ts';
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
export async function runFolderOrder(order: FolderOrder): Promise<void> {
  const { what, folder, options, overwrites } = order;
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
  tell(faults);
  if (faults.length > 0)
    throw new StartFault(
      `文件夹里有 ${faults.length} 处问题，改好以后再导入；现在什么也没有改动。`,
    );
  if (records.length === 0) throw new StartFault(`文件夹 ${folder} 里没有内容（.yaml）。`);
  const bases = readBases(folder);
  const {
    clashes,
    bases: next,
    ...imported
  } = await atDatabase(options, log, async (db) => {
    await takeFiles(place, files, folder);
    return importFolder(db, records, Date.now(), files, { bases, overwrites });
  });
  tell(clashes);
  if (clashes.length > 0)
    throw new StartFault(
      `有 ${clashes.length} 条和现在发布的冲突，什么也没有改动。请重新导出，在新的文件夹里改；确实要以文件夹为准的，加上 --overwrite 再导入。`,
    );
  tell(renewBases(next, folder));
  process.stdout.write(`${JSON.stringify({ ...imported, files: files.length })}\n`);
}

function tell(sentences: readonly string[]): void {
  for (const sentence of sentences.slice(0, MOST_FAULTS)) process.stderr.write(`${sentence}\n`);
}
