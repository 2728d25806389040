import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { terminalContext } from '#station/access/caller.ts';
import { keepEnrolment } from '#station/district/enrolled.ts';
import { type Host, type HostOptions, startHost } from '#station/host.ts';
import { StartError } from '#station/start-error.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { flipBytes } from './content/flip-bytes.ts';
import { type TemporaryHost, temporaryHost } from './temporary-host.ts';

const WAIT = { timeout: 30_000, interval: 20 };

let temporary: TemporaryHost;
let dataDir: string;
let clock: number;
const running = new Set<Host>();

beforeEach(() => {
  temporary = temporaryHost();
  dataDir = temporary.options.dataDir;
  clock = Date.parse('2026-11-23T09:30:00+08:00');
});
afterEach(async () => {
  await stopAll();
  temporary.remove();
});

async function start(options: Partial<HostOptions> = {}): Promise<Host> {
  const host = await startHost({ ...temporary.options, now: () => clock, ...options });
  running.add(host);
  return host;
}

async function stopAll(): Promise<void> {
  for (const host of running) await host.close();
  running.clear();
}

/** How a start is refused; fails when it is not. */
async function refusal(options: Partial<HostOptions> = {}): Promise<StartError> {
  const error: unknown = await start(options).catch((reason: unknown) => reason);
  if (!(error instanceof StartError)) throw new Error(`not refused: ${String(error)}`);
  expect(error.message).toMatch(/^[^\n]+。$/);
  return error;
}

const inData = (name: string) => join(dataDir, name);
const filesLike = (pattern: RegExp) => readdirSync(dataDir).filter((name) => pattern.test(name));
const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function remember(text: string): void {
  const database = new Database(inData('station.sqlite'));
  database
    .prepare("insert into audit (at, actor, action, subject) values (1, 'test', 'note', ?)")
    .run(text);
  database.close();
}

function remembered(): unknown[] {
  const database = new Database(inData('station.sqlite'), { readonly: true });
  try {
    return database.prepare('select subject from audit order by seq').pluck().all();
  } finally {
    database.close();
  }
}

function readFileIfAny(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function guidesOf(host: Host): Promise<unknown[]> {
  return createRouterClient(host.router, { context: terminalContext() }).guides.list({
    language: 'zh-CN',
  });
}

describe('a start is refused in one sentence', () => {
  test('when another host uses the data folder, which goes on undisturbed', async () => {
    const first = await start();
    expect(await refusal()).toMatchObject({ kind: 'already-running' });
    expect(await guidesOf(first)).not.toHaveLength(0);
  });

  test('when there is no such profile', async () => {
    expect(await refusal({ profileDir: inData('none') })).toMatchObject({ kind: 'broken-profile' });
  });

  test('when the profile is broken, naming the first fault', async () => {
    const profileDir = join(mkdtempSync(join(tmpdir(), 'profile-')), 'wuhua');
    cpSync(temporary.options.profileDir, profileDir, { recursive: true });
    writeFileSync(join(profileDir, 'profile.yaml'), 'id: 7\n');
    const error = await refusal({ profileDir });
    expect(error).toMatchObject({ kind: 'broken-profile' });
    expect(error.message).toContain('profile.yaml');
    rmSync(join(profileDir, '..'), { recursive: true });
  });

  test('when the profile has no such outlet', async () => {
    expect(await refusal({ station: '999999' })).toMatchObject({ kind: 'unknown-station' });
  });

  test('when the data folder cannot be made', async () => {
    writeFileSync(inData('file'), '');
    expect(await refusal({ dataDir: inData('file/data') })).toMatchObject({
      kind: 'no-data-folder',
    });
  });

  test.skipIf(!existsSync('/proc/self'))('when no folder can be where it should', async () => {
    expect(await refusal({ dataDir: '/proc/x' })).toMatchObject({ kind: 'no-data-folder' });
  });

  test('when the database is from a newer program, and the file stays as it is', async () => {
    await start();
    await stopAll();
    const database = new Database(inData('station.sqlite'));
    database.pragma('journal_mode = DELETE');
    database.pragma('user_version = 999');
    database.close();
    const before = digest(inData('station.sqlite'));
    expect(await refusal()).toMatchObject({ kind: 'newer-database' });
    expect(digest(inData('station.sqlite'))).toBe(before);
  });

  test('and what was wrong can be put right: the folder is free again', async () => {
    await refusal({ station: '999999' });
    expect(await guidesOf(await start())).not.toHaveLength(0);
  });
});

describe('a terminal that has run before, on files that became faulty', () => {
  let profileDir: string;
  beforeEach(async () => {
    profileDir = join(mkdtempSync(join(tmpdir(), 'profiles-')), 'profiles', 'wuhua');
    cpSync(join(temporary.options.profileDir, '../../starter'), join(profileDir, '../../starter'), {
      recursive: true,
    });
    cpSync(temporary.options.profileDir, profileDir, { recursive: true });
    await start({ profileDir });
    await stopAll();
  });
  afterEach(() => rmSync(join(profileDir, '../..'), { recursive: true, force: true }));

  const greeting = (host: Host) =>
    createRouterClient(host.router, { context: terminalContext() }).system.hello();

  test.each([
    ['profile.yaml', 'id: 7\n'],
    ['divisions.yaml', '['],
    ['content/extra.yaml', 'kind: nonsense\nrecords: []\n'],
  ])('(%s) shows its last good content, says so, and tells the technician', async (file, text) => {
    const before = readFileIfAny(join(profileDir, file));
    writeFileSync(join(profileDir, file), text);
    const host = await start({ profileDir });
    expect(await guidesOf(host)).not.toHaveLength(0);
    expect((await greeting(host)).content.stale).toBe(true);
    expect(host.warning).toContain(file);
    await stopAll();

    if (before === undefined) rmSync(join(profileDir, file));
    else writeFileSync(join(profileDir, file), before);
    const mended = await start({ profileDir });
    expect((await greeting(mended)).content.stale).toBe(false);
    expect(mended.warning).toBeUndefined();
  });

  test('does not show another deployment instead', async () => {
    expect(await refusal({ profileDir: join(profileDir, '../none') })).toMatchObject({
      kind: 'broken-profile',
    });
  });
});

describe('a damaged cache', () => {
  test.each(['not a database', 'broken pages'])('(%s) is made anew from the pack', async (how) => {
    const before = await guidesOf(await start());
    await stopAll();
    const sound = readFileSync(inData('cache.sqlite'));
    writeFileSync(
      inData('cache.sqlite'),
      how === 'not a database' ? 'x'.repeat(9000) : sound.fill(0xab, 4096, sound.length / 2),
    );
    expect(await guidesOf(await start())).toEqual(before);
  });

  test('from a newer program is made anew, too', async () => {
    const before = await guidesOf(await start());
    await stopAll();
    const database = new Database(inData('cache.sqlite'));
    database.pragma('user_version = 999');
    database.close();
    expect(await guidesOf(await start())).toEqual(before);
  });

  test('in which a text has rotted keeps no list from being shown, and has it again at once', async () => {
    const before = await guidesOf(await start());
    await stopAll();
    remember('kept');
    flipBytes(inData('cache.sqlite'), {
      from: '"id":"service.notary-will"',
      to: '"id":"service.notary-will\\',
    });
    const host = await start();
    expect(await guidesOf(host)).toHaveLength(before.length - 1);
    await vi.waitFor(async () => expect(await guidesOf(host)).toEqual(before), WAIT);
    expect(remembered()).toContain('kept');
    expect(existsSync(inData('cache.sqlite.doubtful'))).toBe(false);
  });

  test('in which the own outlet cannot be read has it from the files, within the same start', async () => {
    const before = await guidesOf(await start());
    await stopAll();
    remember('kept');
    flipBytes(inData('cache.sqlite'), { from: '"code":"530102001"', to: '"code":"530102001\\' });
    expect(await guidesOf(await start())).toEqual(before);
    expect(remembered()).toContain('kept');
    expect(existsSync(inData('cache.sqlite.doubtful'))).toBe(false);
  });

  /** The terminal was enrolled, and its district, which it cannot reach, gave it one guide less than the files have. */
  async function fedWithoutNetwork(): Promise<void> {
    await start();
    await stopAll();
    const station = openDatabase(inData('station.sqlite'), 'station');
    const district = {
      ...{
        name: '示例区县',
        api: 'http://127.0.0.1:9',
        feed: 'http://127.0.0.1:9/feed/',
        root: 'e30=',
      },
      sealingKey: { id: '0123456789abcdef', publicKey: '0'.repeat(64) },
      receiptKey: '0'.repeat(64),
    };
    keepEnrolment(
      station,
      {
        ...{
          terminal: 't-terminal0000',
          outlet: '530102001',
          chain: ['00', '53', '5301', '530102'],
        },
        ...{ now: '2026-11-23T09:00:00+08:00', district },
      },
      'technician',
      1,
    );
    closeDatabase(station);
    change(
      `delete from record where id = 'service.notary-will';
       insert into feed_division select distinct substr(scope, 1, instr(scope || '-', '-') - 1), 'epochone', 7, '${DIGEST}', 1 from record`,
    );
  }
  const DIGEST = '0'.repeat(64);

  function change(text: string): void {
    const cache = new Database(inData('cache.sqlite'));
    cache.exec(text);
    cache.close();
  }
  const fedDivisions = () => {
    const cache = new Database(inData('cache.sqlite'), { readonly: true });
    const count = cache.prepare('select count(*) from feed_division').pluck().get();
    cache.close();
    return count;
  };

  test('that the feed filled has the own outlet from the files until the feed brings it', async () => {
    await fedWithoutNetwork();
    const before = await guidesOf(await start());
    await stopAll();
    const fed = fedDivisions();
    expect(fed).toBeGreaterThan(0);
    flipBytes(inData('cache.sqlite'), { from: '"code":"530102001"', to: '"code":"530102001\\' });
    const host = await start();
    expect(await guidesOf(host)).toEqual(before);
    expect(fedDivisions()).toBe(fed);
    expect(filesLike(/^cache\.sqlite\.(?:damaged|doubtful)/)).toEqual([]);
  });

  test('that the feed filled loses nothing for a rotten row of its index, without network', async () => {
    await fedWithoutNetwork();
    const host = await start();
    const before = await guidesOf(host);
    const { search } = createRouterClient(host.router, { context: terminalContext() });
    const question = { text: '法律援助', language: 'zh-CN', limit: 3 } as const;
    const isFound = async (by: typeof search) =>
      expect((await by.query(question)).groups).not.toEqual([]);
    await vi.waitFor(() => isFound(search), WAIT);
    change(`update search_text set words = '["'`);
    // Nothing fails; the next start makes the index anew.
    await isFound(search);
    expect(existsSync(inData('cache.sqlite.doubtful'))).toBe(true);
    await stopAll();
    const next = await start();
    expect(await guidesOf(next)).toEqual(before);
    const again = createRouterClient(next.router, { context: terminalContext() }).search;
    await vi.waitFor(() => isFound(again), WAIT);
    expect(existsSync(inData('cache.sqlite.doubtful'))).toBe(false);
  });

  test('that is marked is kept while the files are faulty', async () => {
    const profileDir = join(dataDir, 'deployment', 'wuhua');
    cpSync(temporary.options.profileDir, profileDir, { recursive: true });
    const before = await guidesOf(await start({ profileDir }));
    await stopAll();
    writeFileSync(join(profileDir, 'profile.yaml'), 'id: 7\n');
    writeFileSync(inData('cache.sqlite.doubtful'), 'SQLITE_IOERR_READ');
    const host = await start({ profileDir });
    expect(host.warning).toContain('profile.yaml');
    expect(await guidesOf(host)).toEqual(before);
    expect(existsSync(inData('cache.sqlite.doubtful'))).toBe(false);
  });

  test('with a rotten outlet is not dropped because a start fails for another reason', async () => {
    await start();
    await stopAll();
    flipBytes(inData('cache.sqlite'), { from: '"code":"530102002"', to: '"code":"530102002\\' });
    expect((await refusal({ station: '999999999' })).kind).toBe('unknown-station');
    expect(filesLike(/^cache\.sqlite\.(?:damaged|doubtful)/)).toEqual([]);
  });

  test('whose settings cannot be read has them from the files', async () => {
    const before = await guidesOf(await start());
    await stopAll();
    flipBytes(inData('cache.sqlite'), { from: '{"profile":{"', to: '{"profile":{{' });
    expect(await guidesOf(await start())).toEqual(before);
  });
});

describe('a damaged station database', () => {
  /** Two clean closes a day apart; the newer backup knows both notes. */
  async function twoDays(): Promise<void> {
    await start();
    remember('first day');
    await stopAll();
    clock += 86_400_000;
    await start();
    remember('second day');
    await stopAll();
    clock += 86_400_000;
  }
  const damage = (name: string) => writeFileSync(inData(name), 'damaged '.repeat(2000));

  test('is restored from the newest sound backup, and the damaged file is kept', async () => {
    await twoDays();
    damage('station.sqlite');
    await start();
    expect(remembered()).toEqual(['first day', 'second day']);
    const [kept] = filesLike(/^station\.sqlite\.damaged-\d+$/);
    expect(readFileSync(inData(kept ?? ''), 'utf8')).toContain('damaged');
  });

  test('is restored from an older backup when the newest is damaged as well', async () => {
    await twoDays();
    damage('station.sqlite');
    damage(
      filesLike(/^station-\d+\.sqlite$/)
        .sort()
        .at(-1) ?? '',
    );
    await start();
    expect(remembered()).toEqual(['first day']);
  });

  test.each([
    ['is missing', () => rmSync(inData('station.sqlite'))],
    ['has no bytes, as after a power cut', () => writeFileSync(inData('station.sqlite'), '')],
  ])('that %s beside backups is restored from the newest', async (_, lose) => {
    await twoDays();
    lose();
    await start();
    expect(remembered()).toEqual(['first day', 'second day']);
    expect(filesLike(/restoring/)).toEqual([]);
  });

  test('that was moved aside when the power went is restored at the next start, whatever lay there half made', async () => {
    await twoDays();
    renameSync(inData('station.sqlite'), inData('station.sqlite.damaged-1'));
    writeFileSync(inData('station.sqlite.restoring'), 'half a backup');
    writeFileSync(inData('station.sqlite.restoring-wal'), 'half a log');
    await start();
    expect(remembered()).toEqual(['first day', 'second day']);
    expect(filesLike(/restoring/)).toEqual([]);
  });

  test('that was lost with every backup begins empty', async () => {
    await twoDays();
    damage('station.sqlite');
    for (const name of filesLike(/^station-\d+\.sqlite$/)) rmSync(inData(name));
    await start();
    expect(remembered()).toEqual([]);
  });

  test('begins empty when no backup is sound, and every file is kept', async () => {
    await twoDays();
    const backups = filesLike(/^station-\d+\.sqlite$/);
    for (const name of ['station.sqlite', ...backups]) damage(name);
    expect(await guidesOf(await start())).not.toHaveLength(0);
    expect(remembered()).toEqual([]);
    expect(filesLike(/^station\.sqlite\.damaged-\d+$/)).toHaveLength(1);
    expect(filesLike(/^station-\d+\.sqlite$/)).toEqual(expect.arrayContaining(backups));
  });
});

describe('a clean close', () => {
  test('leaves no write-ahead log and a backup', async () => {
    await start();
    await stopAll();
    expect(filesLike(/-(?:wal|shm|journal)$|\.part$/)).toEqual([]);
    expect(filesLike(/^station-\d+\.sqlite$/)).toEqual([`station-${clock}.sqlite`]);
  });

  test('keeps the seven newest backups', async () => {
    const times: number[] = [];
    for (let day = 0; day < 9; day += 1) {
      clock += 86_400_000;
      times.push(clock);
      await start();
      await stopAll();
    }
    expect(filesLike(/^station-\d+\.sqlite$/).sort()).toEqual(
      times.slice(-7).map((time) => `station-${time}.sqlite`),
    );
  });

  test('can be asked for twice', async () => {
    const host = await start();
    await Promise.all([host.close(), host.close()]);
    await host.close();
  });
});

test('a data folder that served another profile in between shows the right content again', async () => {
  const before = await guidesOf(await start());
  await stopAll();
  const other = await start({ profileDir: join(temporary.options.profileDir, '../xigu') });
  const stationOf = (host: Host) =>
    createRouterClient(host.router, { context: terminalContext() }).stations.current({
      language: 'zh-CN',
    });
  expect((await stationOf(other)).district).not.toContain('五华');
  await stopAll();
  const again = await start();
  expect(await guidesOf(again)).toEqual(before);
  expect((await stationOf(again)).district).toContain('五华');
});

test('a data folder that is not there yet is made', async () => {
  const deep = inData('a/b/c');
  await start({ dataDir: deep });
  expect(readdirSync(deep)).toContain('station.sqlite');
});
