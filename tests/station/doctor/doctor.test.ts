import { cpSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckId } from '#shared/health/finding.ts';
import type { Recovery } from '#shared/health/recovery.ts';
import type { Check, Premises } from '#station/doctor/check.ts';
import { CHECKS } from '#station/doctor/checks/index.ts';
import type { Computer } from '#station/doctor/computer.ts';
import { thisComputer } from '#station/doctor/computer.ts';
import { examine } from '#station/doctor/examine.ts';
import { runDoctor } from '#station/doctor/run-doctor.ts';
import { startHost } from '#station/host.ts';
import { ownCertificate } from '#station/lan/certificate.ts';
import { indexEverything } from '#station/search/indexing.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import zhCN from '../../../assets/locales/zh-CN.json' with { type: 'json' };
import { shippedPack } from '../../real-content.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';
import { edid, MOUSE, plantedComputer } from './planted-computer.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-23T10:00:00+08:00');

/** A terminal that has run once and was closed in order. */
let started: TemporaryHost;
beforeAll(async () => {
  started = temporaryHost();
  const host = await startHost({ ...started.options, now: () => NOW });
  await host.close();
  const db = openDatabase(join(started.options.dataDir, 'cache.sqlite'), 'cache');
  indexEverything(db, shippedPack('wuhua'));
  closeDatabase(db);
}, 120_000);
afterAll(() => started.remove());

interface Fault {
  readonly check: CheckId;
  readonly verdict: 'ok' | 'attention' | 'fault' | 'not-applicable';
  readonly says: string;
  readonly computer?: Parameters<typeof plantedComputer>[0];
  readonly premises?: (good: Premises) => Partial<Premises>;
  /** Spoils a copy of the data folder. */
  readonly data?: (folder: string) => void | Promise<void>;
  readonly now?: number;
}

const station = (folder: string) => join(folder, 'station.sqlite');
function change(path: string, statements: string): void {
  const database = new Database(path);
  database.exec(statements);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
const scribble = (path: string) => writeFileSync(path, Buffer.alloc(200_000, 'not a database '));
const printer = (state: 'paper-out' | 'paper-low' | 'ready') => ({ name: '取号机', state });
const failWith = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};
const lan = (on: boolean) =>
  `insert or replace into station_setting values ('lan', '{"on":${on}}', 1)`;

/** What a district's answer leaves on a terminal, and other settings. */
const settings = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        `insert or replace into station_setting values ('${name}', '${JSON.stringify(value)}', 1);`,
    )
    .join('');
const ENROLLED = {
  ...{ terminal: 't-terminal0000', outlet: '530102001' },
  district: {
    ...{ name: '示例区司法局', root: '', receiptKey: '0'.repeat(64) },
    ...{ api: 'https://example.invalid', feed: 'https://example.invalid/feed/' },
    sealingKey: { id: '0123456789abcdef', publicKey: '0'.repeat(64) },
  },
};
const waiting = (at: number) => `insert into outbox values ('operation-1', 'test', '{}', ${at});`;

/** A computer whose record says what was brought back in the last hour. */
const broughtBack = (
  ...lines: readonly (readonly [reason: string, measure: string, what?: Recovery['what']])[]
) => {
  const text = lines
    .map(([reason, measure, what = 'page']) =>
      JSON.stringify({ at: NOW - 3_600_000, what, reason, measure }),
    )
    .join('\n');
  return {
    read: (path: string) => (path.endsWith('recoveries.jsonl') ? Buffer.from(text) : undefined),
  };
};

const FAULTS: readonly Fault[] = [
  {
    check: 'recoveries',
    verdict: 'attention',
    says: '页面没有反应 4 次、页面点不到 2 次',
    computer: broughtBack(
      ...Array.from({ length: 4 }, () => ['hung', 'window'] as const),
      ...Array.from({ length: 2 }, () => ['covered', 'reload'] as const),
    ),
  },
  {
    check: 'recoveries',
    verdict: 'fault',
    says: '换上了“正在恢复”的页面',
    computer: broughtBack(['white', 'recovery-page']),
  },
  {
    check: 'recoveries',
    verdict: 'fault',
    says: '后台程序因磁盘满了启动不了 1 次',
    computer: broughtBack(['disk-full', 'recovery-page', 'host']),
  },
  {
    check: 'screen',
    verdict: 'attention',
    says: '看不到显示屏',
    computer: { environment: {}, list: () => [] },
  },
  {
    ...{ check: 'screen', verdict: 'attention', says: '没有接着显示屏' },
    computer: { files: { '/sys/class/drm/card0-DP-1/status': Buffer.from('disconnected\n') } },
  },
  {
    ...{ check: 'screen', verdict: 'attention', says: '部署里写的是' },
    computer: { files: { '/sys/class/drm/card0-DP-1/edid': edid(1920, 476) } },
  },
  {
    ...{ check: 'screen-hours', verdict: 'attention', says: '写的是“8 点到 20 点”，看不懂' },
    computer: { environment: { DISPLAY: ':0', SCREEN_HOURS: '8 点到 20 点' } },
  },
  {
    ...{ check: 'browser', verdict: 'fault', says: '没有找到浏览器' },
    computer: { browser: () => undefined },
  },
  {
    ...{ check: 'browser', verdict: 'not-applicable', says: '由别的电脑打开' },
    computer: { environment: {}, browser: () => undefined },
  },
  {
    ...{ check: 'touch', verdict: 'fault', says: '没有认出触摸屏' },
    computer: { files: { '/proc/bus/input/devices': Buffer.from(MOUSE) } },
  },
  { check: 'touch', verdict: 'not-applicable', says: '不能查', computer: { platform: 'win32' } },
  {
    ...{ check: 'ticket-printer', verdict: 'fault', says: '取号机：打印机缺纸' },
    premises: () => ({ ticketPrinters: async () => [printer('paper-out')] }),
  },
  {
    ...{ check: 'ticket-printer', verdict: 'attention', says: '缺纸' },
    premises: () => ({ ticketPrinters: async () => [printer('ready'), printer('paper-out')] }),
  },
  {
    ...{ check: 'ticket-printer', verdict: 'attention', says: '快用完' },
    premises: () => ({ ticketPrinters: async () => [printer('paper-low')] }),
  },
  {
    ...{ check: 'paper-printer', verdict: 'fault', says: '打不了' },
    premises: (good) => ({
      paperPrinter: async () => 'unreachable',
      place: good.place && {
        ...good.place,
        profile: {
          ...good.place.profile,
          printer: { ...good.place.profile.printer, document: 'cups:office' },
        },
      },
    }),
  },
  {
    ...{ check: 'queue', verdict: 'attention', says: 'A600 各有两张' },
    data: (folder) =>
      change(
        station(folder),
        `insert into queue_event (operation, day, at, actor, body) values ('refused', (select max(day) from queue_day), ${NOW}, 'terminal:t1', '{"type":"number-refused","line":"advice","number":"A600","issuedAt":${NOW}}')`,
      ),
  },
  {
    check: 'disk-space',
    verdict: 'attention',
    says: '1.0 GB',
    computer: { space: async () => ({ free: 2 ** 30, total: 1e11 }) },
  },
  {
    check: 'disk-space',
    verdict: 'fault',
    says: '0.1 GB',
    computer: { space: async () => ({ free: 1e8, total: 1e11 }) },
  },
  {
    ...{ check: 'media', verdict: 'attention', says: '磁盘空间不够' },
    data: (folder) =>
      change(station(folder), settings({ 'media-left': { files: 2, reason: 'no-room' } })),
  },
  {
    ...{
      check: 'media',
      verdict: 'attention',
      says: '有 1 个图片、视频或宣传册和区县签发的不一样',
    },
    data: (folder) =>
      change(station(folder), settings({ 'media-left': { files: 1, reason: 'wrong-hash' } })),
  },
  {
    check: 'disk-write',
    verdict: 'fault',
    says: '只读',
    computer: { tryWriting: failWith('EROFS') },
  },
  {
    check: 'disk-write',
    verdict: 'fault',
    says: '满了',
    computer: { tryWriting: failWith('ENOSPC') },
  },
  {
    check: 'disk-write',
    verdict: 'fault',
    says: '不能写',
    computer: { tryWriting: failWith('EACCES') },
  },
  {
    check: 'disk-write',
    verdict: 'attention',
    says: '3.5 秒',
    computer: { tryWriting: () => 3500 },
  },
  { check: 'clock', verdict: 'fault', says: '早很多', now: Date.parse('2020-01-01T00:00:00Z') },
  {
    ...{ check: 'clock', verdict: 'fault', says: '倒退' },
    data: (folder) =>
      change(
        station(folder),
        `insert into audit (at, actor, action, subject) values (${NOW + DAY_MS}, 'x', 'x', 'x')`,
      ),
  },
  {
    ...{ check: 'district', verdict: 'attention', says: '示例区司法局已停用这台终端' },
    data: (folder) =>
      change(station(folder), settings({ district: { ...ENROLLED, revokedAt: NOW } })),
  },
  {
    ...{ check: 'district', verdict: 'attention', says: '有 1 条记录三天多没有送到示例区司法局' },
    data: (folder) =>
      change(station(folder), settings({ district: ENROLLED }) + waiting(NOW - 4 * DAY_MS)),
  },
  {
    ...{ check: 'district', verdict: 'attention', says: '三天多没有联系上示例区司法局' },
    data: (folder) =>
      change(station(folder), settings({ district: ENROLLED, 'district-heard': NOW - 4 * DAY_MS })),
  },
  {
    ...{ check: 'district', verdict: 'attention', says: '示例区司法局有 1 条没有接受' },
    data: (folder) =>
      change(
        station(folder),
        `${settings({ district: ENROLLED, 'district-heard': NOW })}${waiting(NOW)}
         insert into outbox_answer values ('operation-1', 'refused', 'bad-body', '不行', ${NOW});`,
      ),
  },
  {
    check: 'time-sync',
    verdict: 'attention',
    says: '没有在自动对时',
    computer: { programs: { timedatectl: 'no\n' } },
  },
  {
    check: 'databases',
    verdict: 'fault',
    says: 'station.sqlite 坏了',
    data: (folder) => scribble(station(folder)),
  },
  {
    ...{ check: 'databases', verdict: 'fault', says: 'station.sqlite 坏了' },
    data: (folder) => truncateSync(station(folder), 9000),
  },
  {
    check: 'databases',
    verdict: 'fault',
    says: '没有启动过',
    data: (folder) => rmSync(station(folder)),
  },
  {
    check: 'databases',
    verdict: 'fault',
    says: 'cache.sqlite 坏了',
    data: (folder) => scribble(join(folder, 'cache.sqlite')),
  },
  {
    ...{ check: 'databases', verdict: 'fault', says: '1 条内容坏了' },
    data: (folder) =>
      change(
        join(folder, 'cache.sqlite'),
        `update record set envelope = '{' where id = 'service.notary-will'`,
      ),
  },
  {
    ...{ check: 'databases', verdict: 'fault', says: '读出过错' },
    data: (folder) => writeFileSync(join(folder, 'cache.sqlite.doubtful'), 'SQLITE_CORRUPT'),
  },
  {
    ...{ check: 'databases', verdict: 'ok', says: '还有 1 条在排队编进搜索' },
    data: (folder) =>
      change(
        join(folder, 'cache.sqlite'),
        `delete from search_pending; insert into search_pending values ('law', 'x', '')`,
      ),
  },
  {
    check: 'databases',
    verdict: 'fault',
    says: '更新版本',
    data: (folder) => change(station(folder), 'pragma user_version = 999'),
  },
  {
    check: 'databases',
    verdict: 'attention',
    says: '旧版本',
    data: (folder) => change(station(folder), 'pragma user_version = 1'),
  },
  {
    check: 'databases',
    verdict: 'attention',
    says: '没有并回去',
    computer: { sizeOf: () => 100 * 2 ** 20 },
  },
  { check: 'backup', verdict: 'attention', says: '10 天', now: NOW + 10.5 * DAY_MS },
  {
    ...{ check: 'backup', verdict: 'attention', says: '还没有备份' },
    data: (folder) => rmSync(join(folder, `station-${NOW}.sqlite`)),
  },
  { check: 'backup', verdict: 'attention', says: '以后的日期', now: NOW - DAY_MS },
  { check: 'network', verdict: 'attention', says: '没有接上', computer: { addresses: () => [] } },
  {
    ...{ check: 'certificate', verdict: 'fault', says: '读不了' },
    data: (folder) => change(station(folder), lan(true)),
  },
  {
    ...{ check: 'content', verdict: 'attention', says: '1 条过了有效期' },
    data: (folder) =>
      change(
        join(folder, 'cache.sqlite'),
        `insert into record select 'old.one', scope, kind, 1, '2020-01-01', '2020-02-01', '2020-01-01', envelope from record where scope = '00' limit 1`,
      ),
  },
  {
    ...{ check: 'content', verdict: 'attention', says: '天没有更新', now: NOW + 400 * DAY_MS },
    data: (folder) => change(join(folder, 'cache.sqlite'), 'update record set valid_until = null'),
  },
  {
    ...{ check: 'content', verdict: 'attention', says: '还没有 2026 年的放假调休安排' },
    data: (folder) =>
      change(join(folder, 'cache.sqlite'), `delete from record where kind = 'calendar'`),
  },
  {
    check: 'content',
    verdict: 'fault',
    says: '没有内容',
    data: (folder) => rmSync(join(folder, 'cache.sqlite')),
  },
  {
    ...{ check: 'board', verdict: 'attention', says: '缺' },
    data: (folder) =>
      change(join(folder, 'cache.sqlite'), `delete from record where kind = 'pledge'`),
  },
  {
    check: 'program-files',
    verdict: 'fault',
    says: 'bin/node 不见了、out/main/kiosk.js 和安装时不一样',
    computer: {
      programFiles: async () => ({
        ...{ count: 900, missing: ['bin/node'], changed: ['out/main/kiosk.js'] },
      }),
    },
  },
  {
    check: 'program-files',
    verdict: 'fault',
    says: '清单读不了',
    computer: { programFiles: async () => failWith('EACCES')() },
  },
  { check: 'fonts', verdict: 'fault', says: '缺字：堃', computer: { missingGlyphs: () => ['堃'] } },
  {
    check: 'fonts',
    verdict: 'fault',
    says: '读不了',
    computer: { missingGlyphs: failWith('ENOENT') },
  },
  { check: 'fonts', verdict: 'attention', says: '后备', computer: { programs: { 'fc-list': '' } } },
  {
    check: 'voice',
    verdict: 'attention',
    says: '没有普通话',
    computer: { programs: { 'espeak-ng': 'Pty Language\n' } },
  },
  {
    check: 'voice',
    verdict: 'not-applicable',
    // The button and the switch as the page has them.
    says: `点“${zhCN.bar.display}”，打开“${zhCN.display.voice.replace(/（.*$/, '')}”`,
    computer: { platform: 'win32' },
  },
];

async function reportOn(folder: string, planted: Omit<Fault, 'check' | 'verdict' | 'says'> = {}) {
  const computer: Computer = plantedComputer(planted.computer);
  const { premises, close } = examine({ dataDir: folder, now: planted.now ?? NOW, computer });
  try {
    return await runDoctor({ ...premises, ...planted.premises?.(premises) }, '0.0.0-test');
  } finally {
    close();
  }
}

describe('the self-test', () => {
  test('of a terminal that is well finds no fault, and each check says one sentence', async () => {
    const { findings, verdict } = await reportOn(started.options.dataDir);
    expect(findings.filter((finding) => finding.verdict === 'fault')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(CHECKS.map(({ id }) => id));
    expect(new Set(findings.map(({ check }) => check)).size).toBe(findings.length);
    for (const { sentence, remedy, verdict: one } of findings) {
      expect(sentence).toMatch(/。$/);
      if (one === 'fault' || one === 'attention') expect(remedy).toMatch(/。$/);
      else expect(remedy).toBeUndefined();
    }
    expect(verdict).not.toBe('fault');
  });

  test.each(FAULTS)('names $check: $says', async ({ check, verdict, says, ...planted }) => {
    const good = await reportOn(started.options.dataDir);
    let folder = started.options.dataDir;
    if (planted.data !== undefined) {
      folder = `${folder}-spoilt`;
      cpSync(started.options.dataDir, folder, { recursive: true });
      await planted.data(folder);
    }
    try {
      const report = await reportOn(folder, planted);
      const found = report.findings.find((finding) => finding.check === check);
      expect(found?.sentence).toContain(says);
      expect(found?.verdict).toBe(verdict);
      expect(good.findings.find((finding) => finding.check === check)).not.toEqual(found);
      if (verdict === 'fault') expect(report.verdict).toBe('fault');
    } finally {
      if (folder !== started.options.dataDir) rmSync(folder, { recursive: true });
    }
  });

  test.each([
    ['没有设亮屏时间，屏幕一直亮着。', { environment: { DISPLAY: ':0', SCREEN_HOURS: '' } }],
    [
      '屏幕 18:00–次日 02:00 亮着，其余时间没有人用就熄屏，碰一下就亮。',
      {
        files: { '/etc/legal-kiosk/machine.conf': Buffer.from('SCREEN_HOURS="18:00-02:00"\n') },
        programs: { xset: '  DPMS is Disabled\n' },
      },
    ],
    [
      '屏幕 07:30–20:00 亮着，其余时间没有人用就熄屏，碰一下就亮；系统关不了这块屏幕，熄屏时只显示黑色画面。',
      { environment: { DISPLAY: ':0', SCREEN_HOURS: '07:30-20:00' } },
    ],
  ])('tells when the screen is lit: %s', async (sentence, computer) => {
    const report = await reportOn(started.options.dataDir, { computer });
    const found = report.findings.find(({ check }) => check === 'screen-hours');
    expect(found).toMatchObject({ sentence });
    expect(['ok', 'not-applicable']).toContain(found?.verdict);
  });

  test('every check has a planted fault', () => {
    const planted = new Set(FAULTS.map(({ check }) => check));
    expect(CHECKS.map(({ id }) => id).filter((id) => !planted.has(id))).toEqual([]);
  });

  const DRM = '/sys/class/drm';
  test.each([
    [
      'a panel that sleeps and looks unplugged is not complained of',
      {
        programs: { xset: '  DPMS is Enabled\n  Monitor is Off\n' },
        files: { [`${DRM}/card0-DP-1/status`]: Buffer.from('disconnected\n') },
      },
    ],
    [
      "the hall's screen is not taken for the visitor's, whichever plug comes first",
      {
        list: () => ['card0-DP-1', 'card0-HDMI-1'],
        files: {
          [`${DRM}/card0-DP-1/edid`]: edid(1920, 1210),
          [`${DRM}/card0-HDMI-1/status`]: Buffer.from('connected\n'),
          [`${DRM}/card0-HDMI-1/edid`]: edid(),
        },
      },
    ],
  ])('%s', async (_, computer) => {
    const report = await reportOn(started.options.dataDir, { computer });
    expect(report.findings.find(({ check }) => check === 'screen')?.verdict).toBe('ok');
  });

  test('a program that shows its pages itself looks for no browser', async () => {
    const computer = { browser: () => 'own' };
    const report = await reportOn(started.options.dataDir, { computer });
    expect(report.findings.find(({ check }) => check === 'browser')?.verdict).toBe('ok');
  });

  test('a clock that once ran years ahead and was put right is no fault any more', async () => {
    const folder = `${started.options.dataDir}-ahead`;
    cpSync(started.options.dataDir, folder, { recursive: true });
    try {
      const row = (at: number) =>
        `insert into audit (at, actor, action, subject) values (${at}, 'x', 'x', 'x');`;
      change(station(folder), row(NOW + 2000 * DAY_MS) + row(NOW));
      const { findings } = await reportOn(folder);
      expect(findings.find(({ check }) => check === 'clock')?.verdict).toBe('ok');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a terminal whose district answered within three days is well, and one that goes by stick, too', async () => {
    for (const heard of [{ 'district-heard': NOW - 2 * DAY_MS }, {}]) {
      const folder = `${started.options.dataDir}-heard`;
      cpSync(started.options.dataDir, folder, { recursive: true });
      change(station(folder), settings({ district: ENROLLED, ...heard }));
      const { findings } = await reportOn(folder);
      rmSync(folder, { recursive: true });
      expect(findings.find(({ check }) => check === 'district')?.verdict).toBe('ok');
    }
  });

  test.each([
    [-1, 'fault', '过期'],
    [20, 'attention', '还有 20 天'],
    [200, 'ok', '还有 200 天'],
    [900, 'fault', '还没有生效'],
  ] as const)('tells a certificate with %i days left: %s', async (days, verdict, says) => {
    const folder = `${started.options.dataDir}-lan`;
    cpSync(started.options.dataDir, folder, { recursive: true });
    try {
      change(station(folder), lan(true));
      mkdirSync(join(folder, 'lan'), { recursive: true });
      await ownCertificate(join(folder, 'lan'), ['kiosk.office'], NOW - (820 - days) * DAY_MS);
      const { premises, close } = examine({ dataDir: folder, now: NOW - 1000 });
      const { findings } = await runDoctor(
        premises,
        '0',
        CHECKS.filter(({ id }) => id === 'certificate'),
      );
      close();
      expect(findings).toMatchObject([{ verdict }]);
      expect(findings[0]?.sentence).toContain(says);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('goes on when a check breaks, and calls that a fault', async () => {
    const { premises, close } = examine({ dataDir: started.options.dataDir, now: NOW });
    const broken: Check = { id: 'network', title: '网络', look: failWith('EBROKEN') };
    const { findings, verdict } = await runDoctor(premises, '0', [broken]);
    close();
    expect({ verdict, sentence: findings[0]?.sentence }).toEqual({
      ...{ verdict: 'fault', sentence: '网络没有查成。' },
    });
  });
});

describe('this computer', () => {
  test('writes a trial file and leaves nothing behind', () => {
    const folder = started.options.dataDir;
    const before = thisComputer.list(folder);
    expect(thisComputer.tryWriting(folder)).toBeGreaterThan(0);
    expect(thisComputer.list(folder)).toEqual(before);
    expect(() => thisComputer.tryWriting(join(folder, 'nowhere'))).toThrow('ENOENT');
  });

  test('knows which characters the shipped fonts have', () => {
    expect(thisComputer.missingGlyphs('公共堃')).toEqual([]);
    expect(thisComputer.missingGlyphs('公\u{F0000}')).toEqual(['\u{F0000}']);
  });

  test('tells of its disk, of files and of programs that are not there', async () => {
    expect((await thisComputer.space(started.options.dataDir)).free).toBeGreaterThan(0);
    expect(thisComputer.read('/no/such/file')).toBeUndefined();
    expect(thisComputer.list('/no/such/folder')).toEqual([]);
    expect(thisComputer.sizeOf('/no/such/file')).toBe(0);
    expect(await thisComputer.run('no-such-program')).toMatchObject({ how: 'missing' });
  });
});
