import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeAct } from '#district/audit/audit-trail.ts';
import { publishRecord } from '#district/content/published.ts';
import { newestRootFile } from '#district/keys/root-keys.ts';
import { type DistrictOptions, databasePlace, insecurity, readOptions } from '#district/options.ts';
import { atDatabase, type RunningDistrict, runDistrict } from '#district/run-district.ts';
import { StartFault } from '#district/start-fault.ts';
import { folderSource, sampleTerminal } from '../station/feed/sample-terminal.ts';
import { notice } from './feed/sample-feed.ts';

const PAGES_OF = { now: Date.now, log: () => {}, pages: undefined, version: 'test' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (...more: string[]) => readOptions(['--data', folder, '--port', '0', ...more], {});

describe('a district server', () => {
  test('makes its keys and feed, invites the first administrator, and goes on after a restart', async () => {
    const first = await runDistrict(options(), PAGES_OF);
    const health = await fetch(`${first.url}/health`);
    const feed = await fetch(`${first.url}/feed/metadata/timestamp.json`);
    expect([health.status, feed.status]).toEqual([200, 200]);
    expect(feed.headers.get('cache-control')).toBe('no-cache');
    const next = await fetch(`${first.url}/feed/metadata/2.root.json`);
    expect([next.status, next.headers.get('cache-control')]).toEqual([404, 'no-cache']);
    const part = await fetch(`${first.url}/feed/metadata/1.root.json`, {
      headers: { range: 'bytes=9000000-' },
    });
    expect(part.status).toBe(416);
    expect(first.invitation).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/admin\/#[\w-]{43}$/);
    await first.close();
    const key = first.district.keys.receiptKey;
    const second = await runDistrict(options(), PAGES_OF);
    expect(second.district.keys.receiptKey).toBe(key);
    expect(second.invitation).not.toBe(first.invitation);
    await second.close();
    expect(existsSync(join(folder, 'district.lock'))).toBe(false);
  });

  test('lets nobody else read its keys, and does not start when somebody could', async () => {
    const running = await runDistrict(options(), PAGES_OF);
    await running.close();
    const keys = join(folder, 'keys', 'server-keys.json');
    expect(statSync(keys).mode & 0o077).toBe(0);
    expect(readdirSync(join(folder, 'root-keys'))).toEqual(['root-1.pem', 'root-2.pem']);
    chmodSync(keys, 0o644);
    await expect(runDistrict(options(), PAGES_OF)).rejects.toThrow('密钥文件别人也能读');
  });

  test('tells in time that its root has to be renewed', async () => {
    const events: string[] = [];
    const at = (days: number) => ({
      ...PAGES_OF,
      now: () => PAGES_OF.now() + days * 86_400_000,
      log: (event: string) => events.push(event),
    });
    for (const days of [0, 630, 645]) {
      const running = await runDistrict(options(), at(days));
      const figures = await (await fetch(`${running.url}/metrics`)).text();
      expect(figures).toMatch(/district_root_expires_timestamp_seconds \d{10}/);
      await running.close();
      events.push(`day ${days}`);
    }
    expect(events).toEqual(['day 0', 'day 630', 'root-expires-soon', 'day 645']);
  });

  describe('whose database was put back from a backup', () => {
    const database = () => join(folder, 'database');
    const aside = () => join(folder, 'database-of-then');
    const runThrough = async (
      work: (running: RunningDistrict) => Promise<unknown> = async () => {},
    ) => {
      const running = await runDistrict(options(), PAGES_OF);
      await work(running);
      await running.close();
    };
    const act = ({ district }: RunningDistrict) =>
      district.database.transaction((db) =>
        writeAct(db, { at: 1, actor: 'test', action: 'tested', subject: 'x' }),
      );
    const putNotice = ({ district }: RunningDistrict) => {
      const by = { actor: 'office', at: 1, note: '测试' };
      return district.database
        .transaction((db) => publishRecord(db, notice('one'), by))
        .then(district.contentChanged);
    };
    const putBack = () => {
      rmSync(database(), { recursive: true });
      cpSync(aside(), database(), { recursive: true });
    };
    const goesOn = async () => {
      const restored = await runDistrict(options('--restored'), PAGES_OF);
      await restored.close();
      await runThrough();
    };

    test('does not start without a person’s word when the trail was noted further, and goes on with it', async () => {
      await runThrough();
      cpSync(database(), aside(), { recursive: true });
      await runThrough(act);
      const hour = { ...PAGES_OF, now: () => Date.now() + 3_600_001 };
      await (await runDistrict(options(), hour)).close();
      putBack();
      await expect(runDistrict(options(), PAGES_OF)).rejects.toThrow('--restored');
      await goesOn();
    });

    test('does not start without a person’s word when the feed goes further, and goes on with it', async () => {
      await runThrough(putNotice);
      cpSync(database(), aside(), { recursive: true });
      await runThrough(putNotice);
      putBack();
      await expect(runDistrict(options(), PAGES_OF)).rejects.toThrow(
        `现在打开的是内置数据库 ${database()}`,
      );
      const work = atDatabase(
        options(),
        () => {},
        async () => 'done',
      );
      await expect(work).rejects.toThrow('--restored');
      await goesOn();
    });

    test('does not start without a person’s word when it knows nothing of what the feed has, and is believed by terminals afterwards', async () => {
      await runThrough();
      cpSync(database(), aside(), { recursive: true });
      await runThrough(putNotice);
      const feed = join(folder, 'feed');
      const terminal = sampleTerminal(newestRootFile(feed), folderSource(feed));
      const refused = async () => (await terminal.pull({ now: Date.now })).refused;
      expect([await refused(), terminal.notices()]).toEqual([[], ['one@1']]);
      putBack();
      await expect(runDistrict(options(), PAGES_OF)).rejects.toThrow(StartFault);
      await goesOn();
      expect([await refused(), terminal.notices()]).toEqual([[], []]);
      await runThrough(putNotice);
      expect([await refused(), terminal.notices()]).toEqual([
        [],
        [expect.stringMatching(/^one@\d{6}$/)],
      ]);
      terminal.remove();
    });

    test('does not start without a person’s word when it is older than a restored start', async () => {
      await runThrough(putNotice);
      cpSync(database(), aside(), { recursive: true });
      await runThrough(putNotice);
      putBack();
      await (await runDistrict(options('--restored'), PAGES_OF)).close();
      await runThrough(putNotice);
      putBack();
      await expect(runDistrict(options(), PAGES_OF)).rejects.toThrow('--restored');
    });
  });

  test('whose feed is damaged says which file', async () => {
    const running = await runDistrict(options(), PAGES_OF);
    await running.close();
    const timestamp = join(folder, 'feed', 'metadata', 'timestamp.json');
    writeFileSync(timestamp, '{');
    await expect(runDistrict(options(), PAGES_OF)).rejects.toThrow(`${timestamp} 坏了`);
  });

  test('that is there twice, or cannot have its port, says so in one sentence', async () => {
    const running = await runDistrict(options(), PAGES_OF);
    const port = new URL(running.url).port;
    await expect(runDistrict(options(), PAGES_OF)).rejects.toThrow('已有一个服务器在用');
    const other = mkdtempSync(join(tmpdir(), 'run-'));
    const taken = readOptions(['--data', other, '--port', port], {});
    await expect(runDistrict(taken, PAGES_OF)).rejects.toThrow('已被别的程序占用');
    await running.close();
    rmSync(other, { recursive: true, force: true });
  });

  test('that cannot reach its database says so', async () => {
    const away = { ...options(), databaseUrl: 'postgres://127.0.0.1:1/none' };
    await expect(runDistrict(away, PAGES_OF)).rejects.toThrow('连不上 DATABASE_URL');
  });
});

describe('in earnest', () => {
  const safe = { areKeysOpen: false, areRootKeysHere: false };
  const good: DistrictOptions = {
    ...readOptions(['--production', '--public-url', 'https://district.example/'], {}),
    databaseUrl: 'postgres://127.0.0.1/kiosk',
  };

  test('a server starts when everything is as it must be', () => {
    expect(insecurity(good, safe)).toBeUndefined();
    expect(good.publicUrl).toBe('https://district.example');
  });

  test.each([
    ['without https', { ...good, publicUrl: 'http://district.example' }, safe, 'https'],
    ['on the embedded database', { ...good, databaseUrl: undefined }, safe, 'PostgreSQL'],
    ['with the root keys on it', good, { ...safe, areRootKeysHere: true }, '根密钥'],
    ['open to the network', { ...good, host: '0.0.0.0' }, safe, '反向代理'],
  ])('a server does not start %s', (_name, how, found, word) => {
    expect(insecurity(how, found)).toContain(word);
  });

  test.each([
    ['postgres://kiosk@localhost/kiosk', true],
    ['postgres://kiosk@[::1]:5433/kiosk', true],
    ['postgres://kiosk@%2Fvar%2Frun%2Fpostgresql/kiosk', true],
    ['postgres:///kiosk?host=/var/run/postgresql', true],
    ['postgres://kiosk@db.example:5432/kiosk?sslmode=verify-full', true],
    ['postgres://kiosk@db.example/kiosk', false],
    ['postgres://kiosk@db.example/kiosk?sslmode=require', false],
    ['postgres://kiosk@db.example/kiosk?sslmode=disable', false],
    ['postgres://kiosk@localhost/kiosk?host=db.example', false],
    ['postgres:///kiosk', false],
  ])('a database at %s may be used: %s', (databaseUrl, isSafe) => {
    const fault = insecurity({ ...good, databaseUrl }, safe);
    expect(fault === undefined).toBe(isSafe);
    if (!isSafe) expect(fault).toContain('verify-full');
  });

  test.each([
    ['postgres://kiosk:secret@db.example:5432/kiosk', ' db.example:5432 上的数据库 kiosk'],
    ['postgres://kiosk:secret@/kiosk?host=/var/run/postgresql', ' DATABASE_URL 指定的数据库'],
    ['postgres:///kiosk?host=/var/run/postgresql', ' /var/run/postgresql 上的数据库 kiosk'],
  ])('a database at %s is named without account and password', (databaseUrl, told) => {
    expect(databasePlace(databaseUrl)).toBe(told);
  });

  test('NODE_ENV=production counts, too', () => {
    expect(readOptions([], { NODE_ENV: 'production' }).production).toBe(true);
  });
});

test.each([
  [['--port', 'x'], '端口'],
  [['--public-url', 'somewhere'], '网址'],
  [['--prot', '1'], '命令'],
])('what is typed wrongly is told in one sentence: %s', (args, word) => {
  expect(() => readOptions(args, {})).toThrow(StartFault);
  expect(() => readOptions(args, {})).toThrow(word);
});
