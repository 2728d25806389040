import { describe, expect, test, vi } from 'vitest';
import { silentLog } from '#station/log/station-log.ts';
import { startUpkeep } from '#station/maintenance/upkeep.ts';

/** Upkeep with a clock that the test sets, and counters of what it did. */
function rig(
  options: { failBackup?: boolean; lastBackupAt?: number; inspection?: Promise<void> } = {},
) {
  const done = { backups: 0, tidied: 0, told: 0, daysLooked: 0, inspections: 0 };
  const state = { now: 0, isSomebodyWaiting: false, changed: false, events: [] as string[] };
  const upkeep = startUpkeep({
    now: () => state.now,
    log: { ...silentLog, event: (name) => state.events.push(name) },
    backUp: async () => {
      if (options.failBackup) throw new Error('disk full');
      done.backups += 1;
    },
    lastBackupAt: () => options.lastBackupAt,
    doesNobodyWait: () => !state.isSomebodyWaiting,
    tidy: [
      () => {
        throw new Error('disk full');
      },
      () => {
        done.tidied += 1;
      },
    ],
    closeLeftWindows: () => {},
    turnQueueDay: () => {
      done.daysLooked += 1;
    },
    inspect: async () => {
      await options.inspection;
      done.inspections += 1;
    },
    reloadContent: () => state.changed,
    onContentChanged: () => {
      done.told += 1;
    },
  });
  const lookAt = async (time: string) => {
    state.now = Date.parse(`${time}+08:00`);
    await upkeep.look();
  };
  return { done, state, lookAt, stop: upkeep.stop };
}

describe('the upkeep of a running host', () => {
  test('backs the station up once a night, and not by day', async () => {
    const { done, lookAt, stop } = rig({ lastBackupAt: Date.parse('2026-11-22T18:00:00+08:00') });
    await lookAt('2026-11-23T02:59:00');
    await lookAt('2026-11-23T12:00:00');
    expect(done.backups).toBe(0);
    await lookAt('2026-11-24T03:00:00');
    await lookAt('2026-11-24T03:30:00');
    expect(done.backups).toBe(1);
    await lookAt('2026-11-25T03:59:00');
    expect(done.backups).toBe(2);
    expect(done.daysLooked).toBe(5);
    await stop();
  });

  test('a backup that fails is logged, tried again, and keeps nothing else from being done', async () => {
    const { done, state, lookAt, stop } = rig({ failBackup: true });
    state.changed = true;
    await lookAt('2026-11-24T03:00:00');
    await lookAt('2026-11-24T03:01:00');
    expect(state.events).toEqual(['backup-failed', 'tidy-failed', 'backup-failed']);
    expect(done.told).toBe(2);
    await stop();
  });

  test('databases that cannot be tidied cost no backup and are left until the next night', async () => {
    const { done, state, lookAt, stop } = rig();
    for (const time of ['03:00', '03:01', '03:59']) await lookAt(`2026-11-24T${time}:00`);
    expect({ ...done, events: state.events }).toMatchObject({
      ...{ backups: 1, tidied: 1 },
      events: ['tidy-failed'],
    });
    await lookAt('2026-11-25T03:00:00');
    expect(done).toMatchObject({ backups: 2, tidied: 2 });
    await stop();
  });

  test('a terminal that is off at night and has its power cut backs up once a day while nobody waits', async () => {
    const lastBackupAt = Date.parse('2026-11-23T08:31:00+08:00');
    const { done, state, lookAt, stop } = rig({ lastBackupAt });
    const backups = async (time: string) => {
      await lookAt(`2026-11-24T${time}:00`);
      return done.backups;
    };
    expect(await backups('02:30')).toBe(0);
    expect(await backups('08:30')).toBe(0);
    state.isSomebodyWaiting = true;
    expect(await backups('08:31')).toBe(0);
    state.isSomebodyWaiting = false;
    expect(await backups('10:15')).toBe(1);
    expect(await backups('17:30')).toBe(1);
    await stop();
  });

  test.each([
    ['was never made', undefined],
    ['was made by a clock that ran ahead', Date.parse('2030-01-01T08:00:00+08:00')],
  ])('a backup that %s is made up for once, by day', async (_when, lastBackupAt) => {
    const { done, lookAt, stop } = rig(lastBackupAt === undefined ? {} : { lastBackupAt });
    await lookAt('2026-11-24T02:59:00');
    expect(done.backups).toBe(0);
    await lookAt('2026-11-24T08:30:00');
    await lookAt('2026-11-24T08:31:00');
    expect(done.backups).toBe(1);
    await stop();
  });

  test.each([
    ['this night', '2026-11-24T03:10:00', 0],
    ['before the hour of the backup', '2026-11-24T02:59:00', 1],
    ['yesterday', '2026-11-23T03:00:00', 1],
  ])(
    'after a backup of %s, by a host before it, made at %s, it makes %i more',
    async (_when, at, more) => {
      const { done, lookAt, stop } = rig({ lastBackupAt: Date.parse(`${at}+08:00`) });
      await lookAt('2026-11-24T03:12:00');
      expect(done).toMatchObject({ backups: more, tidied: more });
      await stop();
    },
  );

  test('inspects from three in the morning on, also when it was switched off at night', async () => {
    const { done, lookAt, stop } = rig();
    await lookAt('2026-11-24T02:59:00');
    expect(done.inspections).toBe(0);
    await lookAt('2026-11-24T08:30:00');
    expect(done.inspections).toBe(1);
    await stop();
  });

  test('pages hear of changed content, and only of changed content', async () => {
    const { done, state, lookAt, stop } = rig();
    await lookAt('2026-11-24T10:00:00');
    expect(done.told).toBe(0);
    state.changed = true;
    await lookAt('2026-11-24T10:01:00');
    expect(done.told).toBe(1);
    await stop();
  });

  test('is over when it was stopped: a look that is under way is waited for and goes no further', async () => {
    const inspection = Promise.withResolvers<void>();
    const { done, state, lookAt, stop } = rig({ inspection: inspection.promise });
    state.changed = true;
    const look = lookAt('2026-11-24T10:00:00');
    await vi.waitFor(() => expect(done.daysLooked).toBe(1));
    let isStopped = false;
    const stopped = stop().then(() => {
      isStopped = true;
    });
    await Promise.resolve();
    expect(isStopped).toBe(false);
    inspection.resolve();
    await Promise.all([stopped, look]);
    expect(done).toMatchObject({ inspections: 1, told: 0 });
  });
});
