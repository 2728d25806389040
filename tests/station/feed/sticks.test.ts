import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { publish } from '#district/feed/publish.ts';
import { writeRoot } from '#district/feed/root.ts';
import { FeedRefusal } from '#station/feed/feed-refusal.ts';
import { type FeedSource, FeedUnreachable } from '#station/feed/feed-source.ts';
import { DAY, NOW, notice, sampleDistrict, sampleKeys } from '../../district/feed/sample-feed.ts';
import { folderSource, sampleTerminal } from './sample-terminal.ts';

const YEAR = 365 * DAY;
const OLD = ['one@1', 'two@1'];
const NEW = ['one@2', 'three@1', 'two@1'];
const TENTHS = Array.from({ length: 9 }, (_, at) => (at + 1) / 10);

let district: ReturnType<typeof sampleDistrict>;
let log: ReturnType<typeof openDivisionLog>;
let terminal: ReturnType<typeof sampleTerminal>;
/** A stick with the first state; the district's own folder has the second. */
let older: string;
const sticks: string[] = [];

/** A terminal that holds the first state. */
beforeEach(async () => {
  district = sampleDistrict();
  log = openDivisionLog('530102', 'epochone', [notice('one'), notice('two')]);
  district.publish([log.feed()]);
  terminal = sampleTerminal(district.root, folderSource(district.folder));
  await terminal.pull();
  older = emptyStick();
  cpSync(district.folder, older, { recursive: true });
  log.put(notice('one', 2));
  log.put(notice('three'));
  log.cut();
  district.publish([log.feed()]);
});
afterEach(() => {
  terminal.remove();
  district.remove();
  for (const folder of sticks.splice(0)) rmSync(folder, { recursive: true });
});

function emptyStick(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stick-'));
  sticks.push(folder);
  return folder;
}

/** Looks at a source; a refusal or a source that goes away is an outcome like any other. */
async function look(source: FeedSource, now = NOW): Promise<unknown> {
  return await terminal.pull({ source, now: () => now }).catch((error: unknown) => {
    if (error instanceof FeedRefusal || error instanceof FeedUnreachable) return error;
    throw error;
  });
}

/** The files of a folder in the order in which they are copied. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** A stick onto which only this share of a folder's bytes came. */
function copiedTo(share: number, order: (files: string[]) => string[]): string {
  const stick = emptyStick();
  const files = order(filesOf(district.folder));
  const sizes = files.map((file) => statSync(join(district.folder, file)).size);
  let left = Math.floor(share * sizes.reduce((sum, size) => sum + size, 0));
  for (const file of files) {
    if (left <= 0) break;
    const bytes = readFileSync(join(district.folder, file)).subarray(0, left);
    mkdirSync(dirname(join(stick, file)), { recursive: true });
    writeFileSync(join(stick, file), bytes);
    left -= bytes.length;
  }
  return stick;
}

/** The district's stick, pulled out when so many bytes of it were read. */
function pulledAfter(bytes: number): FeedSource & { readonly read: FeedSource['read'] } {
  const honest = folderSource(district.folder);
  let left = bytes;
  async function* until(stream: AsyncIterable<Uint8Array>) {
    for await (const part of stream) {
      left -= part.length;
      if (left < 0) throw new Error('the stick is gone');
      yield part;
    }
  }
  return {
    read: async (path) => {
      if (left < 0) throw new FeedUnreachable('the stick is gone');
      const stream = await honest.read(path);
      return stream && until(stream);
    },
  };
}

describe.each(TENTHS)('a stick that ends at %d of its bytes', (share) => {
  test.each([
    ['copied in order', (files: string[]) => files],
    ['copied backwards', (files: string[]) => files.toReversed()],
  ])(
    'because it was pulled out while it was written, %s: all of the new or nothing',
    async (_, order) => {
      const before = terminal.cache.write.serialize();
      await look(folderSource(copiedTo(share, order)));
      const isNew = terminal.notices().includes('three@1');
      expect(terminal.notices()).toEqual(isNew ? NEW : OLD);
      if (!isNew) expect(before.equals(terminal.cache.write.serialize())).toBe(true);
      await terminal.pull();
      expect(terminal.notices()).toEqual(NEW);
    },
  );

  test('because it was pulled out while it was read changes nothing', async () => {
    let read = 0;
    const counted = folderSource(district.folder);
    const whole = sampleTerminal(district.root, {
      read: async (path) => {
        const stream = await counted.read(path);
        return (
          stream &&
          (async function* () {
            for await (const part of stream) {
              read += part.length;
              yield part;
            }
          })()
        );
      },
    });
    await whole.pull();
    whole.remove();
    const fresh = sampleTerminal(district.root, pulledAfter(Math.floor(read * share)));
    await expect(fresh.pull()).rejects.toBeInstanceOf(FeedUnreachable);
    expect(fresh.notices()).toEqual([]);
    await fresh.pull({ source: folderSource(district.folder) });
    expect(fresh.notices()).toEqual(NEW);
    fresh.remove();
  });
});

describe('of two sticks', () => {
  test('the older after the newer is refused, and the newer stays', async () => {
    await look(folderSource(district.folder));
    expect(await look(folderSource(older))).toMatchObject({ reason: 'untrusted' });
    expect(terminal.notices()).toEqual(NEW);
  });

  test('the newer after the older is taken, by a terminal that has neither', async () => {
    const fresh = sampleTerminal(district.root, folderSource(older));
    await fresh.pull();
    expect(fresh.notices()).toEqual(OLD);
    await fresh.pull({ source: folderSource(district.folder) });
    expect(fresh.notices()).toEqual(NEW);
    fresh.remove();
  });
});

describe('version numbers that were made to jump (fast-forward)', () => {
  test('without the key are refused, and the next honest ones are taken', async () => {
    const stick = emptyStick();
    cpSync(district.folder, stick, { recursive: true });
    const file = join(stick, 'metadata', 'timestamp.json');
    const jumped = readFileSync(file, 'utf8').replace(/"version":\s*\d+/g, '"version":2147483647');
    writeFileSync(file, jumped);
    expect(await look(folderSource(stick))).toMatchObject({ reason: 'untrusted' });
    await terminal.pull();
    expect(terminal.notices()).toEqual(NEW);
  });

  test('by a thief of the online keys hold the good content until the district changes its keys', async () => {
    const stick = emptyStick();
    cpSync(district.folder, stick, { recursive: true });
    publish(stick, [log.feed()], district.keys, NOW + 50 * YEAR, true);
    await look(folderSource(stick));
    log.put(notice('four'));
    log.cut();
    district.publish([log.feed()]);
    expect(await look(folderSource(district.folder))).toMatchObject({ reason: 'untrusted' });
    expect(terminal.notices()).toEqual(NEW);
    const keys = { ...sampleKeys(), root: district.keys.root };
    writeRoot(district.folder, keys, NOW, district.keys.root);
    district.publish([log.feed()], NOW, keys);
    await terminal.pull();
    expect(terminal.notices()).toEqual([...NEW, 'four@1'].toSorted());
  });
});

describe('without a clock to be trusted', () => {
  const EXPIRED = NOW + YEAR;

  test('that ran ahead for years, a sound feed is refused as over; put right, it is taken', async () => {
    const source = folderSource(district.folder);
    expect(await look(source, NOW + 20 * YEAR)).toMatchObject({ reason: 'expired' });
    expect(terminal.notices()).toEqual(OLD);
    await look(source, NOW);
    expect(terminal.notices()).toEqual(NEW);
  });

  test('that begins in 2000 after its battery died, a sound feed is taken, and an older one still is not', async () => {
    const dead = Date.parse('2000-01-01T00:00:00+08:00');
    await look(folderSource(district.folder), dead);
    expect(terminal.notices()).toEqual(NEW);
    expect(await look(folderSource(older), dead)).toMatchObject({ reason: 'untrusted' });
    expect(terminal.notices()).toEqual(NEW);
  });

  test('but with the right one, a stick that lay in a drawer for a year is refused as over', async () => {
    expect(await look(folderSource(district.folder), EXPIRED)).toMatchObject({ reason: 'expired' });
    expect(terminal.notices()).toEqual(OLD);
  });
});
