import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doctorReportSchema } from '#shared/health/finding.ts';
import { CHECKS } from '#station/doctor/checks/index.ts';
import { writeUpkeepDay } from '#station/doctor/upkeep-log.ts';
import { type Host, startHost } from '#station/host.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { type TemporaryHost, temporaryHost } from '../station/temporary-host.ts';
import { runKiosk } from './run-kiosk.ts';

let temporary: TemporaryHost;
let host: Host;
let data: string;
beforeAll(async () => {
  temporary = temporaryHost();
  data = temporary.options.dataDir;
  host = await startHost(temporary.options);
}, 120_000);
afterAll(async () => {
  await host.close();
  temporary.remove();
});

const STATUS = { ok: 0, attention: 1, fault: 2 };

describe('kiosk doctor', () => {
  test('as JSON beside a running terminal: one object, its status by the worst verdict', async () => {
    const { status, out } = await runKiosk('doctor', '--json', '--data', data);
    const report = doctorReportSchema.parse(JSON.parse(out));
    expect(status).toBe(STATUS[report.verdict]);
    expect(report.findings.find(({ check }) => check === 'databases')?.verdict).toBe('ok');
    expect(report.station).not.toBe('');
  });

  test('in words: a line a check and a total', async () => {
    const { out } = await runKiosk('doctor', '--data', data);
    const lines = out.trim().split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^\[正常\] 磁盘读写：/));
    expect(lines).toContain('[不适用] 区县服务器：还没有登记到区县服务器，本机独立运行。');
    expect(lines.at(-1)).toMatch(/^检查完毕：/);
    expect(lines).toHaveLength(CHECKS.length + 1);
  });

  test('a folder that was never a terminal is refused with one sentence', async () => {
    const { status, errors } = await runKiosk('doctor', '--data', join(data, 'nowhere'));
    expect({ status, lines: errors.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
    expect(errors).toContain('没有数据文件夹');
  });
});

describe('kiosk doctor --log', () => {
  const fill = (from: number, to: number) => {
    const db = openDatabase(join(data, 'station.sqlite'), 'station');
    const noon = Date.parse('2026-11-23T12:00:00+08:00');
    for (let day = from; day < to; day += 1)
      writeUpkeepDay(db, {
        ...{ at: noon + day * 86_400_000, programVersion: '0', station: 'x', verdict: 'attention' },
        findings: [
          {
            ...{ check: 'network', title: '=1+1', verdict: 'attention' },
            ...{ sentence: '没有接上网络。', remedy: '请检查。' },
          },
        ],
      });
    db.write.close();
  };

  test('without any day it says so', async () => {
    const { status, out } = await runKiosk('doctor', '--log', '--data', data);
    expect({ status, out }).toEqual({
      ...{ status: 0, out: '还没有巡检记录；一体机运行着，每天三点以后记一条。\n' },
    });
  });

  test('keeps two years, a line a day, and writes it as a table that runs nothing', async () => {
    fill(0, 800);
    fill(790, 800);
    const { out } = await runKiosk('doctor', '--log', '--json', '--data', data);
    const days = JSON.parse(out) as { day: string }[];
    expect(days).toHaveLength(732);
    expect(days[0]?.day).toBe('2029-01-30');
    const file = join(data, 'log.csv');
    expect((await runKiosk('doctor', '--csv', file, '--data', data)).status).toBe(0);
    const table = readFileSync(file, 'utf8').split('\r\n');
    expect(table[0]).toBe('\uFEFF日期,时间,结果,情况');
    expect(table[1]).toBe("2029-01-30,2029-01-30 12:00,留意,'=1+1（留意）：没有接上网络。");
    const again = await runKiosk('doctor', '--csv', file, '--data', data);
    expect(again.status).toBe(1);
    expect(again.errors).toContain('已经有了');
  });
});
