import { hash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type DivisionLog, openDivisionLog } from '#district/feed/division-log.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { allRecords } from '#station/content/content-store.ts';
import { FeedRefusal } from '#station/feed/feed-refusal.ts';
import {
  type FeedSource,
  FeedUnreachable,
  type ResumableSource,
} from '#station/feed/feed-source.ts';
import type { SignedMedia } from '#station/feed/trusted-feed.ts';
import { fetchMedia, MediaFault } from '#station/media/fetch-media.ts';
import { chanceFrom } from '../../bench/sync/sample-records.ts';
import {
  fileOf,
  notice,
  pamphlet,
  sampleDistrict,
  sampleKeys,
} from '../../district/feed/sample-feed.ts';
import { readyTarget, signReady } from './forged-ready.ts';
import { below, type Chance, mutated, oneOf } from './mutate.ts';
import { folderSource, sampleTerminal } from './sample-terminal.ts';

/** What came of attacks on the feed. */
export interface MutationFigures {
  readonly attacks: number;
  /** The look said that nothing is to be believed, or that nobody answers, or left a division as it was. */
  readonly refused: number;
  /** The content was in the end what was published, letter by letter. */
  readonly harmless: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** What must not be. */
  readonly faults: readonly string[];
}

/** A district with its terminal; after some attacks another one, so that folders stay small. */
interface World {
  readonly district: ReturnType<typeof sampleDistrict>;
  readonly log: DivisionLog;
  readonly terminal: ReturnType<typeof sampleTerminal>;
  readonly source: ResumableSource;
  readonly chance: Chance;
  /** What is published, by id. */
  readonly held: Map<string, ContentRecord>;
  /** All that was ever published, each state whole. */
  readonly published: (readonly ContentRecord[])[];
  /** Files as they were handed out before, for whoever mixes states. */
  readonly seen: Buffer[];
  version: number;
}

/** An attack gives what it did, and whether it was refused; it throws at what must not be. */
type Attack = (world: World) => Promise<{ readonly did: string; readonly refused: boolean }>;

const ATTACKS_A_WORLD = 40;
const MEDIA_BYTES = 3_000;
const KEYS = sampleKeys();

/**
 * Changes what a terminal reads of a valid feed at random, again and again: on the way, on a stick, in a file for the first fill and in a
 * film. After each the last good content is in place or the new one, letter by letter, and the next good look brings everything.
 */
export async function mutatedFeeds(attacks: number, seed: number): Promise<MutationFigures> {
  const chance = chanceFrom(seed);
  const byKind: Record<string, number> = {};
  const faults: string[] = [];
  let refused = 0;
  let world = await bornWorld(chance);
  for (let at = 0; at < attacks && faults.length === 0; at += 1) {
    if (at > 0 && at % ATTACKS_A_WORLD === 0) {
      endWorld(world);
      world = await bornWorld(chance);
    }
    const kind = oneOf(chance, WEIGHED);
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    try {
      const result = await ATTACKS[kind](world);
      if (result.refused) refused += 1;
    } catch (error) {
      faults.push(`attack ${at}, ${kind}: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
  endWorld(world);
  return { attacks, refused, harmless: attacks - refused - faults.length, byKind, faults };
}

async function bornWorld(chance: Chance): Promise<World> {
  const district = sampleDistrict(KEYS);
  const first = [notice('a'), notice('b')];
  const log = openDivisionLog('530102', 'epochone', first);
  const source = folderSource(district.folder);
  const terminal = sampleTerminal(district.root, source);
  const world = {
    ...{ district, log, terminal, source, chance },
    seen: [district.root],
    held: new Map<string, ContentRecord>(first.map((record) => [record.id, record])),
    published: [],
    version: 1,
  };
  await publishNext(world);
  await assertNextIsTaken(world);
  return world;
}

function endWorld({ district, terminal }: World): void {
  terminal.remove();
  district.remove();
}

/** Changes a record or two, sometimes with a file, sometimes as a new base. */
async function publishNext(world: World): Promise<void> {
  const { chance, log, district } = world;
  world.version += 1;
  put(world, notice(oneOf(chance, NAMES), world.version));
  if (chance() < 0.3) {
    const file = mediaFile(world);
    district.keep(file);
    put(world, pamphlet('film', file, world.version));
  }
  log.cut();
  if (chance() < 0.2) log.compact(1);
  await publish(world);
}

async function publish({ district, log, published, held }: World): Promise<void> {
  await district.publishAll([log.feed()]);
  published.push([...held.values()].sort(byId));
}

function put({ log, held }: World, record: ContentRecord): void {
  log.put(record);
  held.set(record.id, record);
}

const NAMES = ['a', 'b', 'c', 'd'];

const mediaFile = ({ version }: World) =>
  fileOf(String.fromCharCode(97 + (version % 26)), MEDIA_BYTES);

const byId = (one: ContentRecord, other: ContentRecord) => (one.id < other.id ? -1 : 1);

const rowsOf = ({ cache }: World['terminal']): readonly ContentRecord[] =>
  [...allRecords(cache, 'notice'), ...allRecords(cache, 'media')].sort(byId);

const versionsOf = (terminal: World['terminal']) =>
  rowsOf(terminal)
    .map(({ id, version }) => `${id}@${version}`)
    .join(' ');

/** One look; whether it refused anything. Only two kinds of errors may come of a feed. */
async function look(terminal: World['terminal'], source: FeedSource): Promise<boolean> {
  try {
    const { refused } = await terminal.pull({ source });
    return refused.length > 0;
  } catch (error) {
    if (error instanceof FeedRefusal || error instanceof FeedUnreachable) return true;
    throw error;
  }
}

/** The next good look brings all that is published, letter by letter. */
async function assertNextIsTaken({ terminal, source, held }: World): Promise<void> {
  if (await look(terminal, source)) throw new Error('the next good look was refused');
  if (!isDeepStrictEqual(rowsOf(terminal), [...held.values()].sort(byId)))
    throw new Error('the next good look did not bring all');
}

/** After an attack on a terminal: one of the states that it may hold stands there, or what is published. */
async function settle(world: World, may: readonly (readonly ContentRecord[])[]): Promise<void> {
  const after = rowsOf(world.terminal);
  await assertNextIsTaken(world);
  const states = [...may, rowsOf(world.terminal)];
  if (!states.some((state) => isDeepStrictEqual(after, state)))
    throw new Error('something else than the old or the new content was shown');
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The feed with the file that is asked for as the `nth` changed, or there although it is not, or gone. */
function mutatedAt(world: World, nth: number): { source: FeedSource; did: () => string } {
  const { chance, seen, source } = world;
  let asked = 0;
  let did = 'nothing';
  const read: FeedSource['read'] = async (path) => {
    const stream = await source.read(path);
    const file = stream && (await bytesOf(stream));
    if (file !== undefined && seen.length < 200) seen.push(file);
    asked += 1;
    if (asked - 1 !== nth) return file && streamOf(file);
    const before = oneOf(chance, seen);
    if (file === undefined || chance() < 0.08) {
      did = `${path}: ${file === undefined ? 'there' : 'gone'}`;
      return file === undefined ? streamOf(before) : undefined;
    }
    const change = mutated(file, chance, seen);
    did = `${path}: ${change.way}`;
    return streamOf(change.file);
  };
  return { source: { read }, did: () => did };
}

const KINDS = ['update', 'fill', 'stick', 'segment', 'ready-file', 'film'] as const;
type Kind = (typeof KINDS)[number];
/** Most of what a terminal reads is updates. */
const WEIGHED: readonly Kind[] = [...KINDS, 'update', 'update', 'update', 'stick', 'film'];

const ATTACKS: Readonly<Record<Kind, Attack>> = {
  /** Somebody on the way changes a file of an update. */
  update: async (world) => {
    const before = rowsOf(world.terminal);
    await publishNext(world);
    const { source, did } = mutatedAt(world, below(world.chance, 9));
    const refused = await look(world.terminal, source);
    await settle(world, [before]);
    return { did: did(), refused };
  },
  /** The same, when a terminal has nothing yet. */
  fill: async (world) => {
    const terminal = sampleTerminal(world.district.root, world.source);
    try {
      const before = rowsOf(terminal);
      const { source, did } = mutatedAt(world, below(world.chance, 10));
      const refused = await look(terminal, source);
      // Whoever comes for the first time cannot know that what he is shown was published yesterday, until it expires.
      await settle({ ...world, terminal }, [before, ...world.published]);
      return { did: did(), refused };
    } finally {
      terminal.remove();
    }
  },
  /** A stick: whatever a file system can hold. */
  stick: async (world) => {
    const before = rowsOf(world.terminal);
    await publishNext(world);
    const stick = mkdtempSync(join(tmpdir(), 'stick-'));
    try {
      cpSync(world.district.folder, stick, { recursive: true });
      const did = spoilFolder(stick, world.chance);
      const refused = await look(world.terminal, folderSource(stick));
      await settle(world, [before]);
      return { did, refused };
    } finally {
      rmSync(stick, { recursive: true, force: true });
    }
  },
  /** A segment with true signatures whose lines are not as they should be. What it says of a record is the signer's word; whole it has to be. */
  segment: async (world) => {
    const { log, district, terminal, chance } = world;
    const before = versionsOf(terminal);
    world.version += 1;
    put(world, notice(oneOf(chance, NAMES), world.version));
    log.cut();
    const feed = log.feed();
    const last = feed.segments.at(-1) ?? { path: '', text: '' };
    const { way, file } = mutated(Buffer.from(last.text), chance, world.seen);
    const text = file.toString('utf8');
    const bytes = Buffer.byteLength(text);
    const at = feed.index.deltas.length - 1;
    const deltas = feed.index.deltas.with(at, { ...feed.index.deltas[at], bytes } as never);
    await district.publishAll([
      {
        ...feed,
        index: { ...feed.index, deltas },
        segments: feed.segments.with(-1, { path: last.path, text }),
      },
    ]);
    const refused = await look(terminal, world.source);
    const after = versionsOf(terminal);
    world.published.push(rowsOf(terminal));
    world.version += 1;
    for (const name of NAMES) put(world, notice(name, world.version));
    log.cut();
    log.compact(1);
    await publish(world);
    if (refused && after !== before) throw new Error('half of a refused segment was shown');
    await assertNextIsTaken(world);
    return { did: way, refused };
  },
  /** A file for the first fill, signed by the true key, packed or in itself another: the segments fill in its place. */
  'ready-file': async ({ chance, seen }) => {
    const district = sampleDistrict(KEYS);
    const log = openDivisionLog('530102', 'epochtwo', [notice('a'), notice('b'), notice('c')]);
    district.publish([log.feed()]);
    const packed = readFileSync(readyTarget(district));
    const isPacked = chance() < 0.3;
    const { way, file } = isPacked
      ? mutated(packed, chance, seen.length === 0 ? [packed] : seen)
      : mutated(zstdDecompressSync(packed), chance, [packed]);
    signReady(district, isPacked ? file : zstdCompressSync(file));
    const source = folderSource(district.folder);
    const terminal = sampleTerminal(district.root, source);
    try {
      if (await look(terminal, source)) throw new Error('a ready-made file kept the segments back');
      if (versionsOf(terminal) !== 'notice.a@1 notice.b@1 notice.c@1')
        throw new Error('a ready-made file said something of its own');
      for (const name of ['a', 'b', 'c']) log.put(notice(name, 2));
      log.cut();
      district.publish([log.feed()]);
      if (await look(terminal, source)) throw new Error('the next good look was refused');
      if (versionsOf(terminal) !== 'notice.a@2 notice.b@2 notice.c@2')
        throw new Error('the next good look did not bring all');
      return { did: way, refused: false };
    } finally {
      terminal.remove();
      district.remove();
    }
  },
  /** A film on the way. */
  film: async ({ chance, seen, terminal }) => {
    const folder = join(terminal.terminal.folder, '..', 'films');
    const file = fileOf(oneOf(chance, ['x', 'y', 'z']), MEDIA_BYTES);
    const { way, file: other } = mutated(file, chance, seen);
    const media = { sha256: hash('sha256', file), mime: 'application/pdf', bytes: file.length };
    const fetched = (bytes: Buffer) =>
      fetchMedia(
        {
          source: {
            readFrom: async (_path, from) => ({ from, bytes: streamOf(bytes.subarray(from)) }),
          },
          ...{ folder, partial: '.partial', free: async () => Number.MAX_SAFE_INTEGER },
          stop: new AbortController().signal,
        },
        { ...media, path: 'film' } as unknown as SignedMedia,
      );
    const refused = await fetched(other).then(
      () => false,
      (error: unknown) => {
        if (error instanceof MediaFault || error instanceof FeedUnreachable) return true;
        throw error;
      },
    );
    const path = join(folder, `${media.sha256}.pdf`);
    const isThere = () => existsSync(path) && readFileSync(path).equals(file);
    if (refused ? existsSync(path) : !isThere()) throw new Error('a film is not what was signed');
    // What was kept of a spoilt transfer is found out when the rest is here, and thrown away.
    await fetched(file).catch(() => fetched(file));
    if (!isThere()) throw new Error('the next good film was not taken');
    rmSync(folder, { recursive: true });
    return { did: way, refused };
  },
};

/** Changes, hides, moves or links a file of a folder, and says what it did. */
function spoilFolder(folder: string, chance: Chance): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  // What was published last is what is read.
  const newest = files.filter((file) => /timestamp|snapshot|530102|root/.test(basename(file)));
  const path = oneOf(chance, chance() < 0.8 ? newest : files);
  const way = oneOf(chance, ['bytes', 'bytes', 'gone', 'link-out', 'link-in', 'folder', 'moved']);
  const whole = readFileSync(path);
  rmSync(path);
  if (way === 'bytes')
    writeFileSync(
      path,
      mutated(whole, chance, [readFileSync(oneOf(chance, files.filter(existsSync)))]).file,
    );
  else if (way === 'link-out') {
    const outside = join(dirname(folder), `${basename(folder)}.outside`);
    writeFileSync(outside, whole);
    symlinkSync(outside, path);
    rmSync(outside);
  } else if (way === 'link-in') symlinkSync(oneOf(chance, files.filter(existsSync)), path);
  else if (way === 'folder') mkdirSync(path);
  else if (way === 'moved') writeFileSync(`${path}.old`, whole);
  return `${basename(path)}: ${way}`;
}
