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
    if (missing.length + changed.length === 0) log.event('program-files-intact', { count });
    else
      log.event('program-files-changed', {
        missing: missing.slice(0, MOST_NAMES).join(' '),
        changed: changed.slice(0, MOST_NAMES).join(' '),
        count: missing.length + changed.length,
      });
  } catch (error) {
    if (stop.aborted) return;
    log.event('program-files-unknown', { error: error instanceof Error ? error.name : 'unknown' });
  }
}
