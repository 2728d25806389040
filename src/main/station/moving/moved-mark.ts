import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { slipTime } from '#shared/printing/ticket-slip.ts';
import { StartError } from '../start-error.ts';
import { flushFolder, writeWhole } from '../store/flushed-files.ts';

/** In the data folder of a terminal that has moved to another computer. */
export const MOVED_MARK = 'moved.json';

const markSchema = z.object({ id: z.string(), at: z.number() });
type MovedMark = z.infer<typeof markSchema>;

/** Which move took this terminal away; undefined while it is here. A mark that cannot be read counts as one. */
export function movedMark(dataDir: string): MovedMark | undefined {
  const path = join(dataDir, MOVED_MARK);
  if (!existsSync(path)) return undefined;
  try {
    return markSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { id: '', at: 0 };
  }
}

/** On the disk when it returns: from now on nothing starts on this data. */
export function markMoved(dataDir: string, mark: MovedMark): void {
  writeWhole(join(dataDir, MOVED_MARK), JSON.stringify(mark));
}

/** The terminal is here again. */
export function unmarkMoved(dataDir: string): void {
  const path = join(dataDir, MOVED_MARK);
  rmSync(path, { force: true });
  flushFolder(dirname(path));
}

/**
 * Two computers with one terminal's name would give the same numbers and send the same operations: where it has moved away, no
 * host starts. Throws `StartError`.
 */
export function assertNotMoved(dataDir: string): void {
  const mark = movedMark(dataDir);
  if (mark === undefined) return;
  const when = mark.at === 0 ? '' : `在 ${slipTime(mark.at)} `;
  throw new StartError(
    'moved',
    `这台一体机已${when}搬到另一台电脑，这里不再发号，也不再上传。要改回用这一台，请技术人员执行 move-out --undo。`,
  );
}
