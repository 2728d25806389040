import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { StartFault } from '../start-fault.ts';
import { type Bases, basesOf, readBases } from './base-versions.ts';
import { type FolderRead, readFolder } from './read-folder.ts';

/** What was read, or the sentence why it cannot be. */
export type ReadAnswer = (FolderRead & { readonly bases: Bases }) | { readonly fault: string };

const { folder, responsibleBody } = z
  .strictObject({ folder: z.string(), responsibleBody: z.string() })
  .parse(workerData);

function answer(): ReadAnswer {
  try {
    const read = readFolder(folder, responsibleBody);
    return { ...read, bases: basesOf(readBases(folder), read.records) };
  } catch (error) {
    if (error instanceof StartFault) return { fault: error.message };
    throw error;
  }
}

parentPort?.postMessage(answer());
