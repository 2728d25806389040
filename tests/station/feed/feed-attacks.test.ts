import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DivisionFeed } from '#district/feed/division-log.ts';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { writeRoot } from '#district/feed/root.ts';
import { FeedRefusal } from '#station/feed/feed-refusal.ts';
import { type FeedSource, FeedUnreachable } from '#station/feed/feed-source.ts';
import type { FeedLook } from '#station/feed/pull-feed.ts';
import {
  DAY,
  NOW,
  notice,
  sampleDistrict,
  sampleKeys,
  signer,
} from '../../district/feed/sample-feed.ts';
import { folderSource, sampleTerminal } from './sample-terminal.ts';

let district: ReturnType<typeof sampleDistrict>;
let log: ReturnType<typeof openDivisionLog>;
let terminal: ReturnType<typeof sampleTerminal>;
const older: string[] = [];

/** When every role has been signed anew, whether anything changed or not. */
const RENEWED = NOW + 200 * DAY;
const GOOD = ['one@2', 'two@1'];

/** A terminal that holds the second state of a feed; the first lies copied aside. */
beforeEach(async () => {
  district = sampleDistrict();
  log = openDivisionLog('530102', 'epochone', [notice('one'), notice('two')]);
  district.publish([log.feed()]);
  terminal = sampleTerminal(district.root, folderSource(district.folder));
  await terminal.pull();
  copyAside();
  log.put(notice('one', 2));
  log.cut();
  district.publish([log.feed()]);
  await terminal.pull();
  expect(terminal.notices()).toEqual(GOOD);
});
afterEach(() => {
  terminal.remove();
  district.remove();
  for (const folder of older.splice(0)) rmSync(folder, { recursive: true });
});

function copyAside(): string {
  const folder = mkdtempSync(join(tmpdir(), 'feed-old-'));
  cpSync(district.folder, folder, { recursive: true });
  older.push(folder);
  return folder;
}

const metadata = (name: string) => join(district.folder, 'metadata', name);
const names = (folder: string) => readdirSync(join(district.folder, folder)).sort();
const change = (path: string, edit: (text: string) => string) =>
  writeFileSync(path, edit(readFileSync(path, 'utf8')));

/** Publishes a third state, honestly. */
function publishThird(by = district.keys): void {
  log.put(notice('three'));
  log.cut();
  district.publish([log.feed()], NOW, by);
}

function targetNamed(part: string): string {
  const folder = 'targets/content/530102';
  const found = names(folder)
    .filter((name) => name.includes(part))
    .at(-1);
  return join(district.folder, folder, found ?? part);
}

/** A source that gives other bytes for some files. */
const twisted = (twist: (path: string) => AsyncIterable<Uint8Array> | undefined): FeedSource => {
  const honest = folderSource(district.folder);
  return { read: async (path) => twist(path) ?? (await honest.read(path)) };
};

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(65_536);
}

/** Signs a feed that an honest publisher could not make. */
function publishForged(forge: (feed: DivisionFeed) => DivisionFeed): void {
  log.put(notice('three'));
  log.cut();
  district.publish([forge(log.feed())]);
}

function withLastSegment(feed: DivisionFeed, text: string, bytes = text.length): DivisionFeed {
  const at = feed.index.deltas.length - 1;
  const deltas = feed.index.deltas.with(at, { ...feed.index.deltas[at], bytes } as never);
  const last = feed.segments.at(-1);
  if (last === undefined) throw new Error('no segment');
  return {
    ...feed,
    index: { ...feed.index, deltas },
    segments: feed.segments.with(-1, { path: last.path, text }),
  };
}

/** Each prepares an attack; the source is the district's folder unless it gives another. */
const ATTACKS: Readonly<Record<string, () => unknown>> = {
  'an older timestamp (rollback)': () => folderSource(older[0] ?? ''),
  'an older snapshot under a new timestamp (rollback)': () => {
    publishThird();
    cpSync(metadata('1.snapshot.json'), metadata('3.snapshot.json'));
  },
  'an older role in place of the new one (rollback)': () => {
    publishThird();
    cpSync(metadata('1.content-530102.json'), metadata('3.content-530102.json'));
  },
  'an older list of roles in place of the new one (rollback)': () => {
    district.publish([log.feed()], RENEWED);
    cpSync(metadata('1.targets.json'), metadata('2.targets.json'));
  },
  'an older root as the next one (rollback)': () =>
    cpSync(metadata('1.root.json'), metadata('2.root.json')),
  'roles of two states (mix and match)': () => {
    publishThird();
    cpSync(metadata('2.content-530102.json'), metadata('3.content-530102.json'));
  },
  'a segment with other bytes (wrong hash)': () => {
    publishThird();
    writeFileSync(targetNamed('.2-3.'), zstdCompressSync('something else'));
    writeFileSync(targetNamed('.3-4.'), zstdCompressSync('something else'));
  },
  'a file without end': () => {
    publishThird();
    return twisted((path) => (path.includes('.ndjson.zst') ? endless() : undefined));
  },
  'a timestamp without end': () =>
    twisted((path) => (path.endsWith('timestamp.json') ? endless() : undefined)),
  'a timestamp by a foreign key': () => {
    const online = signer();
    publishThird({ ...district.keys, timestamp: online });
  },
  'a role by a foreign key': () => {
    publishThird();
    change(metadata('3.content-530102.json'), (text) => text.replace(/"sig":"..../, '"sig":"0000'));
  },
  'a root that too few signed (under threshold)': () => {
    const [one] = district.keys.root;
    writeRoot(
      district.folder,
      { ...sampleKeys(), threshold: 2 },
      NOW,
      one === undefined ? [] : [one],
    );
  },
  'a root that leaves a version out': () => {
    const keys = sampleKeys();
    writeRoot(district.folder, keys, NOW, district.keys.root);
    writeRoot(district.folder, keys, NOW, district.keys.root);
    rmSync(metadata('2.root.json'));
    publishThird(keys);
  },
  'another district’s feed': () => {
    const other = sampleDistrict();
    other.publish([openDivisionLog('530102', 'epochone', [notice('nine', 9)]).feed()]);
    older.push(other.folder);
    return folderSource(other.folder);
  },
  'metadata that is no JSON': () => {
    publishThird();
    writeFileSync(metadata('timestamp.json'), '{"signed":');
  },
  'a file that is missing': () => {
    publishThird();
    rmSync(targetNamed('.3-4.'), { force: true });
    rmSync(targetNamed('.2-3.'), { force: true });
    rmSync(metadata('3.content-530102.json'));
  },
  'a link that leads out of the folder': () => {
    publishThird();
    const role = metadata('3.content-530102.json');
    const outside = join(older[0] ?? '', 'role.json');
    cpSync(role, outside);
    rmSync(role);
    symlinkSync(outside, role);
  },
  'a segment that unpacks to far more than it says (zip bomb)': () =>
    publishForged((feed) => withLastSegment(feed, '0'.repeat(30_000_000), 100)),
  'a row of another division': () =>
    publishForged((feed) => {
      const row = { op: 'put', record: notice('three', 1, '530103') };
      return withLastSegment(feed, `${JSON.stringify(row)}\n`);
    }),
  'a row that is no content': () =>
    publishForged((feed) => withLastSegment(feed, '{"op":"put","record":{}}\n')),
  'a row less than the index says': () => publishForged((feed) => withLastSegment(feed, '')),
  'a digest of other rows': () =>
    publishForged((feed) => ({ ...feed, index: { ...feed.index, digest: 'a'.repeat(64) } })),
};

test.each(Object.entries(ATTACKS))(
  '%s changes nothing, and the next good feed is taken',
  async (_, prepare) => {
    const honest = copyAside();
    const source = (prepare() as FeedSource | undefined) ?? folderSource(district.folder);
    const before = terminal.cache.write.serialize();
    const look = await terminal.pull({ source }).catch((error: unknown) => error);
    const wasRefused =
      look instanceof FeedRefusal ||
      look instanceof FeedUnreachable ||
      (look as FeedLook).refused.length === 1;
    expect(wasRefused, String(look)).toBe(true);
    // Bit for bit.
    expect(before.equals(terminal.cache.write.serialize())).toBe(true);
    expect(terminal.notices()).toEqual(GOOD);

    rmSync(district.folder, { recursive: true });
    cpSync(honest, district.folder, { recursive: true });
    // Versions that an attack used up with true keys are passed over, as a district does that was robbed of a publication.
    for (const version of [3, 4, 5, 6]) {
      log.put(notice('late', version));
      log.cut();
      district.publish([log.feed()], RENEWED);
    }
    await terminal.pull();
    expect(terminal.notices()).toContain('late@6');
  },
);

test('a feed that nobody renews (freeze) is refused after its time by the clock that is passed in', async () => {
  const refusal = await terminal
    .pull({ now: () => NOW + 31 * DAY })
    .catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: 'FeedRefusal', reason: 'expired' });
  expect(terminal.notices()).toEqual(GOOD);
  log.put(notice('three'));
  log.cut();
  district.publish([log.feed()], NOW + 31 * DAY);
  await terminal.pull({ now: () => NOW + 31 * DAY });
  expect(terminal.notices()).toContain('three@1');
});

test('whoever comes for the first time may be shown what was published before, whole and no longer than it holds, and takes the next good look', async () => {
  const old = readFileSync(join(older[0] ?? '', 'metadata', 'timestamp.json'));
  const good = folderSource(district.folder);
  const frozen: FeedSource = {
    read: async (path) =>
      path.endsWith('timestamp.json') ? Readable.from([old]) : good.read(path),
  };
  const first = sampleTerminal(district.root, frozen);
  try {
    await first.pull({ source: frozen });
    expect(first.notices()).toEqual(['one@1', 'two@1']);
    const late = await first
      .pull({ source: frozen, now: () => NOW + 31 * DAY })
      .catch((error: unknown) => error);
    expect(late).toMatchObject({ name: 'FeedRefusal', reason: 'expired' });
    await first.pull({ source: good });
    expect(first.notices()).toEqual(GOOD);
  } finally {
    first.remove();
  }
});

test('a terminal that lost its cache still believes no older feed', async () => {
  terminal.cache.write.exec('delete from record; delete from feed_division');
  const refusal = await terminal
    .pull({ source: folderSource(older[0] ?? '') })
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(FeedRefusal);
  expect(terminal.notices()).toEqual([]);
  await terminal.pull();
  expect(terminal.notices()).toEqual(GOOD);
});
