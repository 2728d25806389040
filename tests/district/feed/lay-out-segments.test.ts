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
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { openPacker, type Packer } from '#district/feed/lay-out-segments.ts';
import { folderSource, sampleTerminal } from '../../station/feed/sample-terminal.ts';
import { DAY, NOW, notice, sampleDistrict } from './sample-feed.ts';

const DIVISION = '530102';
const HOUR = 3_600_000;
/** A thread starts in its own time on a busy machine. */
const SOON = { timeout: 60_000, interval: 20 };
/** A record of about 900 kB, which no packing makes small in no time. */
const large = (name: string, version = 1, scope = DIVISION) => ({
  ...notice(name, version, scope),
  source: '很长'.repeat(150_000),
});
const names = (count: number) => Array.from({ length: count }, (_, at) => `n${at}`);

let district: ReturnType<typeof sampleDistrict>;
let folder: string;
let packer: Packer;
beforeEach(() => {
  district = sampleDistrict();
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
  packer = openPacker(folder);
});
afterEach(async () => {
  await packer.end();
  district.remove();
  rmSync(folder, { recursive: true });
});

const segmentsIn = (place: string) =>
  readdirSync(join(place, 'targets', 'content', DIVISION))
    .filter((name) => !name.endsWith('index.json'))
    .sort();

test('another thread lays out the very files that would be published without it, while others get their turn', async () => {
  const records = names(3).map((name) => large(name));
  let turns = 0;
  let isDone = false;
  const laid = packer.layOut(openDivisionLog(DIVISION, 'epochone', records).feed()).finally(() => {
    isDone = true;
  });
  for (; !isDone; turns += 1) await setImmediate();
  await laid;
  expect(turns).toBeGreaterThan(1);
  district.publish([openDivisionLog(DIVISION, 'epochone', records).feed()]);
  expect(segmentsIn(folder)).toEqual(segmentsIn(district.folder));
  for (const name of segmentsIn(folder)) {
    const [own, other] = [folder, district.folder].map((place) =>
      readFileSync(join(place, 'targets', 'content', DIVISION, name)),
    );
    expect(own).toEqual(other);
  }
});

test('what the thread cannot write is told with its reason, and the next feed is laid out all the same', async () => {
  mkdirSync(join(folder, 'targets', 'content'), { recursive: true });
  writeFileSync(join(folder, 'targets', 'content', '530103'), 'in the way');
  const other = openDivisionLog('530103', 'epochone', [large('away', 1, '530103')]);
  await expect(packer.layOut(other.feed())).rejects.toMatchObject({ code: 'EEXIST' });
  await packer.layOut(openDivisionLog(DIVISION, 'epochone', [large('one')]).feed());
  expect(segmentsIn(folder)).toHaveLength(2);
});

describe('a thread that ends', () => {
  /** What a thread does that is asked to lay out one segment. */
  const withThread = (lines: string) => {
    const program = join(folder, 'thread.mjs');
    writeFileSync(program, lines);
    return openPacker(folder, { program });
  };
  const feedOf = (name: string) => openDivisionLog(DIVISION, `epoch${name}`, [large(name)]).feed();

  test('as it starts is told for each order, and none waits for ever', async () => {
    const failing = withThread("throw new Error('planted');");
    for (const name of ['one', 'two', 'three'])
      await expect(failing.layOut(feedOf(name))).rejects.toThrow('planted');
    await failing.end();
  });

  test('over an order without a reason is told too, and the next order is given to another', async () => {
    const program = new URL('../../../src/district/feed/pack-thread.ts', import.meta.url).href;
    const once = JSON.stringify(join(folder, 'ended'));
    const failing = withThread(`
      import { existsSync, writeFileSync } from 'node:fs';
      import { parentPort } from 'node:worker_threads';
      if (existsSync(${once})) await import(${JSON.stringify(program)});
      else parentPort.once('message', () => { writeFileSync(${once}, ''); process.exit(); });`);
    await expect(failing.layOut(feedOf('one'))).rejects.toThrow(/has ended/);
    await failing.layOut(feedOf('two'));
    const ofTwo: unknown = expect.stringMatching(/epochtwo/);
    expect(segmentsIn(folder)).toEqual([ofTwo, ofTwo]);
    await failing.end();
  });
});

describe('a thread that neither answers nor ends', () => {
  /** The bounds of orders that are under way, for the test to let pass. */
  const bounds = new Set<() => void>();
  const after = (_milliseconds: number, act: () => void) => {
    bounds.add(act);
    return () => void bounds.delete(act);
  };
  const pass = async () => {
    await vi.waitFor(() => expect(bounds.size).toBe(1));
    for (const act of bounds) act();
  };
  const feedOf = (name: string) => openDivisionLog(DIVISION, `epoch${name}`, [large(name)]).feed();
  const started = () => readFileSync(join(folder, 'started'), 'utf8').length;
  /** Hangs at its first so many starts; works afterwards. */
  const hanging = (times: number) => {
    const real = new URL('../../../src/district/feed/pack-thread.ts', import.meta.url).href;
    const [program, marks] = [join(folder, 'thread.mjs'), JSON.stringify(join(folder, 'started'))];
    writeFileSync(
      program,
      `import { appendFileSync, readFileSync } from 'node:fs';
      appendFileSync(${marks}, '.');
      if (readFileSync(${marks}).length > ${times}) await import(${JSON.stringify(real)});
      else for (;;);`,
    );
    return openPacker(folder, { program, after });
  };
  const isUp = (threads: number) => vi.waitFor(() => expect(started()).toBe(threads), SOON);

  test('is ended, and another lays the segment out', async () => {
    const hung = hanging(1);
    const laid = hung.layOut(feedOf('one'));
    await isUp(1);
    await pass();
    await laid;
    expect(segmentsIn(folder)).toHaveLength(2);
    expect([started(), bounds.size]).toEqual([2, 0]);
    await hung.end();
  });

  test('twice over an order fails it, and the next one gets a thread of its own', async () => {
    const hung = hanging(2);
    const laid = hung.layOut(feedOf('one')).catch((error: unknown) => error);
    for (const threads of [1, 2]) {
      await isUp(threads);
      await pass();
    }
    expect(String(await laid)).toMatch(/epochone.* does not answer/);
    await hung.layOut(feedOf('two'));
    expect([started(), bounds.size]).toEqual([3, 0]);
    await hung.end();
  });
});

test('changes that are more than a segment may hold become a base, which terminals take', async () => {
  const log = openDivisionLog(DIVISION, 'epochone', [notice('small')]);
  district.publish([log.feed()]);
  const terminal = sampleTerminal(district.root, folderSource(district.folder));
  expect((await terminal.pull()).refused).toEqual([]);
  for (const name of names(36)) log.put(large(name));
  log.cut();
  const { index } = log.feed();
  expect(index).toMatchObject({ top: 37, floor: 37, deltas: [], base: { to: 37 } });
  expect(index.base.segments).toHaveLength(2);
  district.publish([log.feed()]);
  expect((await terminal.pull()).refused).toEqual([]);
  expect(terminal.notices()).toHaveLength(37);
  terminal.remove();
});

test('a change of one division looks at no other for some hours, and then puts back what is missing there', () => {
  const [own, other] = [DIVISION, '530103'].map((division) =>
    openDivisionLog(division, 'epochone', [notice('one', 1, division)]),
  );
  const publishAt = (now: number) =>
    district.publish(
      [own, other].flatMap((log) => log?.feed() ?? []),
      now,
    );
  publishAt(NOW);
  const place = join(district.folder, 'targets', 'content', '530103');
  rmSync(place, { recursive: true });
  own?.put(notice('one', 2));
  own?.cut();
  publishAt(NOW + HOUR);
  expect(existsSync(place)).toBe(false);
  publishAt(NOW + 7 * HOUR);
  expect(existsSync(place)).toBe(true);
});

test('metadata of more divisions than terminals read is not published, and the feed before stays', () => {
  const log = openDivisionLog(DIVISION, 'epochone', [notice('one')]);
  district.publish([log.feed()]);
  const file = (name: string) => join(district.folder, 'metadata', name);
  const before = readFileSync(file('timestamp.json'), 'utf8');
  const snapshot = JSON.parse(readFileSync(file('1.snapshot.json'), 'utf8')) as {
    signed: { meta: Record<string, unknown> };
  };
  for (let at = 0; at < 40_000; at += 1)
    snapshot.signed.meta[`content-5301${10_000 + at}.json`] = { version: 1 };
  writeFileSync(file('1.snapshot.json'), JSON.stringify(snapshot));
  log.put(notice('two'));
  log.cut();
  expect(() => district.publish([log.feed()], NOW + DAY)).toThrow(/readers take 5000000/);
  expect(readFileSync(file('timestamp.json'), 'utf8')).toBe(before);
});
