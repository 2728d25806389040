import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Metadata, Snapshot, Targets, Timestamp } from '@tufjs/models';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DivisionLog, openDivisionLog } from '#district/feed/division-log.ts';
import type { Signer } from '#district/feed/signer.ts';
import { FeedRefusal } from '#station/feed/feed-refusal.ts';
import type { ResumableSource } from '#station/feed/feed-source.ts';
import type { FeedLook } from '#station/feed/pull-feed.ts';
import {
  DAY,
  fileOf,
  NOW,
  pamphlet,
  sampleDistrict,
  signer,
} from '../../district/feed/sample-feed.ts';
import { mediaTerminal, nameOf } from './media-terminal.ts';
import { folderSource } from './sample-terminal.ts';

const ROLE = 'media-530102';
const [FIRST, GOOD, NEXT] = [fileOf('a'), fileOf('b'), fileOf('c')];
/** When every role has been signed anew, whether anything changed or not. */
const RENEWED = NOW + 200 * DAY;
/** When what was signed at the beginning is over. */
const OVER = NOW + 366 * DAY;

let district: ReturnType<typeof sampleDistrict>;
let log: DivisionLog;
let terminal: ReturnType<typeof mediaTerminal>;
const folders: string[] = [];

/** Publishes a pamphlet with its file, honestly. */
async function publishFile(name: string, file: Buffer, now = NOW, by = district.keys) {
  district.keep(file);
  log.put(pamphlet(name, file, log.feed().index.top + 1));
  log.cut();
  await district.publishAll([log.feed()], now, by);
}

/** A terminal that holds the second file of a feed, in place of the first, whose state lies copied aside. */
beforeEach(async () => {
  district = sampleDistrict();
  log = openDivisionLog('530102', 'epochone', []);
  await publishFile('one', FIRST);
  terminal = mediaTerminal(district.root, folderSource(district.folder));
  await terminal.look();
  copyAside();
  await publishFile('one', GOOD);
  await terminal.look();
  expectGood();
});
afterEach(() => {
  terminal.remove();
  district.remove();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The file of before is kept for two days. */
function expectGood(): void {
  expect(terminal.files().filter((name) => name !== nameOf(FIRST))).toEqual([nameOf(GOOD)]);
  expect(terminal.bytes(GOOD)).toEqual(GOOD);
}

function copyAside(): string {
  const folder = mkdtempSync(join(tmpdir(), 'feed-old-'));
  cpSync(district.folder, folder, { recursive: true });
  folders.push(folder);
  return folder;
}

const metadata = (name: string) => join(district.folder, 'metadata', name);
const change = (name: string, edit: (text: string) => string) =>
  writeFileSync(metadata(name), edit(readFileSync(metadata(name), 'utf8')));
interface Signed {
  version: number;
  readonly meta: Record<string, { version: number }>;
}
const signedOf = (name: string) =>
  (JSON.parse(readFileSync(metadata(name), 'utf8')) as { signed: Signed }).signed;

function write(name: string, role: Snapshot | Targets | Timestamp, key: Signer): void {
  const made = new Metadata<Snapshot | Targets | Timestamp>(role);
  made.sign((bytes) => key.sign(bytes));
  writeFileSync(metadata(name), JSON.stringify(made.toJSON()));
}

/** Signs another snapshot with the district's true key, as whoever has robbed the server can, and a timestamp that names it. */
function forgeSnapshot(edit: (meta: Signed['meta']) => void): void {
  const timestamp = signedOf('timestamp.json');
  const named = timestamp.meta['snapshot.json'] ?? { version: 0 };
  const snapshot = signedOf(`${named.version}.snapshot.json`);
  edit(snapshot.meta);
  snapshot.version += 1;
  timestamp.version += 1;
  named.version = snapshot.version;
  const { keys } = district;
  write(`${named.version}.snapshot.json`, Snapshot.fromJSON(snapshot as never), keys.snapshot);
  write('timestamp.json', Timestamp.fromJSON(timestamp as never), keys.timestamp);
}

const versionIn = (meta: Signed['meta'], version: number) => {
  meta[`${ROLE}.json`] = { version };
};

/** A source that gives other bytes for some files. */
const twisted = (twist: (path: string) => AsyncIterable<Uint8Array> | undefined) => {
  const honest = folderSource(district.folder);
  const source: ResumableSource = {
    read: async (path) => twist(path) ?? (await honest.read(path)),
    readFrom: async (path, from) => {
      const bytes = twist(path);
      return bytes === undefined ? await honest.readFrom(path, from) : { from, bytes };
    },
  };
  return source;
};

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(65_536);
}

interface Attack {
  /** Signs, copies or changes what the district's folder has; the source is that folder unless it gives another. */
  readonly prepare: () => Promise<ResumableSource | undefined>;
  /** When the terminal looks; the beginning when absent. */
  readonly at?: number;
}

const third = () => publishFile('two', NEXT);
const afterThird = (act: () => void): Attack => ({
  prepare: async () => {
    await third();
    act();
    return undefined;
  },
});

const ATTACKS: Readonly<Record<string, Attack>> = {
  'an older role in place of the new one (rollback)': afterThird(() =>
    cpSync(metadata(`1.${ROLE}.json`), metadata(`3.${ROLE}.json`)),
  ),
  'a snapshot with true keys that names an older role (rollback)': afterThird(() =>
    forgeSnapshot((meta) => versionIn(meta, 1)),
  ),
  'a snapshot with true keys that has lost the role (rollback)': afterThird(() =>
    forgeSnapshot((meta) => {
      delete meta[`${ROLE}.json`];
    }),
  ),
  'an older state as a whole (rollback)': {
    prepare: async () => {
      await third();
      return folderSource(folders[0] ?? '');
    },
  },
  'a role that is kept from being renewed while all else is (freeze)': {
    prepare: async () => {
      await publishFile('two', NEXT, OVER);
      forgeSnapshot((meta) => versionIn(meta, 2));
      return undefined;
    },
    at: OVER,
  },
  'a feed that is kept from being renewed (freeze)': {
    prepare: async () => undefined,
    at: NOW + 31 * DAY,
  },
  'a role whose time is over (expired)': {
    prepare: async () => {
      await third();
      const role = readFileSync(metadata(`3.${ROLE}.json`));
      await publishFile('three', fileOf('d'), OVER);
      writeFileSync(metadata(`4.${ROLE}.json`), role);
      forgeSnapshot((meta) => versionIn(meta, 3));
      return undefined;
    },
    at: OVER,
  },
  'the role of one state among those of another (mix and match)': afterThird(() =>
    cpSync(metadata(`2.${ROLE}.json`), metadata(`3.${ROLE}.json`)),
  ),
  'another district’s role in its place (mix and match)': {
    prepare: async () => {
      await third();
      const other = sampleDistrict();
      folders.push(other.folder);
      other.keep(NEXT);
      const its = openDivisionLog('530102', 'epochone', [pamphlet('two', NEXT)]);
      await other.publishAll([its.feed()]);
      cpSync(join(other.folder, 'metadata', `1.${ROLE}.json`), metadata(`3.${ROLE}.json`));
      return undefined;
    },
  },
  'a role that says other bytes under its signature (wrong hash)': afterThird(() =>
    change(`3.${ROLE}.json`, (text) => text.replaceAll(/"sha256":"[0-9a-f]/g, '"sha256":"0')),
  ),
  'a role that a foreign key signed': afterThird(() =>
    write(`3.${ROLE}.json`, Targets.fromJSON(signedOf(`3.${ROLE}.json`) as never), signer()),
  ),
  'a role that nobody signed (under threshold)': afterThird(() =>
    change(`3.${ROLE}.json`, (text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), signatures: [] }),
    ),
  ),
  'a role without end': {
    prepare: async () => {
      await third();
      return twisted((path) => (path.includes(ROLE) ? endless() : undefined));
    },
  },
  'a role that is missing': afterThird(() => rmSync(metadata(`3.${ROLE}.json`))),
  'a role that is no JSON': afterThird(() => change(`3.${ROLE}.json`, (text) => text.slice(9))),
  'a file with other bytes (wrong hash)': afterThird(() =>
    writeFileSync(targetOf(NEXT), Buffer.alloc(NEXT.length, 'w')),
  ),
  'a file that is another one of the same feed (mix and match)': afterThird(() =>
    cpSync(targetOf(GOOD), targetOf(NEXT)),
  ),
  'a file without end': {
    prepare: async () => {
      await third();
      return twisted((path) => (path.includes('/media/') ? endless() : undefined));
    },
  },
};

function targetOf(file: Buffer): string {
  const folder = join(district.folder, 'targets', 'media', '530102');
  const name = readdirSync(folder).find((one) => one.endsWith(nameOf(file)));
  return join(folder, name ?? 'none');
}

/** The look at what an attack has made, and whether the terminal said that something is the matter. */
async function lookAt({ prepare, at = NOW }: Attack): Promise<boolean> {
  const source = await prepare();
  terminal.line.source = source ?? folderSource(district.folder);
  terminal.line.now = at;
  const look = await terminal.look(source).catch((error: unknown) => error);
  if (look instanceof FeedRefusal) return true;
  const { refused, mediaTrouble } = look as FeedLook;
  const isFileRefused = terminal.events.some((event) => event.startsWith('media-not-fetched'));
  return refused.length + mediaTrouble.length > 0 || isFileRefused;
}

/** The district goes on from an honest state; gives the files that it publishes. */
async function goOnFrom(honest: string, at: number): Promise<Buffer[]> {
  rmSync(district.folder, { recursive: true });
  cpSync(honest, district.folder, { recursive: true });
  // Versions that an attack used up with true keys are passed over, as a district does that was robbed of a publication.
  const files = ['e', 'f', 'g', 'h'].map((letter) => fileOf(letter));
  for (const [number, file] of files.entries()) await publishFile(`late${number}`, file, at);
  terminal.line.source = folderSource(district.folder);
  terminal.line.now = at;
  return files;
}

describe('what is done to the role of files', () => {
  test.each(Object.entries(ATTACKS))(
    '%s brings no file and takes none, is told, and the next good file is taken',
    async (_, attack) => {
      const honest = copyAside();
      expect(await lookAt(attack)).toBe(true);
      expectGood();
      const files = await goOnFrom(honest, Math.max(attack.at ?? NOW, RENEWED));
      expect(await terminal.look()).toMatchObject({ refused: [], mediaTrouble: [] });
      for (const file of [GOOD, ...files]) expect(terminal.bytes(file)).toEqual(file);
    },
  );

  test('the role of the content in its place, which has the same key, brings no file and takes none either', async () => {
    const honest = copyAside();
    // TUF writes no name into a role. It signs no file then, which is what a district without the file says, too: nothing to tell.
    const attack = afterThird(() =>
      cpSync(metadata('3.content-530102.json'), metadata(`3.${ROLE}.json`)),
    );
    expect(await lookAt(attack)).toBe(false);
    expectGood();
    const files = await goOnFrom(honest, RENEWED);
    expect(await terminal.look()).toMatchObject({ refused: [], mediaTrouble: [] });
    for (const file of [GOOD, ...files]) expect(terminal.bytes(file)).toEqual(file);
  });
});
