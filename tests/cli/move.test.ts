import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveIn } from '#station/moving/move-in.ts';
import {
  type Computer,
  inOrder,
  type MovingTown,
  movingTown,
  workedStation,
} from '../station/moving/moving-station.ts';
import { runKiosk } from './run-kiosk.ts';

/** Of this program, whatever it is. */
const VERSION = { programVersion: '999.0.0' };

let town: MovingTown;
let old: Computer;
let fresh: Computer;
let stick: string;
beforeAll(async () => {
  town = movingTown();
  old = await workedStation(town);
  fresh = town.computer('new');
  stick = join(town.root, 'stick');
  mkdirSync(stick);
}, 120_000);
afterAll(() => town.remove());

const on = ({ dataDir, settingsDir }: Computer, ...args: readonly string[]) =>
  runKiosk(...args, '--data', dataDir, '--settings', settingsDir);
const oneSentence = ({ status, errors }: Awaited<ReturnType<typeof runKiosk>>) => {
  expect({ status, lines: errors.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
  expect(errors.trim()).toMatch(/。$/);
  return errors;
};

describe('kiosk move-out and move-in', () => {
  test('a terminal goes from one computer to another by a stick, and the counts are compared', async () => {
    const out = await on(old, 'move-out', stick);
    expect({ status: out.status, errors: out.errors }).toEqual({ status: 0, errors: '' });
    expect(out.out).toContain('请锁好');
    expect(out.out).toContain(`（数据在 ${old.dataDir}）已经停用`);
    const [written = ''] = readdirSync(stick);
    expect(readFileSync(join(stick, written, '说明.txt'), 'utf8')).toContain(
      `${written} --data ${old.dataDir} --settings ${old.settingsDir}`,
    );
    const back = await on(fresh, 'move-in', stick);
    expect({ status: back.status, errors: back.errors }).toEqual({ status: 0, errors: '' });
    expect(back.out).toContain(`数据在 ${fresh.dataDir}`);
    expect(back.out).toContain('工作人员\t1\t1');
    expect(back.out).toContain('号码\t3\t3');
    expect(back.out).toContain('两边的条数一样。');
    expect(oneSentence(await on(fresh, 'move-in', stick))).toContain('不用再搬');
    expect(oneSentence(await on(old, 'move-out', stick))).toContain('move-out --undo');
    const [folder = ''] = readdirSync(stick);
    expect(oneSentence(await on(old, 'move-out', '--undo', join(stick, folder)))).toContain(
      '已经在别的电脑上用过',
    );
  });

  test('the terminal’s own deployment is found by itself, and is asked for when it is gone', async () => {
    expect(existsSync(join(fresh.profileDir, 'profile.yaml'))).toBe(true);
    const third = town.computer('third');
    await town.start(third);
    await town.stop();
    rmSync(join(third.dataDir, 'cache.sqlite'));
    expect(oneSentence(await on(third, 'move-out', stick))).toContain('--profile');
    // A stick of its own: a folder is named by the minute, and the other test's may be of the same.
    const own = join(town.root, 'third-stick');
    mkdirSync(own);
    const named = await on(third, 'move-out', own, '--profile', third.profileDir, '--json');
    expect(named.errors).toBe('');
    expect(JSON.parse(named.out)).toMatchObject({ profile: 'wuhua' });
  });

  test('a terminal of another deployment is not put into the usual one’s folder unasked', async () => {
    const folder = join(town.root, 'of-xigu');
    mkdirSync(folder);
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ profile: 'xigu' }));
    const words = oneSentence(await runKiosk('move-in', folder));
    expect(words).toContain('--profile xigu');
    expect(words).toContain('wuhua');
  });

  test('a fault when half is in place is told as that, and the next try finishes it', async () => {
    const half = town.computer('half');
    await town.start(half);
    await town.stop();
    const other = join(town.root, 'other-stick');
    mkdirSync(other);
    const out = await on(half, 'move-out', other, '--json');
    const { folder } = JSON.parse(out.out) as { folder: string };
    const to = town.computer('half-way');
    const cut = () => {
      if (existsSync(join(to.dataDir, 'move-in'))) throw new Error('power cut');
    };
    await expect(moveIn(inOrder(to, folder, { ...VERSION, beforeStep: cut }))).rejects.toThrow();
    // A folder stands where a file belongs, and another where it would be kept.
    const conf = join(to.settingsDir, 'machine.conf');
    const { at } = JSON.parse(
      readFileSync(join(to.settingsDir, '.move-in', 'journal.json'), 'utf8'),
    ) as { at: number };
    rmSync(conf);
    mkdirSync(join(conf, 'in-the-way'), { recursive: true });
    mkdirSync(`${conf}.replaced-${at}`);
    expect(oneSentence(await on(to, 'move-in', folder))).toContain('搬到一半中断了');
    rmSync(conf, { recursive: true });
    const { status, out: words } = await on(to, 'move-in', folder);
    expect({ status, words }).toMatchObject({ status: 0 });
    expect(words).toContain('两边的条数一样。');
  });

  test.each([
    ['no folder named', ['move-out']],
    ['a folder that is not there', ['move-out', '/nowhere']],
    ['nothing to finish', ['move-in']],
    ['a folder to move in that is not there', ['move-in', '/nowhere']],
    ['two folders', ['move-in', '/a', '/b']],
    ['a move that was never made', ['move-out', '--undo']],
  ])('%s: one sentence', async (name, args) => {
    const computer = town.computer(name);
    await town.start(computer);
    await town.stop();
    oneSentence(await on(computer, ...args));
  });
});
