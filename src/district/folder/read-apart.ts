import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { StartFault } from '../start-fault.ts';
import type { FolderRead } from './read-folder.ts';
import type { ReadAnswer } from './read-thread.ts';

const PROGRAM = new URL('./read-thread.ts', import.meta.url);
/** Ten times what a province's folder needs. */
const MEMORY_MB = 1_024;

/**
 * Reads a folder as `readFolder` does, in a thread and in memory of its own: terminals are answered meanwhile, and a folder that is made to
 * fill the memory fills that. Throws `StartFault`.
 */
export async function readFolderApart(
  folder: string,
  responsibleBody: string,
): Promise<FolderRead> {
  const thread = new Worker(PROGRAM, {
    workerData: { folder, responsibleBody },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  try {
    const [answer] = (await once(thread, 'message')) as [ReadAnswer];
    if ('fault' in answer) throw new StartFault(answer.fault);
    return answer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      throw new StartFault('压缩包里的内容太多，请分成几份。', { cause: error });
    throw error;
  } finally {
    await thread.terminate();
  }
}
