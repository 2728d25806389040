import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { doctorReportSchema } from '#shared/health/finding.ts';
import { RECOVERIES_FILE } from '#shared/health/recovery.ts';
import { startHost } from '#station/host.ts';
import { addPerson } from '#station/staff/people.ts';
import { renewRecoveryKey } from '#station/staff/recovery.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { type TemporaryHost, temporaryHost } from '../station/temporary-host.ts';
import { runKiosk } from './run-kiosk.ts';

/** What a visitor or a colleague may have left, in every kind of writing. */
const PERSONAL = ['赵示例', '13800138000', '530102199001011234', '离婚后孩子归谁', 'pin-246813'];
/** They look like codes: only the name under which they stand gives them away. */
const LIKE_CODES = ['975318', '0871-12345678', 'qian-02'];
const supportSchema = z.object({
  format: z.literal(1),
  versions: z.record(z.string(), z.string()),
  doctor: doctorReportSchema,
  databases: z.record(z.string(), z.object({ counts: z.record(z.string(), z.number()) })),
  settings: z.array(z.object({ name: z.string() })),
  recoveries: z.array(z.unknown()),
  upkeep: z.array(z.object({ day: z.string(), verdict: z.string() })),
  unreadable: z.record(z.string(), z.string()),
  logs: z.record(
    z.string(),
    z.object({ leftOut: z.number(), lines: z.array(z.record(z.string(), z.unknown())) }),
  ),
});
/** Columns that are no words of people: they are in the bundle on purpose. */
const OWN_WORDS = new Set(['station_setting.name', 'upkeep_day.day', 'upkeep_day.verdict']);

let temporary: TemporaryHost;
let data: string;
let secrets: string[];

beforeAll(async () => {
  temporary = temporaryHost();
  data = temporary.options.dataDir;
  await (await startHost(temporary.options)).close();
  secrets = await seeded(join(data, 'station.sqlite'));
  seedLogs(join(data, 'logs'));
  seedRecoveries(join(data, RECOVERIES_FILE));
}, 120_000);
afterAll(() => temporary.remove());

/** Writes personal data into every column of every table that takes a text; gives the secrets that were made on the way. */
async function seeded(path: string): Promise<string[]> {
  const own = openDatabase(path, 'station');
  const now = Date.parse('2026-11-23T10:00:00+08:00');
  const person = { account: 'zhao01', name: '赵示例', roles: ['window-clerk' as const] };
  const { oneTimePin } = await addPerson({ db: own, actor: 'test', now }, person);
  const key = renewRecoveryKey(own, now);
  closeDatabase(own);
  const database = new Database(path);
  database.pragma('foreign_keys = OFF');
  database.pragma('ignore_check_constraints = ON');
  const tables = database
    .prepare<[], string>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
    )
    .pluck()
    .all();
  for (const table of tables) {
    const columns = database.prepare(`select name, type from pragma_table_info(?)`).all(table) as {
      readonly name: string;
      readonly type: string;
    }[];
    const values = columns.map(({ name, type }) => valueFor(`${table}.${name}`, type));
    const marks = columns.map(() => '?').join(', ');
    database.prepare(`insert into "${table}" values (${marks})`).run(...values);
  }
  database.close();
  return [oneTimePin, key];
}

function valueFor(column: string, type: string): string | number | Buffer {
  // Some columns take only JSON.
  const words = JSON.stringify({ words: PERSONAL.join(' ') });
  if (type === 'INTEGER' || type === 'INT' || type === 'REAL') return 987_654;
  if (type === 'BLOB') return Buffer.from(words);
  return OWN_WORDS.has(column) ? 'seeded' : words;
}

/** Nothing of the kind gets into our logs; something else may write there. */
function seedLogs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const lines = [
    {
      level: 30,
      time: '2026-11-23T02:00:00.000Z',
      msg: 'call',
      name: '赵示例',
      phone: '13800138000',
    },
    { level: 30, msg: PERSONAL.join(' '), id: '530102199001011234', deep: { pin: 'pin-246813' } },
    { level: 30, msg: 'kept-event', count: 3 },
    { level: 30, msg: 'log-in', pin: '975318', phone: '0871-12345678', account: 'qian-02' },
    { level: 30, msg: '975318', pin: 975318 },
  ];
  const text = [...lines.map((line) => JSON.stringify(line)), '离婚后孩子归谁', '{"torn": "赵示例'];
  writeFileSync(join(folder, 'station.2026-11-23.1.log'), `${text.join('\n')}\n`);
  writeFileSync(join(folder, '赵示例.log'), '13800138000');
}

/** What the shell wrote, and what something else may have written there. */
function seedRecoveries(path: string): void {
  const lines = [
    { at: 7, what: 'page', reason: 'hung', measure: 'window' },
    { at: 8, what: 'host', reason: '赵示例', measure: '975318' },
    { at: 9, what: '13800138000', reason: 'gone', measure: 'host' },
    { at: 10, what: 'page', reason: 'not-loaded', measure: 'home', phone: '0871-12345678' },
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(path, `${text}{"at": 11, "赵示例`);
}

async function bundled(name: string): Promise<{ text: string; bytes: Buffer }> {
  const file = join(data, name);
  const { status, errors } = await runKiosk('bundle', file, '--data', data);
  expect({ status, errors }).toEqual({ status: 0, errors: '' });
  const bytes = readFileSync(file);
  return { bytes, text: gunzipSync(bytes).toString() };
}

describe('the support bundle', () => {
  test('holds nothing of people and no key, whatever is in databases and logs', async () => {
    // The search itself finds what is there.
    expect(readFileSync(join(data, 'station.sqlite')).includes(Buffer.from('赵示例'))).toBe(true);
    const { text, bytes } = await bundled('one.json.gz');
    for (const word of [...PERSONAL, ...LIKE_CODES, ...secrets, 'zhao01']) {
      expect(text).not.toContain(word);
      expect(bytes.includes(Buffer.from(word))).toBe(false);
    }
  });

  test('holds what explains a terminal: self-test, versions, schema, counts, settings by name, upkeep, recoveries, logs', async () => {
    const support = supportSchema.parse(JSON.parse((await bundled('two.json.gz')).text));
    expect(support.versions.node).toBe(process.versions.node);
    expect(support.doctor.findings.map(({ check }) => check)).toContain('clock');
    expect(support.databases.station?.counts.staff_person).toBe(2);
    expect(support.databases.cache?.counts.record).toBeGreaterThan(0);
    expect(support.settings.map(({ name }) => name)).toContain('staff-recovery');
    expect(support.upkeep).toEqual([{ day: 'seeded', verdict: 'seeded' }]);
    expect(support.recoveries).toEqual([
      { at: 7, what: 'page', reason: 'hung', measure: 'window' },
      { at: 8, what: 'host', reason: '[left out]', measure: '[left out]' },
      { at: 10, what: 'page', reason: 'not-loaded', measure: 'home' },
    ]);
    const log = support.logs['station.2026-11-23.1.log'];
    expect(log?.leftOut).toBe(2);
    expect(log?.lines).toMatchObject([
      { msg: 'call' },
      { msg: '[left out]' },
      { level: 30, msg: 'kept-event', count: 3 },
      { level: 30, msg: 'log-in' },
      { level: 30, msg: '[left out]' },
    ]);
  });

  test('is made of a damaged database and of an older one, too, and names what could not be read', async () => {
    const folder = join(data, '..', 'damaged');
    cpSync(data, folder, { recursive: true });
    const path = join(folder, 'station.sqlite');
    const database = new Database(path);
    database.exec('drop table upkeep_day');
    const page = Number(
      database.prepare("select rootpage from sqlite_master where name = 'audit'").pluck().get(),
    );
    const size = Number(database.pragma('page_size', { simple: true }));
    database.close();
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(size, 0xa5), 0, size, (page - 1) * size);
    closeSync(file);

    const bundle = join(folder, 'bundle.json.gz');
    const { status, errors } = await runKiosk('bundle', bundle, '--data', folder);
    expect({ status, errors }).toMatchObject({ status: 0 });
    const support = supportSchema.parse(JSON.parse(gunzipSync(readFileSync(bundle)).toString()));
    expect(support.unreadable).toMatchObject({
      'station audit': 'SQLITE_CORRUPT',
      upkeep: 'SQLITE_ERROR',
    });
    expect(support.databases.station?.counts.staff_person).toBe(2);
    expect(support.databases.station?.counts).not.toHaveProperty('audit');
    rmSync(folder, { recursive: true });
  });

  test('never replaces a file, and says so', async () => {
    const file = join(data, 'there');
    writeFileSync(file, 'mine');
    const { status, errors } = await runKiosk('bundle', file, '--data', data);
    expect({ status, text: readFileSync(file, 'utf8') }).toEqual({ status: 1, text: 'mine' });
    expect(errors).toContain('已经有了');
  });

  test('changes nothing in the data folder', async () => {
    const before = readdirSync(data).sort();
    await bundled('three.json.gz');
    expect(readdirSync(data).sort()).toEqual([...before, 'three.json.gz'].sort());
  });
});
