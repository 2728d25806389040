import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { StartFault } from '../start-fault.ts';
import { type FolderRead, readFolder } from './read-folder.ts';

/** What was read, or the sentence why it cannot be. */
export type ReadAnswer = FolderRead | { readonly fault: string };

const { folder, responsibleBody } = z
  .strictObject({ folder: z.string(), responsibleBody: z.string() })
  .parse(workerData);

function answer(): ReadAnswer {
  try {
    return readFolder(folder, responsibleBody);
  } catch (error) {
    if (error instanceof StartFault) return { fault: error.message };
    throw error;
  }
}

parentPort?.postMessage(answer());
