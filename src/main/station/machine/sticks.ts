import type { StickOutcome, StickView } from '#shared/contract/machine.ts';
import type { Computer } from '../doctor/computer.ts';

/** Where `build/machine/stick` lends sticks to the terminal, and its sign that the door is open. */
const MEDIA = '/media/legal-kiosk';
const DOOR = '/run/legal-kiosk-stick/open';
const MOUNTS = '/proc/self/mounts';

/** A stick that lies open to the program. */
export interface Stick {
  readonly folder: string;
  readonly isWritable: boolean;
  /** Bytes. */
  readonly free: number;
}

type Seeing = Pick<Computer, 'read' | 'space'>;

/** The sticks that are there, by what the system has mounted: a folder alone is no stick. */
export async function sticksOf({ read, space }: Seeing): Promise<Stick[]> {
  const mounts = read(MOUNTS)?.toString('utf8') ?? '';
  const sticks = mounts.split('\n').map(async (line) => {
    const [, folder = '', , options = ''] = line.split(' ');
    const name = folder.startsWith(`${MEDIA}/`) ? folder.slice(MEDIA.length + 1) : '';
    if (!/^[a-z]+\d*$/.test(name)) return [];
    try {
      const { free } = await space(folder);
      return [{ folder, isWritable: options.split(',').includes('rw'), free }];
    } catch {
      // pulled out just now
      return [];
    }
  });
  return (await Promise.all(sticks)).flat();
}

/** The one to write to: of several parts of a stick the one with the most room. */
export async function stickToWrite(computer: Seeing): Promise<Stick | undefined> {
  return (await sticksOf(computer))
    .filter(({ isWritable }) => isWritable)
    .toSorted((one, other) => other.free - one.free)[0];
}

/** How it stands with a stick to write to, on a computer that takes orders or does not. */
export async function stickView(computer: Seeing, isSetUp: boolean): Promise<StickView> {
  const stick = await stickToWrite(computer);
  if (stick !== undefined) return { state: 'ready', free: stick.free };
  if ((await sticksOf(computer)).length > 0) return { state: 'read-only' };
  if (!isSetUp) return { state: 'not-set-up' };
  return { state: computer.read(DOOR) === undefined ? 'shut' : 'none' };
}

/**
 * Lets a file be written to the stick and says what came of it. `write` makes the file, through to the stick, and never replaces one. A
 * fault that has nothing to do with a stick is thrown.
 */
export async function writeToStick(
  computer: Seeing,
  name: string,
  write: (file: string) => Promise<void>,
): Promise<StickOutcome> {
  const stick = await stickToWrite(computer);
  if (stick === undefined) return (await sticksOf(computer)).length > 0 ? 'read-only' : 'no-stick';
  const file = `${stick.folder}/${name}`;
  const isThere = async () =>
    (await sticksOf(computer)).some(({ folder }) => folder === stick.folder);
  try {
    await write(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const outcome = outcomeOf(String(code), await isThere());
    if (outcome === undefined) throw error;
    return outcome;
  }
  // Pulled out in the last moment: what is on it nobody knows.
  return (await isThere()) ? 'written' : 'gone';
}

const OUTCOMES: readonly (readonly [RegExp, StickOutcome])[] = [
  [/^EEXIST$/, 'exists'],
  [/^(?:ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/, 'full'],
  [/^(?:EROFS|EACCES|EPERM)$|^SQLITE_READONLY/, 'read-only'],
  [/^(?:EIO|ENODEV|ENXIO|ENOENT|EINVAL)$|^SQLITE_(?:IOERR|CANTOPEN)/, 'failed'],
];

/** By the code of an error of the system or of SQLite; undefined for any other. */
function outcomeOf(code: string, isThere: boolean): StickOutcome | undefined {
  const outcome = OUTCOMES.find(([codes]) => codes.test(code))?.[1];
  return outcome !== undefined && !isThere ? 'gone' : outcome;
}
