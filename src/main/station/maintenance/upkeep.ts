import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import type { StationLog } from '../log/station-log.ts';

/** How often the host looks whether there is something to do. */
const EVERY_MS = 60_000;
/** The hour of the night in which the station's own data is backed up, and the first in which it may be inspected. */
const BACKUP_HOUR = 3;
/** A terminal that is off at night and loses its power in the evening has neither that hour nor a clean close: it makes up for it by day. */
const BACKUP_OVERDUE_MS = 24 * 3_600_000;

/** What a host does for itself while it runs. */
export interface UpkeepTasks {
  readonly now: () => number;
  readonly log: StationLog;
  readonly backUp: () => Promise<void>;
  /** When the newest backup was made, also by the host before this one; epoch milliseconds. */
  readonly lastBackupAt: () => number | undefined;
  /** By day a backup waits until no visitor does. */
  readonly doesNobodyWait: () => boolean;
  /** Brings the databases in order, one by one. */
  readonly tidy: readonly (() => void)[];
  /** Takes changed content in; true when there was any. */
  readonly reloadContent: () => boolean | Promise<boolean>;
  readonly onContentChanged: () => void;
  /** Turns the queue's day when it is over. */
  readonly turnQueueDay: () => void;
  /** Closes windows whose person is not logged in any more. */
  readonly closeLeftWindows: () => void;
  /** Writes the day's line of the upkeep log, unless it has one; a terminal that sleeps at night does it in the morning. */
  readonly inspect: () => Promise<void>;
}

/** The daily backup (invariant 2), the end of the queue's day, the day's inspection, and the look for changed content. */
export interface Upkeep {
  /** One look, as the timer does it. */
  readonly look: () => Promise<void>;
  /** Resolves when a look that is under way has ended: after that nothing is read, written or logged. */
  readonly stop: () => Promise<void>;
}

/** Starts the upkeep; a task that fails is logged and tried again at the next look. */
export function startUpkeep(tasks: UpkeepTasks): Upkeep {
  // A host that was renewed this night finds the night's work done: it would push the week's other backups out.
  let lastBackupAt = tasks.lastBackupAt();
  let lastTidy = nightOf(lastBackupAt);
  const hour = () => Math.floor(localMoment(tasks.now()).minutes / 60);
  const night = () => (hour() === BACKUP_HOUR ? localMoment(tasks.now()).date : undefined);
  const isBackupDue = () => {
    if (hour() < BACKUP_HOUR) return false;
    const tonight = night();
    if (tonight !== undefined) return nightOf(lastBackupAt) !== tonight;
    // Also when it is of a time to come: the clock that said so ran ahead.
    const isOverdue =
      lastBackupAt === undefined || Math.abs(tasks.now() - lastBackupAt) >= BACKUP_OVERDUE_MS;
    return isOverdue && tasks.doesNobodyWait();
  };
  const backUpIfDue = async () => {
    if (!isBackupDue()) return;
    const at = tasks.now();
    await tasks.backUp();
    lastBackupAt = at;
  };
  const tidyAtNight = async () => {
    const tonight = night();
    if (tonight === undefined || tonight === lastTidy) return;
    // Once a night, whatever comes of it: what failed a minute ago fails again.
    lastTidy = tonight;
    for (const tidy of tasks.tidy) await logged(tasks.log, 'tidy-failed', tidy);
  };
  const inspect = async () => {
    if (hour() >= BACKUP_HOUR) await tasks.inspect();
  };
  const steps: readonly [fault: string, task: () => Promise<void> | void][] = [
    ['backup-failed', backUpIfDue],
    ['tidy-failed', tidyAtNight],
    ['queue-day-failed', tasks.turnQueueDay],
    ['left-windows-failed', tasks.closeLeftWindows],
    ['inspection-failed', inspect],
    [
      'reload-failed',
      async () => {
        if (await tasks.reloadContent()) tasks.onContentChanged();
      },
    ],
  ];
  let isStopping = false;
  const lookOnce = async () => {
    for (const [fault, task] of steps) if (!isStopping) await logged(tasks.log, fault, task);
  };
  const running = new Set<Promise<void>>();
  // One that hangs (a printer that never answers) keeps the next from nothing.
  const look = () => {
    const one = lookOnce().finally(() => running.delete(one));
    running.add(one);
    return one;
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  timer.unref();
  return {
    look,
    stop: async () => {
      isStopping = true;
      clearInterval(timer);
      await Promise.all(running);
    },
  };
}

/** The night to which a moment belongs; none before the hour of the backup. */
function nightOf(at: number | undefined): LocalDate | undefined {
  if (at === undefined) return undefined;
  const { date, minutes } = localMoment(at);
  return Math.floor(minutes / 60) >= BACKUP_HOUR ? date : undefined;
}

async function logged(
  log: StationLog,
  event: string,
  task: () => Promise<void> | void,
): Promise<void> {
  try {
    await task();
  } catch (error) {
    log.event(event, { error: error instanceof Error ? error.name : 'unknown' });
  }
}
