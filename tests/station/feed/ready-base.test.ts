import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { layLocal, replaceContent } from '#station/content/content-store.ts';
import { appliedDivision } from '#station/content/feed-divisions.ts';
import { type FeedSource, openFeedSource } from '#station/feed/feed-source.ts';
import { notice, sampleDistrict } from '../../district/feed/sample-feed.ts';
import { changeReady, readyTarget, signReady } from './forged-ready.ts';
import { folderSource, sampleTerminal } from './sample-terminal.ts';

let district: ReturnType<typeof sampleDistrict>;
let log: ReturnType<typeof openDivisionLog>;
const terminals: ReturnType<typeof sampleTerminal>[] = [];
let read: string[];

const records = Array.from({ length: 12 }, (_, at) => notice(`n${at}`));
const NAMES = records.map(({ id }) => `${id.slice(7)}@1`).sort();

beforeEach(() => {
  district = sampleDistrict();
  log = openDivisionLog('530102', 'epochone', records);
  district.publish([log.feed()]);
  read = [];
});
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.remove();
  district.remove();
});

function terminalOf(source: FeedSource) {
  const terminal = sampleTerminal(district.root, {
    read: (path) => {
      read.push(path);
      return source.read(path);
    },
  });
  terminals.push(terminal);
  return terminal;
}

const onStick = () => folderSource(district.folder);
/** As an older district publishes, or a stick onto which nobody copied them. */
const withoutFiles = (): FeedSource => ({
  read: async (path) => (path.endsWith('.sqlite.zst') ? undefined : await onStick().read(path)),
});

/** All that a fill leaves in the cache. */
const stateOf = ({ cache }: ReturnType<typeof sampleTerminal>) =>
  ['record', 'local_record', 'feed_division', 'search_pending', 'sqlite_schema'].map((table) =>
    cache.read.prepare(`select * from ${table} order by 1, 2`).all().map(withoutPage),
  );
/** Where a table begins in the file says nothing. */
const withoutPage = (row: unknown) => ({ ...(row as object), rootpage: 0 });
const sorted = (names: readonly string[]) => names.toSorted();
const tookFile = () => read.some((path) => path.endsWith('.sqlite.zst'));
const tookSegments = () => read.some((path) => /base.*ndjson/.test(path));

describe('three ways in', () => {
  test('give one digest, and the same rows to the letter', async () => {
    log.put(notice('n3', 2));
    log.remove('notice.n4', '530102');
    log.put(notice('late'));
    log.cut();
    district.publish([log.feed()]);
    const server = createServer((request, response) => {
      const file = join(district.folder, new URL(request.url ?? '/', 'http://x').pathname);
      if (existsSync(file)) response.end(readFileSync(file));
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const states = [];
    const sources = [withoutFiles(), openFeedSource(url, new AbortController().signal), onStick()];
    for (const [at, source] of sources.entries()) {
      read = [];
      const terminal = terminalOf(source);
      const look = await terminal.pull();
      expect(look.setAside).toHaveLength(at === 0 ? 1 : 0);
      expect(tookSegments()).toBe(at === 0);
      states.push(stateOf(terminal));
    }
    server.close();
    const [bySegments, byFile, byStick] = states;
    expect(byFile).toEqual(bySegments);
    expect(byStick).toEqual(bySegments);
    expect(appliedDivision(terminals[0]?.cache as never, '530102')).toMatchObject({
      sequence: log.feed().index.top,
      digest: log.feed().index.digest,
    });
  });

  test('leave the same where the deployment and the station have records already', async () => {
    const states = [];
    for (const source of [withoutFiles(), onStick()]) {
      const terminal = terminalOf(source);
      const own = { ...notice('n5', 7), responsibleBody: '本站' };
      replaceContent(
        terminal.cache,
        'pack:x',
        '1',
        [notice('n1'), notice('n2', 9), notice('x')],
        0,
      );
      terminal.cache.write.transaction(() =>
        layLocal(terminal.cache, [
          { id: own.id, scope: own.scope, shown: own },
          { id: 'notice.n2', scope: '530102', shown: undefined },
        ]),
      )();
      terminal.cache.write.exec('delete from search_pending');
      await terminal.pull();
      states.push(stateOf(terminal));
      expect(terminal.notices()).toContain('n5@7');
      expect(terminal.notices()).not.toContain('x@1');
    }
    const [bySegments, byFile] = states;
    // What comes by file is noted for the index once more even if it stays the same.
    expect(byFile?.with(3, [])).toEqual(bySegments?.with(3, []));
  });

  test('a base of several parts is copied from all of them', async () => {
    const text = '很长的示例通知。'.repeat(99);
    const many = Array.from({ length: 14_000 }, (_, at) => {
      const record = notice(`m${at}`);
      return { ...record, body: { ...record.body, text } };
    });
    const large = openDivisionLog('530102', 'epochbig', many);
    expect(large.feed().index.base.segments).toHaveLength(2);
    district.remove();
    district = sampleDistrict();
    district.publish([large.feed()]);
    const terminal = terminalOf(onStick());
    expect((await terminal.pull()).setAside).toEqual([]);
    expect(tookSegments()).toBe(false);
    expect(appliedDivision(terminal.cache, '530102')?.digest).toBe(large.feed().index.digest);
  });
});

test('a file is of use once: what comes later comes by segments, and an idle look reads as little as ever', async () => {
  const terminal = terminalOf(onStick());
  await terminal.pull();
  expect(tookFile()).toBe(true);
  read = [];
  await terminal.pull();
  expect(read).toEqual(['metadata/2.root.json', 'metadata/timestamp.json']);
  district.publish([openDivisionLog('530102', 'epochtwo', [notice('one')]).feed()]);
  read = [];
  await terminal.pull();
  expect(terminal.notices()).toEqual(['one@1']);
  expect(tookFile()).toBe(false);
});

test('compaction publishes a file of the new base and no longer the old one', async () => {
  log.put(notice('late'));
  log.cut();
  log.compact(0);
  district.publish([log.feed()]);
  const role = readFileSync(join(district.folder, 'metadata', '2.content-530102.json'), 'utf8');
  expect(role.match(/[a-z0-9.-]+\.sqlite\.zst/g)).toEqual(['epochone.base-13-0.sqlite.zst']);
  const terminal = terminalOf(onStick());
  await terminal.pull();
  expect(terminal.notices()).toContain('late@1');
  expect(tookSegments()).toBe(false);
});

const exec = (statement: string) => () =>
  changeReady(district, (database) => void database.exec(statement));
const change = (edit: (text: string) => string | Buffer) => () =>
  changeReady(district, (database) => {
    const text = database.prepare('select envelope from record where rowid = 3').pluck().get();
    const changed = edit(String(text));
    const value = typeof changed === 'string' ? '?' : 'cast(? as text)';
    database.prepare(`update record set envelope = ${value} where rowid = 3`).run(changed);
  });
const recordWith = (edit: object) => (text: string) =>
  JSON.stringify({ ...(JSON.parse(text) as object), ...edit });
const bytesOf = () => zstdDecompressSync(readFileSync(readyTarget(district)));
const head = (at: number, byte: number) => () => {
  const bytes = bytesOf();
  bytes[at] = byte;
  signReady(district, zstdCompressSync(bytes));
};

const FORGED: Readonly<Record<string, () => unknown>> = {
  'other bytes than were signed': () => writeFileSync(readyTarget(district), 'something else'),
  'fewer bytes than were signed': () => {
    const file = readyTarget(district);
    writeFileSync(file, readFileSync(file).subarray(0, 200));
  },
  'no file': () => rmSync(readyTarget(district)),
  'a file without end': () => ({
    read: async (path: string) =>
      path.endsWith('.sqlite.zst') ? endless() : await onStick().read(path),
  }),
  'what is not packed': () => signReady(district, Buffer.from('not packed')),
  'what unpacks to far more than is allowed (zip bomb)': () =>
    signReady(district, zstdCompressSync(Buffer.alloc(80_000_000))),
  'what is no database': () => signReady(district, zstdCompressSync('no database')),
  'a database without its end': () =>
    signReady(district, zstdCompressSync(bytesOf().subarray(0, 70_000))),
  'a database with a spoilt page': () => {
    const bytes = bytesOf();
    bytes.fill(0xff, 65_536, 65_600);
    signReady(district, zstdCompressSync(bytes));
  },
  'a database that wants a log beside it': () => {
    const bytes = bytesOf();
    bytes.fill(2, 18, 20);
    signReady(district, zstdCompressSync(bytes));
  },
  'a database in another encoding': head(59, 2),
  'another table': exec('create table more (what text)'),
  'a trigger': exec(`create trigger t after insert on record begin delete from record; end`),
  'a view': exec('create view v as select 1'),
  'an index': exec('create index i on record (envelope)'),
  'a table of the same name that is made otherwise': exec(
    `alter table record add column more text`,
  ),
  'a later version of the file': exec('pragma user_version = 2'),
  'a file of another application': exec('pragma application_id = 1'),
  'a row too few': exec('delete from record where rowid = 12'),
  'a row too many': exec(
    `insert into record select replace(envelope, '.n0"', '.n99"') from record where rowid = 1`,
  ),
  'numbers with a gap': exec('update record set rowid = 99 where rowid = 12'),
  'a record twice': exec(
    'update record set envelope = (select envelope from record where rowid = 1) where rowid = 2',
  ),
  'a record of another division': change(recordWith({ scope: '530103' })),
  'a record that is no content': change(() => '{}'),
  'a record with a field that nobody knows': change(recordWith({ more: 1 })),
  'a record in another version': change(recordWith({ version: 5 })),
  'a record written by another program': change((text) => text.replace(',"confirm":[]', '')),
  'a record with a space between': change((text) => `${text} `),
  'a record that names itself twice': change((text) => text.replace('{', '{"id":"notice.other",')),
  'a record over two lines': change((text) => text.replace(',"kind"', ',\n"kind"')),
  'a record that is no UTF-8': change((text) =>
    Buffer.concat([
      Buffer.from(text.slice(0, -3)),
      Buffer.from([0xff]),
      Buffer.from(text.slice(-3)),
    ]),
  ),
};

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(65_536);
}

describe('a ready-made file that does not serve', () => {
  test.each(Object.entries(FORGED))(
    '(%s) is set aside with a reason, the segments are taken, and it is not tried again',
    async (_, forge) => {
      const source = (forge() as FeedSource | undefined) ?? onStick();
      const terminal = terminalOf(source);
      replaceContent(terminal.cache, 'pack:x', '1', [notice('packed')], 0);
      const look = await terminal.pull();
      expect(look).toMatchObject({ changed: ['530102'], refused: [] });
      expect(look.setAside).toMatchObject([{ division: '530102' }]);
      expect(sorted(terminal.notices())).toEqual(NAMES);
      expect(attached(terminal.cache.read)).toEqual(['main']);
      expect(existsSync(join(terminal.terminal.folder, 'ready'))).toBe(false);
      read = [];
      expect((await terminal.pull()).setAside).toEqual([]);
      expect(tookFile()).toBe(false);
    },
  );

  test('leaves the last good content when the segments are no better', async () => {
    const feed = log.feed();
    district.remove();
    district = sampleDistrict();
    district.publish([{ ...feed, index: { ...feed.index, digest: 'a'.repeat(64) } }]);
    const terminal = terminalOf(onStick());
    replaceContent(terminal.cache, 'pack:x', '1', [notice('packed')], 0);
    const before = stateOf(terminal);
    const look = await terminal.pull();
    expect(look.refused).toMatchObject([{ refusal: { reason: 'digest' } }]);
    expect(stateOf(terminal)).toEqual(before);
  });
});

test('the brake on mass deletion holds by file as by segments, and no second way is tried', async () => {
  const terminal = terminalOf(onStick());
  const pack = Array.from({ length: 60 }, (_, at) => notice(`p${at}`));
  replaceContent(terminal.cache, 'pack:x', '1', pack, 0);
  const look = await terminal.pull();
  expect(look.refused).toMatchObject([{ refusal: { reason: 'mass-deletion' } }]);
  expect(look.setAside).toEqual([]);
  expect(tookSegments()).toBe(false);
  expect(terminal.notices()).toHaveLength(60);
});

test('a delta after the file is braked as one after segments', async () => {
  const many = Array.from({ length: 60 }, (_, at) => notice(`m${at}`));
  const large = openDivisionLog('530102', 'epochbig', many);
  const feed = large.feed();
  const deletion = { path: 'content/530102/epochbig.60-100.ndjson.zst', rows: 40 };
  const text = many
    .slice(0, 40)
    .map(({ id, scope }) => `${JSON.stringify({ op: 'delete', id, scope })}\n`)
    .join('');
  district.remove();
  district = sampleDistrict();
  district.publish([
    {
      ...feed,
      index: {
        ...{ ...feed.index, top: 100 },
        deltas: [{ ...deletion, bytes: text.length, from: 60, to: 100 }],
      },
      segments: [...feed.segments, { path: deletion.path, text }],
    },
  ]);
  for (const source of [withoutFiles(), onStick()]) {
    const look = await terminalOf(source).pull();
    expect(look.refused).toMatchObject([{ refusal: { reason: 'mass-deletion' } }]);
  }
});

test('an end at any moment of the takeover leaves what was before, and the next look fills', async () => {
  const terminal = terminalOf(onStick());
  replaceContent(terminal.cache, 'pack:x', '1', [notice('packed')], 0);
  const before = stateOf(terminal);
  const end = () => {
    throw new Error('the end');
  };
  await expect(terminal.pull({ beforeCommit: end })).rejects.toThrow();
  expect(stateOf(terminal)).toEqual(before);
  expect(attached(terminal.cache.read)).toEqual(['main']);
  // What lies about after a power cut is in nobody's way.
  writeFileSync(join(terminal.terminal.folder, 'ready'), 'left');
  expect((await terminal.pull()).setAside).toEqual([]);
  expect(sorted(terminal.notices())).toEqual(NAMES);
});

const attached = (database: Database.Database) =>
  (database.pragma('database_list') as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name !== 'temp');
