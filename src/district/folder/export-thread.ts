import { parentPort, workerData } from 'node:worker_threads';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { type Packed, writeArchive } from './archive.ts';
import { folderTexts } from './export-folder.ts';

/** Records, files that go beside them, and where the archive is to lie. */
export interface ExportOrder {
  readonly path: string;
  readonly records: readonly ContentRecord[];
  readonly files: readonly Packed[];
}

// Handed over by `carry-archive.ts` alone.
const { path, records, files } = workerData as ExportOrder;
const texts = [...folderTexts(records)].map(([name, text]) => ({ name, text }));
await writeArchive(path, [...texts, ...files]);
parentPort?.postMessage('written');
