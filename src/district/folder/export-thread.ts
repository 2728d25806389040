import { parentPort, workerData } from 'node:worker_threads';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { StartFault } from '../start-fault.ts';
import { type Packed, writeArchive } from './archive.ts';
import { folderTexts } from './folder-texts.ts';

/** Records, files that go beside them, and where the archive is to lie. */
export interface ExportOrder {
  readonly path: string;
  readonly records: readonly ContentRecord[];
  readonly files: readonly Packed[];
}

// Handed over by `carry-archive.ts` alone.
const { path, records, files } = workerData as ExportOrder;

/** What came of it, or the sentence why it cannot be. */
export type ExportAnswer = 'written' | { readonly fault: string };

async function answer(): Promise<ExportAnswer> {
  try {
    const texts = [...folderTexts(records)].map(([name, text]) => ({ name, text }));
    await writeArchive(path, [...texts, ...files]);
    return 'written';
  } catch (error) {
    if (error instanceof StartFault) return { fault: error.message };
    throw error;
  }
}

parentPort?.postMessage(await answer());
