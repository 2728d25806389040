import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { profileFolder } from '../real-content.ts';
import { SOUND_PROFILE, type WrittenPack, writtenPack } from '../station/packs/written-pack.ts';

const COMMAND = join(import.meta.dirname, '../../src/main/cli/kiosk.ts');

interface Outcome {
  readonly status: number;
  readonly lines: string[];
  readonly stderr: string;
}

function check(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, 'profile', 'check', ...args], (error, stdout, stderr) =>
      resolve({
        status: error === null ? 0 : Number(error.code),
        lines: stdout.trimEnd().split('\n'),
        stderr,
      }),
    );
  });
}

let pack: WrittenPack;
beforeEach(() => {
  pack = writtenPack(SOUND_PROFILE);
});
afterEach(() => pack.remove());

/** Sound records, in each of which a publisher should look at the same. */
function articlesWithoutLaw(count: number): string {
  const records = Array.from(
    { length: count },
    (_, at) => `  - id: article.a${at + 1}
    body: { title: 文章${at + 1}, summary: 一篇没有写法律依据的文章, topic: work, text: ${'示例文字'.repeat(20)} }`,
  );
  return `kind: article
defaults: { scope: "00", source: 示例, responsibleBody: local, effectiveFrom: "2026-11-01",
  publishedAt: "2026-11-01T09:00:00+08:00", editor: 甲, reviewer: 乙 }
records:
${records.join('\n')}
`;
}

const town = () => join(pack.folder, 'profiles/town');

describe('profile check', () => {
  test('of a shipped profile passes without a reminder', async () => {
    const { status, lines } = await check(profileFolder('xigu'), '--day', '2026-11-23');
    expect(status).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^检查通过：\d+ 条内容，0 条提醒。$/)]);
  });

  test('of a day to come tells what will be missing by then, such as the public holidays of a new year', async () => {
    const { status, lines } = await check(profileFolder('xigu'), '--day', '2026-12-01');
    expect(status).toBe(0);
    expect(lines).toContainEqual(expect.stringMatching(/^提醒 .*还没有 2027 年的放假调休安排/));
    const wrong = await check(profileFolder('xigu'), '--day', '1.12.2026');
    expect(wrong.status).not.toBe(0);
    expect(wrong.stderr).toContain('--day 要写成日期');
  });

  test('says equal reminders once, with the first places', async () => {
    pack.write('starter/articles.yaml', articlesWithoutLaw(5));
    const { status, lines } = await check(town());
    expect(status).toBe(0);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^提醒 不完整：0\/1，缺法律依据（5 处）：\S+articles\.yaml:\d+ article\.a1: body(?:、[^、]+){2} 等；补上缺的内容。$/,
      ),
    );
    expect(lines.at(-1)).toBe('检查通过：7 条内容，6 条提醒。');
  });

  test('with --json keeps every reminder', async () => {
    pack.write('starter/articles.yaml', articlesWithoutLaw(5));
    const { lines } = await check(town(), '--json');
    const told = JSON.parse(lines.join('\n')) as {
      ok: boolean;
      faults: unknown[];
      advice: unknown[];
    };
    expect(told).toMatchObject({ ok: true, faults: [] });
    expect(told.advice).toHaveLength(6);
  });

  test('of a profile without the shared pack beside it fails, for its terminals would have no guide', async () => {
    rmSync(join(pack.folder, 'starter'), { recursive: true, force: true });
    const { status, lines } = await check(town());
    expect(status).toBe(1);
    expect(lines[0]).toContain('没有公共内容包');
    expect(lines.at(-1)).toBe('有 1 处要改。');
  });

  test('of a broken profile fails with file, line, field and remedy', async () => {
    pack.write(
      'profiles/town/content/stations.yaml',
      (SOUND_PROFILE['profiles/town/content/stations.yaml'] ?? '').replace(
        'level: station',
        'level: palace',
      ),
    );
    const { status, lines } = await check(town());
    expect(status).toBe(1);
    expect(lines[0]).toBe(
      'content/stations.yaml:14 station.530102001: body.level：不在可选的值里；可以写：city-centre、centre、station、workroom、point、police-post、notary-office。',
    );
    expect(lines.at(-1)).toMatch(/^有 \d+ 处要改。$/);
  });

  test('with --station says what that station’s board lacks', async () => {
    const { status, lines } = await check(town(), '--station', '530102001');
    expect(status).toBe(0);
    expect(lines).toContain(
      '华山街道公共法律服务工作站（530102001）今天的信息公示：1/8，缺值班人员（值班表）、服务时间、服务指南（全部内容）、服务承诺、表格样本（全部内容）、常见问题（全部内容）、热线、监督电话、网址（监督投诉电话；网址）。',
    );
    const json = await check(town(), '--station', '530102001', '--json');
    expect(JSON.parse(json.lines.join('\n'))).toMatchObject({
      station: { code: '530102001', name: '华山街道公共法律服务工作站' },
    });
  });

  test.each<[string, () => string[], string]>([
    [
      'an unknown station',
      () => [town(), '--station', '999999'],
      '部署"某区"里没有代码为 999999 的网点，请用 --station 写对代码。\n',
    ],
    [
      'a station of a bare pack',
      () => [join(pack.folder, 'starter'), '--station', '00'],
      '里没有 profile.yaml，只有部署文件夹才能用 --station。\n',
    ],
    [
      'no folder',
      () => [],
      '请写明要检查的文件夹，例如 npm run kiosk -- profile check assets/profiles/wuhua。\n',
    ],
    [
      'a folder that is not there',
      () => ['/nowhere/at/all'],
      '没有这个文件夹：/nowhere/at/all。\n',
    ],
    [
      'an unknown option',
      () => [town(), '--fast'],
      '命令写得不对，例如 npm run kiosk -- profile check assets/profiles/wuhua。\n',
    ],
  ])('refuses %s in one sentence', async (_name, args, sentence) => {
    const { status, stderr } = await check(...args());
    expect(status).toBe(1);
    expect(stderr.endsWith(sentence)).toBe(true);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('of a bare pack checks its records', async () => {
    const { status, lines } = await check(join(pack.folder, 'starter'));
    expect(status).toBe(0);
    expect(lines.at(-1)).toMatch(/^检查通过：1 条内容/);
  });
});
