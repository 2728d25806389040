import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type QueuePlanBody, queuePlanBodySchema } from '#shared/content/kinds/queue-plan.ts';
import type { OpenState, StationView } from '#shared/contract/views.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { silentLog } from '#station/log/station-log.ts';
import { openQueue, type Queue, type QueueOptions } from '#station/queue/open-queue.ts';
import type { QueueLibrary, QueueStations } from '#station/queue/queue-context.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { openStationDatabase } from '#station/store/station-database.ts';

/** Monday 23 November 2026, 9:00 in China. */
export const MONDAY_NINE = Date.parse('2026-11-23T09:00:00+08:00');
export const MINUTE = 60_000;
export const DAY = 86_400_000;

export const WINDOWS = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6'] as const;

/** Three lines at six windows; w3 takes two lines. */
export const PLAN = queuePlanBodySchema.parse({
  station: '620104',
  lines: [
    {
      id: 'advice',
      name: '法律咨询',
      prefix: 'A',
      windows: ['w1', 'w2', 'w3'],
      also: ['reception'],
    },
    { id: 'legal-aid', name: '法律援助', prefix: 'B', windows: ['w3', 'w4'], minutes: 25 },
    { id: 'notary', name: '公证', prefix: 'E', windows: ['w5', 'w6'], minutes: 30 },
  ],
  priorities: [
    {
      id: 'elder',
      name: '老年人',
      basis: 'law',
      law: [{ law: '老年人权益保障法', article: '第五十八条第一款' }],
      reason: '年满六十周岁的老年人，依法优先。',
      ahead: 3,
    },
    { id: 'aid-only', name: '军人', reason: '只在法律援助优先', lines: ['legal-aid'] },
  ],
});

/** A station with one queue, a clock that the test moves, and a database that can be closed and opened. */
export interface QueueStation {
  queue: Queue;
  db: WritableDb;
  /** The civil clock; time that passes on it passes on the computer's other clock, too. */
  now: number;
  /** Sets the civil clock to a moment without that any time passes. */
  readonly setClock: (now: number) => void;
  plan: QueuePlanBody | undefined;
  open: OpenState;
  readonly folder: string;
  /** As after a crash: the database is opened anew and everything in memory is gone. */
  readonly reopen: () => void;
  /** Switched off until it is started. */
  readonly stop: () => void;
  /** Opens the data as a host does: a damaged database is restored from the newest backup. */
  readonly start: () => void;
  readonly remove: () => void;
}

/** What the queue reads of content and station, from the fields of a test. */
export function placeOf(at: Pick<QueueStation, 'now' | 'plan' | 'open'>): {
  library: QueueLibrary;
  stations: QueueStations;
} {
  const library = {
    station: '620104',
    moment: () => localMoment(at.now),
    record: () => undefined,
    shown: () => (at.plan === undefined ? [] : [{ body: at.plan, provenance: {} }]),
  };
  // Only `queue-plan` is asked for; the full type would want every kind of content.
  return {
    library: library as unknown as QueueLibrary,
    stations: { name: () => '西固区公共法律服务中心', current: () => stationView(at) },
  };
}

function stationView({ now, open }: Pick<QueueStation, 'now' | 'open'>): StationView {
  const periods =
    open.state === 'unknown'
      ? []
      : [
          { from: '09:00', to: '12:00' },
          { from: '14:00', to: '18:00' },
        ];
  return {
    windows: WINDOWS.map((id) => ({
      id,
      label: `${id.slice(1)}号窗口`,
      name: '窗口',
      lines: [],
      accessible: id === 'w1',
    })),
    open,
    week:
      open.state === 'unknown'
        ? []
        : [now, now + DAY].map((at) => ({ ...localMoment(at), periods })),
  } as unknown as StationView;
}

export function queueStation(options: Partial<QueueOptions> = {}): QueueStation {
  const folder = mkdtempSync(join(tmpdir(), 'queue-'));
  const path = join(folder, 'station.sqlite');
  const openDb = () => openStationDatabase(path, station.now, silentLog);
  /** By how much the clock was set. */
  let set = 0;
  const start = (db: WritableDb) =>
    openQueue({
      ...{ db, ...placeOf(station), now: () => station.now, uptime: () => station.now - set },
      ...{ reserveFile: join(folder, 'queue-numbers.json'), log: silentLog, ...options },
    });
  const station: QueueStation = {
    queue: undefined as unknown as Queue,
    db: undefined as unknown as WritableDb,
    now: MONDAY_NINE,
    setClock: (now) => {
      set += now - station.now;
      station.now = now;
    },
    plan: PLAN,
    open: { state: 'unknown' },
    folder,
    stop: () => {
      station.queue.stop();
      station.db.write.close();
    },
    start: () => {
      station.db = openDb();
      station.queue = start(station.db);
    },
    reopen: () => {
      station.stop();
      station.start();
    },
    remove: () => {
      station.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  station.start();
  return station;
}

const CLERK = { id: 'p1', name: '示例' };

let lastOperation = 0;
/** A fresh id, in the shape that pages make. */
export function operation(): string {
  lastOperation += 1;
  return `00000000-0000-4000-8000-${String(lastOperation).padStart(12, '0')}`;
}

/** Where the ids of this process begin; several processes that write to one database must not share any. */
export function setFirstOperation(first: number): void {
  lastOperation = first;
}

/** An order of a window. */
export function from(window: string) {
  return { operation: operation(), window, staff: CLERK };
}
