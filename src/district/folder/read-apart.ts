import type { After } from '../after.ts';
import { StartFault } from '../start-fault.ts';
import type { Bases } from './base-versions.ts';
import type { FolderRead } from './read-folder.ts';
import type { ReadAnswer } from './read-thread.ts';
import { workApart } from './work-apart.ts';

/** What a reader rests on beside the folder. */
export interface ReadingParts {
  /** What its thread runs. */
  readonly program: URL;
  readonly after: After;
}

/**
 * Reads a folder as `readFolder` and `readBases` do, in a thread, and within memory and time of its own. Throws `StartFault`.
 */
export async function readFolderApart(
  folder: string,
  responsibleBody: string,
  parts: Partial<ReadingParts> = {},
): Promise<FolderRead & { readonly bases: Bases }> {
  const { program = new URL('./read-thread.ts', import.meta.url), after } = parts;
  const data = { folder, responsibleBody };
  const answer = (await workApart({ program, data, after })) as ReadAnswer;
  if ('fault' in answer) throw new StartFault(answer.fault);
  return answer;
}
