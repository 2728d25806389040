import type { StationLog } from '../log/station-log.ts';
import { checkProgramFiles, installedFolder } from './check-program-files.ts';

/** Long after the first page: reading all files takes a slow disk some seconds, and nothing waits for the answer. */
const AFTER_START_MS = 30_000;
/** So many names are enough for whoever reads the log. */
const MOST_NAMES = 20;

/** Compares the program's files with their list once after a start, and writes into the log what it found. */
export function startSelfCheck(
  log: StationLog,
  folder: string | undefined = installedFolder(),
  afterMs: number = AFTER_START_MS,
): { readonly stop: () => Promise<void> } {
  if (folder === undefined) return { stop: async () => {} };
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  const timer = setTimeout(() => {
    running = selfCheck(log, folder, stopping.signal);
  }, afterMs);
  timer.unref();
  return {
    stop: async () => {
      clearTimeout(timer);
      stopping.abort();
      await running;
    },
  };
}

async function selfCheck(log: StationLog, folder: string, stop: AbortSignal): Promise<void> {
  try {
    const { count, missing, changed } = await checkProgramFiles(folder, stop);
    const faults = [
      ...missing.map((file) => ({ file, state: 'missing' })),
      ...changed.map((file) => ({ file, state: 'changed' })),
    ];
    if (faults.length === 0) log.event('program-files-intact', { count });
    else log.event('program-files-changed', { count: faults.length });
    // A line each: a list of names is prose to the log.
    for (const fault of faults.slice(0, MOST_NAMES)) log.event('program-file', fault);
  } catch (error) {
    if (stop.aborted) return;
    log.event('program-files-unknown', { error: kindOf(error) });
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return (error as NodeJS.ErrnoException).code ?? error.name;
}
