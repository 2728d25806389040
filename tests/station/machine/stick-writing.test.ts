import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DoctorReport } from '#shared/health/finding.ts';
import type { StickOrder } from '#station/machine/stick-thread.ts';
import { openStickWriting, STICK_THREAD } from '#station/machine/stick-writing.ts';
import { closeDatabase, knownVersion, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';

const NOW = Date.parse('2026-11-23T10:24:00+08:00');
const NAME = 'legal-kiosk-530102001-2026-11-23-1024';
const ENDING = { support: '.support.json.gz', backup: '.kioskbackup' };
/** Safety net, not a measure. */
const PATIENT = { timeout: 60_000, interval: 20 };
let folder: string;
let stick: string;
let db: WritableDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stick-writing-'));
  stick = join(folder, 'stick');
  mkdirSync(stick);
  db = openDatabase(join(folder, 'station.sqlite'), 'station');
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

const doctor: DoctorReport = {
  ...{ at: NOW, programVersion: '1.2.3', station: '示例站', verdict: 'ok', findings: [] },
};
const order = (what: StickOrder['what']): StickOrder => {
  const file = join(stick, `${NAME}${ENDING[what]}`);
  const common = { file, dataDir: folder, programVersion: '1.2.3', now: NOW };
  return what === 'backup' ? { ...common, what } : { ...common, what, doctor };
};

/** In the thread: a flush comes back only when the gate is opened; until then it stands at 1. */
const STUCK_FLUSH = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  import { workerData } from 'node:worker_threads';
  const { gate } = workerData;
  fs.fsyncSync = () => {
    if (Atomics.compareExchange(gate, 0, 0, 1) !== 2) Atomics.wait(gate, 0, 1);
  };
  syncBuiltinESMExports();`;

/** A stick whose flushes take as long as the test likes. */
function stuckStick() {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const preload = `data:text/javascript,${encodeURIComponent(STUCK_FLUSH)}`;
  const writing = openStickWriting(
    (asked) =>
      new Worker(STICK_THREAD, {
        workerData: { order: asked, gate },
        execArgv: ['--import', preload],
      }),
  );
  return {
    writing,
    /** While it is waited for, this thread turns: the thread that writes stands still meanwhile. */
    isStuck: () => vi.waitFor(() => expect(Atomics.load(gate, 0)).toBe(1), PATIENT),
    open: () => {
      Atomics.store(gate, 0, 2);
      Atomics.notify(gate, 0);
    },
  };
}

describe.each(['support', 'backup'] as const)('a %s on a stick', (what) => {
  test('is written while the host goes on, however long a flush takes', async () => {
    const { writing, isStuck, open } = stuckStick();
    let isDone = false;
    const written = writing.write(order(what)).then(() => {
      isDone = true;
    });
    await isStuck();
    expect(isDone).toBe(false);
    open();
    await written;
    expect(readdirSync(stick)).toEqual([`${NAME}${ENDING[what]}`]);
  });

  test('that is ended in the middle leaves nothing, and no other is begun', async () => {
    const { writing, isStuck } = stuckStick();
    const written = writing.write(order(what));
    const refused = expect(written).rejects.toThrow('ended');
    await isStuck();
    expect(readdirSync(stick).filter((name) => name.endsWith('.part'))).not.toEqual([]);
    await writing.stop();
    await refused;
    expect(readdirSync(stick)).toEqual([]);
    await expect(writing.write(order(what))).rejects.toThrow('closing');
  });

  test('keeps the code of what the system says', async () => {
    const { file } = order(what);
    writeFileSync(file, 'mine');
    await expect(openStickWriting().write(order(what))).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    rmSync(stick, { recursive: true });
    await expect(openStickWriting().write(order(what))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('removes first what a power cut left of earlier ones, and nothing else', async () => {
    const earlier = 'legal-kiosk-530102001-2026-11-20-0900';
    const left = [
      ...[`${NAME}.kioskbackup.part`, `${NAME}.kioskbackup.copy.part`],
      ...['-wal', '-shm', '-journal'].map((end) => `${earlier}.kioskbackup.copy.part${end}`),
      `${earlier}.support.json.gz.part`,
    ];
    const kept = ['film.part', `${earlier}.kioskbackup`, 'legal-kiosk-letter.part'];
    for (const name of [...left, ...kept]) writeFileSync(join(stick, name), 'x');
    await openStickWriting().write(order(what));
    const { file } = order(what);
    expect(existsSync(file)).toBe(true);
    rmSync(file);
    expect(readdirSync(stick).sort()).toEqual(kept.sort());
  });
});

test('a support bundle made in the thread has the facts of both databases', async () => {
  closeDatabase(openDatabase(join(folder, 'cache.sqlite'), 'cache'));
  const asked = order('support');
  await openStickWriting().write(asked);
  const support: unknown = JSON.parse(gunzipSync(readFileSync(asked.file)).toString());
  expect(support).toMatchObject({
    ...{ format: 1, at: NOW, doctor },
    databases: { station: { counts: { audit: 0 } }, cache: { version: knownVersion('cache') } },
  });
});
