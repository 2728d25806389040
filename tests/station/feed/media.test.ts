import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cleanFeed } from '#district/feed/clean-feed.ts';
import { type DivisionLog, openDivisionLog } from '#district/feed/division-log.ts';
import { writeRoot } from '#district/feed/root.ts';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import { openFeedSource, type ResumableSource } from '#station/feed/feed-source.ts';
import {
  DAY,
  fileOf,
  NOW,
  notice,
  pamphlet,
  sampleDistrict,
  sampleKeys,
} from '../../district/feed/sample-feed.ts';
import { type MediaTerminalParts, mediaTerminal, nameOf, PLENTY } from './media-terminal.ts';
import { folderSource } from './sample-terminal.ts';

const ONE = fileOf('a');

let district: ReturnType<typeof sampleDistrict>;
let log: DivisionLog;
const open: (() => void | Promise<void>)[] = [];
beforeEach(() => {
  district = sampleDistrict();
  log = openDivisionLog('530102', 'epochone', [notice('one'), pamphlet('one', ONE)]);
  open.push(district.remove);
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const publish = () => district.publishAll([log.feed()]);
const change = async (how: (log: DivisionLog) => void) => {
  how(log);
  log.cut({ massDeletion: true });
  await publish();
};

function terminalAt(...[source, more]: [source?: ResumableSource, more?: MediaTerminalParts]) {
  const terminal = mediaTerminal(district.root, source ?? folderSource(district.folder), more);
  open.push(terminal.remove);
  return terminal;
}

/** A web server of a feed that answers requests for files as it is told, and notes them. */
async function webFeed(
  answer: (request: IncomingMessage, response: ServerResponse, file: Buffer) => boolean,
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = join(district.folder, request.url ?? '');
    if (!existsSync(path)) return void response.writeHead(404).end();
    const file = readFileSync(path);
    if (!path.includes('/targets/media/')) return void response.writeHead(200).end(file);
    asked.push(request.headers.range ?? 'whole');
    if (!answer(request, response, file)) response.writeHead(200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const stop = new AbortController().signal;
  return { asked, source: openFeedSource(`http://127.0.0.1:${port}/`, stop) };
}

const filesInFeed = () =>
  readdirSync(district.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.pdf'),
  );

describe('a file that a published record names', () => {
  test('reaches the terminal after the records, under its hash, and the page is told', async () => {
    district.keep(ONE);
    await publish();
    const terminal = terminalAt();
    const { changed, media } = await terminal.look();
    expect(changed).toEqual(['530102']);
    expect(media).toHaveLength(1);
    expect(terminal.files()).toEqual([nameOf(ONE)]);
    expect(terminal.bytes(ONE)).toEqual(ONE);
    expect(terminal.arrived()).toBe(1);
  });

  test('costs an idle look nothing: two small requests, and no file twice', async () => {
    district.keep(ONE);
    await publish();
    const web = await webFeed(() => false);
    const terminal = terminalAt(web.source);
    await terminal.look();
    terminal.read.length = 0;
    await terminal.look();
    expect(terminal.read).toEqual(['metadata/2.root.json', 'metadata/timestamp.json']);
    expect(web.asked).toEqual(['whole']);
  });

  test('is not listed with the content, so that a change of a record does not carry the list', async () => {
    district.keep(ONE);
    await publish();
    const terminal = terminalAt();
    await terminal.look();
    terminal.read.length = 0;
    await change((now) => now.put(notice('two')));
    await terminal.look();
    expect(terminal.read.filter((path) => path.includes('media'))).toEqual([]);
    expect(terminal.notices()).toEqual(['one@1', 'two@1']);
  });

  test('is left alone where the deployment brought it', async () => {
    district.keep(ONE);
    await publish();
    const deployment = join(district.folder, 'deployment');
    mkdirSync(deployment);
    writeFileSync(join(deployment, nameOf(ONE)), ONE);
    const terminal = terminalAt(undefined, { deployment });
    await terminal.look();
    expect(terminal.files()).toEqual([]);
    expect(readdirSync(deployment)).toEqual([nameOf(ONE)]);
  });

  test('is fetched again where the disk has spoilt it', async () => {
    district.keep(ONE);
    await publish();
    const terminal = terminalAt();
    mkdirSync(terminal.folder);
    writeFileSync(join(terminal.folder, nameOf(ONE)), Buffer.alloc(ONE.length, 'z'));
    await terminal.look();
    expect(terminal.bytes(ONE)).toEqual(ONE);
  });

  test('is not asked of the district that does not have it, and nothing is the matter', async () => {
    await publish();
    const terminal = terminalAt();
    const { refused, media, mediaTrouble } = await terminal.look();
    expect({ refused, media, mediaTrouble }).toEqual({
      ...{ refused: [], media: [], mediaTrouble: [] },
    });
    expect(terminal.events).toEqual([]);
    district.keep(ONE);
    await publish();
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(ONE)]);
  });

  test('is fetched by those alone who see its division and place', async () => {
    const files = { street: fileOf('s'), outlet: fileOf('o'), other: fileOf('x') };
    for (const file of Object.values(files)) district.keep(file);
    await change((now) => now.put(pamphlet('outlet', files.outlet, 1, '530102-A01')));
    const street = openDivisionLog('530102001', 'epochtwo', [
      pamphlet('street', files.street, 1, '530102001'),
    ]);
    const other = openDivisionLog('530102002', 'epochtwo', [
      pamphlet('other', files.other, 1, '530102002'),
    ]);
    await district.publishAll([log.feed(), street.feed(), other.feed()]);
    const terminal = terminalAt();
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(files.street)]);
    expect(terminal.read.some((path) => path.includes('530102002'))).toBe(false);
  });

  test('that is large is begun by each terminal at a time of its own, after the records; a small one at once', async () => {
    const film = fileOf('f', 12_000_000);
    for (const file of [film, ONE]) district.keep(file);
    await change((now) => {
      now.put(pamphlet('film', film));
      now.put(pamphlet('small', ONE));
    });
    const terminal = terminalAt();
    terminal.line.chance = 0.5;
    const { changed } = await terminal.look();
    expect(changed).toEqual(['530102']);
    expect(terminal.files()).toEqual([nameOf(ONE)]);
    // Another draw changes nothing any more.
    terminal.line.chance = 1;
    terminal.line.now += 59_000;
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(ONE)]);
    terminal.line.now += 1_000;
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(film), nameOf(ONE)].sort());
    expect(terminal.left()).toMatchObject({ files: 0 });
  });

  test('that is large does not wait for a moment from before the clock was put back', async () => {
    const film = fileOf('f', 12_000_000);
    district.keep(film);
    await change((now) => now.put(pamphlet('film', film)));
    const terminal = terminalAt();
    terminal.line.chance = 1;
    await terminal.look();
    expect(terminal.files()).toEqual([]);
    terminal.line.now -= 600_000;
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(film)]);
  });

  test('is fetched before its day, and not after its last', async () => {
    const [coming, over] = [fileOf('c'), fileOf('p')];
    for (const file of [coming, over]) district.keep(file);
    await change((now) => {
      now.put({ ...pamphlet('coming', coming), effectiveFrom: '2026-12-24' });
      now.put({ ...pamphlet('over', over), validUntil: '2026-11-02' });
    });
    const terminal = terminalAt();
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(coming)]);
  });
});

describe('over a bad line', () => {
  const LARGE = fileOf('l', 400_000);
  beforeEach(async () => {
    district.keep(LARGE);
    await change((now) => now.put(pamphlet('one', LARGE, 2)));
  });

  /** Gives so many bytes of what is asked for, and hangs up as soon as they are on the terminal's disk. */
  const cutting = (bytes: number, times: number, partial: () => string) => {
    let left = times;
    const hangUp = (at: number, response: ServerResponse) => {
      if ((statSync(partial(), { throwIfNoEntry: false })?.size ?? 0) >= at)
        response.socket?.destroy();
      else setImmediate(hangUp, at, response);
    };
    return (request: IncomingMessage, response: ServerResponse, file: Buffer): boolean => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const isCut = left > 0;
      left -= 1;
      const head = { 'content-length': file.length - from };
      if (from === 0) response.writeHead(200, head);
      else
        response.writeHead(206, {
          ...{ ...head, 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` },
        });
      if (!isCut) return response.end(file.subarray(from)) !== undefined;
      response.write(file.subarray(from, from + bytes), () => hangUp(from + bytes, response));
      return true;
    };
  };

  test('it goes on where the line broke, as long as something comes', async () => {
    let folder = '';
    const partial = () => join(folder, `${nameOf(LARGE)}.partial`);
    const web = await webFeed(cutting(150_000, 2, partial));
    const terminal = terminalAt(web.source);
    ({ folder } = terminal);
    await terminal.look();
    expect(terminal.bytes(LARGE)).toEqual(LARGE);
    expect(web.asked).toEqual(['whole', 'bytes=150000-', 'bytes=300000-']);
    expect(terminal.files()).toEqual([nameOf(LARGE)]);
  });

  test('a line that gives next to nothing is left for later, and what came is gone on from', async () => {
    let folder = '';
    const partial = () => join(folder, `${nameOf(LARGE)}.partial`);
    const web = await webFeed(cutting(20_000, 1, partial));
    const terminal = terminalAt(web.source);
    ({ folder } = terminal);
    expect((await terminal.look()).changed).toEqual(['530102']);
    expect(terminal.files()).toEqual([`${nameOf(LARGE)}.partial`]);
    expect(terminal.events).toEqual(['media-not-fetched unreachable']);
    expect(terminal.left()).toEqual({ files: 1, reason: 'unreachable' });
    await terminal.look();
    expect(web.asked).toHaveLength(1);
    terminal.line.now += 6 * 60_000;
    await terminal.look();
    expect(web.asked[1]).toBe('bytes=20000-');
    expect(terminal.bytes(LARGE)).toEqual(LARGE);
  });

  test.each([
    [
      'knows no parts',
      (_: IncomingMessage, response: ServerResponse, file: Buffer) => {
        response.writeHead(200).end(file);
      },
    ],
    [
      'has no such part',
      (request: IncomingMessage, response: ServerResponse, file: Buffer) => {
        if (request.headers.range === undefined) response.writeHead(200).end(file);
        else response.writeHead(416).end();
      },
    ],
    [
      'gives another part',
      (request: IncomingMessage, response: ServerResponse, file: Buffer) => {
        if (request.headers.range === undefined) response.writeHead(200).end(file);
        else
          response
            .writeHead(206, { 'content-range': 'bytes 0-9/400000' })
            .end(file.subarray(0, 10));
      },
    ],
  ] as const)('a server that %s begins anew', async (_, answer) => {
    const web = await webFeed((...call) => {
      answer(...call);
      return true;
    });
    const terminal = terminalAt(web.source);
    mkdirSync(terminal.folder);
    writeFileSync(join(terminal.folder, `${nameOf(LARGE)}.partial`), LARGE.subarray(0, 70_000));
    await terminal.look();
    expect(terminal.bytes(LARGE)).toEqual(LARGE);
  });

  test('records go on coming while a film is on its way', async () => {
    let release = () => {};
    const web = await webFeed((_request, response, file) => {
      response.writeHead(200, { 'content-length': file.length });
      response.write(file.subarray(0, 10));
      release = () => response.end(file.subarray(10));
      return true;
    });
    const terminal = terminalAt(web.source);
    const first = terminal.look();
    await new Promise((resolve) => {
      const wait = () => (web.asked.length > 0 ? resolve(undefined) : setTimeout(wait, 5));
      wait();
    });
    await change((now) => now.put(notice('meanwhile')));
    expect((await terminal.pull()).changed).toEqual(['530102']);
    expect(terminal.notices()).toEqual(['meanwhile@1', 'one@1']);
    release();
    await first;
    expect(terminal.files()).toEqual([nameOf(LARGE)]);
  });
});

describe('what is not the file that was signed', () => {
  beforeEach(async () => {
    district.keep(ONE);
    await publish();
  });

  test.each([
    ['other bytes of the same length', 'wrong-hash', Buffer.alloc(ONE.length, 'w')],
    ['more than was signed', 'too-long', Buffer.concat([ONE, ONE])],
  ])('is refused: %s', async (_, reason, given) => {
    const web = await webFeed(
      (_request, response) => response.writeHead(200).end(given) !== undefined,
    );
    const terminal = terminalAt(web.source);
    expect((await terminal.look()).refused).toEqual([]);
    expect(terminal.notices()).toEqual(['one@1']);
    expect(terminal.files()).toEqual([]);
    expect(terminal.events).toEqual([`media-not-fetched ${reason}`]);
    expect(terminal.arrived()).toBe(0);
  });

  test('is not even begun to be kept when it never ends: it is broken off where the signed length ends', async () => {
    let sent = 0;
    const web = await webFeed((_request, response) => {
      response.writeHead(200);
      const more = () => {
        if (response.destroyed) return;
        sent += 65_536;
        response.write(Buffer.alloc(65_536), () => setImmediate(more));
      };
      more();
      return true;
    });
    const terminal = terminalAt(web.source);
    await terminal.look();
    expect(terminal.files()).toEqual([]);
    expect(terminal.events).toEqual(['media-not-fetched too-long']);
    expect(sent).toBeLessThan(20_000_000);
  });

  test('is asked for less and less often, and the next good one is taken', async () => {
    let isGood = false;
    const web = await webFeed(
      (_request, response, file) =>
        response.writeHead(200).end(isGood ? file : Buffer.alloc(file.length)) !== undefined,
    );
    const terminal = terminalAt(web.source);
    for (let minute = 0; minute < 24 * 60; minute += 20) {
      await terminal.look();
      terminal.line.now += 20 * 60_000;
    }
    // After 20 minutes twice, then 20, 40, 80, 160, 320 and 360.
    expect(web.asked.length).toBeLessThan(12);
    expect(terminal.events).toEqual(['media-not-fetched wrong-hash']);
    isGood = true;
    terminal.line.now += 6 * 3_600_000;
    await terminal.look();
    expect(terminal.bytes(ONE)).toEqual(ONE);
  });

  test('keeps nothing back: a role of files that does not hold is told, and the content is taken', async () => {
    const source = folderSource(district.folder);
    const forged: ResumableSource = {
      ...source,
      read: async (path) =>
        path.includes('media-530102')
          ? ([Buffer.from('{"signed":{}}')].values() as never)
          : source.read(path),
    };
    const terminal = terminalAt(forged);
    const look = await terminal.look();
    expect(look.changed).toEqual(['530102']);
    expect(look.mediaTrouble).toEqual([{ division: '530102', reason: 'untrusted' }]);
    expect(terminal.notices()).toEqual(['one@1']);
    expect(terminal.files()).toEqual([]);
  });

  test('a record that says another length than the role is not fetched', async () => {
    await change((now) => {
      const record = pamphlet('one', ONE, 2);
      now.put({ ...record, body: { ...record.body, bytes: ONE.length + 1 } });
    });
    const terminal = terminalAt();
    expect((await terminal.look()).media).toEqual([]);
  });
});

describe('a disk without room', () => {
  beforeEach(async () => {
    district.keep(ONE);
    await publish();
  });

  test('gets no file that would fill it, all the records, and the file when there is room again', async () => {
    const terminal = terminalAt();
    terminal.line.free = MEDIA_LIMITS.roomBytes + ONE.length - 1;
    expect((await terminal.look()).changed).toEqual(['530102']);
    expect(terminal.files()).toEqual([]);
    expect(terminal.events).toEqual(['media-not-fetched no-room']);
    expect(terminal.left()).toEqual({ files: 1, reason: 'no-room' });
    terminal.line.free = PLENTY;
    await terminal.look();
    expect(terminal.files()).toEqual([]);
    terminal.line.now += 6 * 60_000;
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(ONE)]);
    expect(terminal.left()).toEqual({ files: 0 });
  });

  test('that is full all of a sudden is given back what half a file took', async () => {
    const terminal = terminalAt();
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    terminal.line.source = {
      ...folderSource(district.folder),
      readFrom: () => Promise.reject(full),
    };
    mkdirSync(terminal.folder);
    writeFileSync(join(terminal.folder, `${nameOf(ONE)}.partial`), ONE.subarray(0, 500));
    await terminal.look();
    expect(terminal.files()).toEqual([]);
    expect(terminal.events).toEqual(['media-not-fetched no-room']);
  });
});

describe('a file that no record names any more', () => {
  const longAfter = () => Date.now() + 3 * DAY;
  beforeEach(async () => {
    district.keep(ONE);
    await publish();
  });

  test('goes from the terminal after the look that brought the withdrawal, and the others stay', async () => {
    const two = fileOf('b');
    district.keep(two);
    await change((now) => now.put(pamphlet('two', two)));
    const terminal = terminalAt();
    await terminal.look();
    expect(terminal.files()).toHaveLength(2);
    await change((now) => now.remove('media.one', '530102'));
    await terminal.look();
    // Put there less than two days ago: a technician may have brought it before its record.
    expect(terminal.files()).toHaveLength(2);
    terminal.line.now = longAfter();
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(two)]);
  });

  test('stays while a look is refused: the content may not be whole', async () => {
    const terminal = terminalAt();
    await terminal.look();
    await district.publishAll([openDivisionLog('530102', 'epochtwo').feed()]);
    await terminal.look();
    terminal.line.now = longAfter();
    expect(terminal.files()).toEqual([nameOf(ONE)]);
  });

  test('takes its transfer with it at once, and files of other names are nobody’s business', async () => {
    const terminal = terminalAt();
    mkdirSync(terminal.folder);
    const [half, own] = [`${nameOf(fileOf('h'))}.partial`, '说明.txt'];
    for (const name of [half, own]) writeFileSync(join(terminal.folder, name), 'x');
    terminal.line.now = longAfter();
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(ONE), own].sort());
  });

  test('goes from the feed two days after the newest metadata named others', async () => {
    expect(filesInFeed()).toHaveLength(1);
    const published = Date.now();
    await change((now) => now.remove('media.one', '530102'));
    cleanFeed(district.folder, published + DAY);
    expect(filesInFeed()).toHaveLength(1);
    cleanFeed(district.folder, published + 3 * DAY);
    expect(filesInFeed()).toEqual([]);
    const terminal = terminalAt();
    expect((await terminal.look()).refused).toEqual([]);
    // The role of a division that has no file any more stays: readers refuse a snapshot that lost one.
    await change((now) => now.put(pamphlet('one', ONE, 3)));
    await terminal.look();
    expect(terminal.files()).toEqual([nameOf(ONE)]);
  });
});

describe('a publisher', () => {
  test('shows nothing of a file before a record that names it is published', async () => {
    district.keep(ONE);
    district.keep(fileOf('d'));
    await publish();
    expect(filesInFeed()).toEqual([expect.stringContaining(nameOf(ONE))]);
  });

  test('keeps the files through a compaction, a new epoch and new keys', async () => {
    district.keep(ONE);
    await publish();
    const terminal = terminalAt();
    await terminal.look();
    await change((now) => now.put(notice('two')));
    log.compact(0);
    await publish();
    await terminal.look();
    const anew = openDivisionLog('530102', 'epochtwo', [notice('one', 2), pamphlet('one', ONE, 2)]);
    await district.publishAll([anew.feed()]);
    await terminal.look();
    const keys = sampleKeys();
    writeRoot(district.folder, keys, NOW, district.keys.root);
    await district.publishAll([anew.feed()], NOW, keys);
    expect((await terminal.look()).media).toHaveLength(1);
    expect(terminal.files()).toEqual([nameOf(ONE)]);
    const fresh = terminalAt();
    await fresh.look();
    expect(fresh.files()).toEqual([nameOf(ONE)]);
  });

  test('writes no new metadata when nothing changed', async () => {
    district.keep(ONE);
    await publish();
    const before = readdirSync(join(district.folder, 'metadata')).sort();
    await publish();
    expect(readdirSync(join(district.folder, 'metadata')).sort()).toEqual(before);
  });

  test('gives a feed without files the roles that it always had', async () => {
    district.publish([openDivisionLog('530102', 'epochone', [notice('one')]).feed()]);
    expect(
      readdirSync(join(district.folder, 'metadata')).some((name) => name.includes('media')),
    ).toBe(false);
  });
});
