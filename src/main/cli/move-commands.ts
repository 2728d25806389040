import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { slipTime } from '#shared/printing/ticket-slip.ts';
import { lastFolder } from '#station/content/kept-settings.ts';
import { openForReading } from '#station/doctor/open-for-reading.ts';
import { isMoveUnfinished } from '#station/moving/journal.ts';
import { finishMoveIn, type MovedIn, moveIn } from '#station/moving/move-in.ts';
import { moveOut, undoMove } from '#station/moving/move-out.ts';
import { MANIFEST, MoveError, type MoveFlaw, profileIn } from '#station/moving/move-package.ts';
import { profileName, type SettingsPlace } from '#station/moving/settings-parts.ts';
import { isDiskFull } from '#station/store/disk-full.ts';
import { appPaths } from '../shell/app-paths.ts';
import { programVersion } from '../shell/program-version.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { profileFolder } from './named-profile.ts';
import { dataFolder, stationFile } from './station-data.ts';

const FLAWS: Readonly<Record<MoveFlaw, (about: string) => string>> = {
  running: () => '一体机正在运行，请先关掉它；什么都没有改动。',
  'no-move': () => '这个文件夹里没有搬家用的数据，请写对路径；什么都没有改动。',
  incomplete: (file) =>
    `文件夹不完整，缺 ${file}，多半是没有写完或没有拷全；什么都没有改动，请重新拷一份。`,
  damaged: (file) => `${file} 损坏了或被改动过；什么都没有改动，请重新拷一份。`,
  newer: (version) =>
    `这些数据是更新版本的程序（${version}）写的，请先在这台电脑上安装它；什么都没有改动。`,
  used: () =>
    '这个文件夹已经在别的电脑上用过了；一台一体机不能变成两台。要再搬一次，请在那台电脑上执行 move-out。',
  'in-place': () => '这个文件夹已经搬到这台电脑了，不用再搬；启动正常以后请删掉它。',
  'own-data': (dataDir) =>
    `${dataDir} 里已经有自己的数据；要换成 U 盘上的，请加 --replace，原来的会留在旁边。现在什么都没有改动。`,
  'other-station': (both) =>
    `${both}，不是同一个网点；什么都没有改动。要放在别处，请用 --data 写明数据文件夹；确实要换掉这里的，请同时写 --replace 和 --data。`,
  'no-settings-folder': () =>
    '里面有部署设置，请用 --settings 写明放在哪个文件夹（里面是 profiles）；什么都没有改动。',
  'moved-before': () =>
    `这台一体机已经搬走了，不能再搬一次；要改回用这一台，请执行 ${CALL} move-out --undo。`,
  unfinished: () => `数据搬到这台电脑时中断了，请先执行 ${CALL} move-in 做完。`,
  unsure: (folder) =>
    `写最后一个文件时 U 盘断开了，${folder} 可能已经写好，所以这台一体机先停用。请接好 U 盘，执行 ${CALL} move-out --undo ${folder}，再重新 move-out。`,
  'not-moved': () => '这台一体机没有搬走，不用撤销。',
  'other-move': () => '这个文件夹是另一次搬家写的，请写对路径；什么都没有改动。',
};

/** What the tables are called in the comparison; the others are counted together. */
const TABLES: Readonly<Record<string, string>> = {
  staff_person: '工作人员',
  station_setting: '设置',
  queue_ticket: '号码',
  queue_event: '排队记录',
  print_job: '打印',
  edit_version: '内容修改',
  outbox: '给区县的记录',
  lan_device: '配对的电脑和大屏',
  queue_terminal: '其他取号机',
  upkeep_day: '巡检记录',
  audit: '操作记录',
};

/** `move-out FOLDER` writes this terminal into a folder on a stick and takes it out of service; `move-out --undo [FOLDER]` takes that back. */
export async function moveAway(args: readonly string[]): Promise<number> {
  const { values, target } = readMove(args, 'move-out /media/usb');
  const dataDir = dataFolder(values);
  if (values.undo) return undo(dataDir, target, values.json);
  if (target === undefined || statSync(target, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new CliError(`没有这个文件夹：${target ?? ''}。请写 U 盘上的文件夹。`);
  stationFile(dataDir);
  const now = Date.now();
  const folder = join(target, `kiosk-move-${slipTime(now).replace(' ', '-').replace(':', '')}`);
  const place = settingsPlace(values.settings);
  const profileDir = deploymentOf(dataDir, values.profile);
  const order = {
    ...{ dataDir, folder, now, ...place, programVersion: programVersion(), call: CALL, profileDir },
    where: whereTo(values, profileDir),
    addresses: ownAddresses(),
    provision: provisionOptions(),
  };
  const { manifest, byHand } = await told(folder, dataDir, () => moveOut(order));
  const words = [
    `已写到 ${folder}（${manifest.files.length} 个文件，${total(manifest.counts)} 条）。里面有个人信息和密钥，请锁好，搬好以后删掉。`,
    `这台一体机（数据在 ${dataDir}）已经停用，不再发号和上传；新电脑上怎么做，见里面的“说明.txt”。`,
    ...byHand.map((file) => `请另外带上 ${file}。`),
  ];
  console.log(values.json ? JSON.stringify({ folder, byHand, ...manifest }) : words.join('\n'));
  return 0;
}

async function undo(dataDir: string, folder: string | undefined, json: boolean): Promise<number> {
  stationFile(dataDir);
  const state = await told(folder ?? dataDir, dataDir, () => undoMove(dataDir, folder, Date.now()));
  const words =
    state === 'as-before'
      ? '已经撤销，U 盘上的文件夹作废了，这台一体机照旧使用。'
      : '已经撤销，这台一体机可以启动。U 盘上的文件夹没有作废，千万不要再在别的电脑上用，请删掉；号码会空出一段再接着发。';
  console.log(json ? JSON.stringify({ state }) : words);
  return 0;
}

/** `move-in FOLDER`: puts the terminal of a folder in its place on this computer; without one it finishes a move that was broken off. */
export async function moveHere(args: readonly string[]): Promise<number> {
  const { values, target } = readMove(args, 'move-in /media/usb/kiosk-move-2026-11-23-1024');
  const dataDir = dataFolder(values);
  if (target === undefined) {
    const { settingsDir } = settingsPlace(values.settings);
    if (!(await told(dataDir, dataDir, () => finishMoveIn({ dataDir, settingsDir }))))
      throw new CliError('没有中断的搬家要做完；请写 U 盘上的文件夹。');
    console.log(values.json ? JSON.stringify({ finished: true }) : '上次中断的搬家已经做完。');
    return 0;
  }
  const folder = theMoveIn(target);
  assertRightProfile(values, folder);
  const moved = await told(dataDir, dataDir, () =>
    moveIn({
      ...{ dataDir, folder, ...settingsPlace(values.settings), now: Date.now() },
      ...{ programVersion: programVersion(), replace: values.replace },
      isFolderNamed: values.data !== undefined,
    }),
  );
  console.log(values.json ? JSON.stringify(moved) : inWords(moved, dataDir));
  return isAlike(moved) ? 0 : 1;
}

/** Where a data folder goes by its deployment, the one of the folder on the stick: without a word it would be another's. */
function assertRightProfile(
  { data, profile }: { data?: string | undefined; profile?: string | undefined },
  folder: string,
): void {
  if (data !== undefined || profile !== undefined || process.env.KIOSK_DATA !== undefined) return;
  const moved = profileIn(folder);
  const usual = basename(dataFolder({}));
  if (moved === undefined || moved === usual) return;
  throw new CliError(
    `U 盘上是部署 ${moved}，这里会放进 ${usual} 的数据文件夹；请加 --profile ${moved}，或用 --data 写明放在哪里。什么都没有改动。`,
  );
}

/** The folder itself, or the only one of a move in it: whoever names the stick means that. */
function theMoveIn(target: string): string {
  if (!existsSync(target)) throw new CliError(`没有这个文件夹：${target}。`);
  if (existsSync(join(target, MANIFEST)) || !statSync(target).isDirectory()) return target;
  const inside = readdirSync(target)
    .map((name) => join(target, name))
    .filter((path) => existsSync(join(path, MANIFEST)));
  if (inside.length > 1)
    throw new CliError(`${target} 里有好几次搬家的文件夹，请写明用哪一个：${inside.join('、')}。`);
  return inside[0] ?? target;
}

function inWords(moved: MovedIn, dataDir: string): string {
  const { kept, isMarkedUsed, isConfAside } = moved;
  return [
    ...(moved.isSettingsOnly
      ? ['数据以前已经搬到这台电脑，上次中断时没有放好的部署设置现在也放好了。']
      : comparison(moved, dataDir)),
    ...(kept.length === 0 ? [] : [`这台电脑原来的文件留作 ${kept.join('、')}。`]),
    ...(isConfAside
      ? ['旧电脑的 machine.conf 里有别的设置，放在旁边的 machine.conf.moved，请看过再改。']
      : []),
    isMarkedUsed
      ? '启动以后打印测试页、取一个号；都对了，就删掉 U 盘上的文件夹。'
      : 'U 盘写不了，没能注明已经用过：不要再在别的电脑上用它，启动正常以后删掉这个文件夹。',
  ].join('\n');
}

function comparison(moved: MovedIn, dataDir: string): string[] {
  const { manifest, counts } = moved;
  const station = manifest.station === undefined ? '' : `（网点 ${manifest.station}）`;
  const named = Object.keys(TABLES).filter((table) => table in manifest.counts);
  const others = Object.keys(manifest.counts).filter((table) => !(table in TABLES));
  const sum = (of: Readonly<Record<string, number>>, tables: readonly string[]) =>
    tables.reduce((before, table) => before + (of[table] ?? 0), 0);
  const row = (label: string, tables: readonly string[]) =>
    `${label}\t${sum(manifest.counts, tables)}\t${sum(counts, tables)}`;
  return [
    `已把 ${slipTime(manifest.at)} 写出的一体机${station}搬到这台电脑，数据在 ${dataDir}。`,
    '\t旧电脑\t这台电脑',
    ...named.map((table) => row(TABLES[table] ?? table, [table])),
    row('其他', others),
    row('合计', Object.keys(manifest.counts)),
    isAlike(moved) ? '两边的条数一样。' : '两边的条数不一样，请不要启用，联系维护人员。',
  ];
}

const isAlike = ({ manifest, counts, isSettingsOnly }: MovedIn) =>
  isSettingsOnly ||
  Object.entries(manifest.counts).every(([table, count]) => counts[table] === count);

function readMove(args: readonly string[], example: string) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ data: text, profile: text, station: text, settings: text },
        ...{ json: flag, undo: flag, replace: flag },
      },
    });
    if (positionals.length > 1) throw new Error('one folder');
    const [target] = positionals;
    return { values, target: target === undefined ? undefined : resolve(target) };
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${CALL} ${example}。`, { cause: error });
  }
}

/** Says in a sentence why a move was not made. */
async function told<Result>(
  place: string,
  dataDir: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MoveError)
      throw new CliError(FLAWS[error.flaw](error.about), { cause: error });
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code === 'string' && isMoveUnfinished(dataDir))
      throw new CliError(
        `搬到一半中断了（${code}），一体机先不能启动；检查磁盘空间和权限，再执行一次 ${CALL} move-in 就能做完。`,
        { cause: error },
      );
    if (code === 'EEXIST')
      throw new CliError(`${place} 已经有了，请过一分钟再试；什么都没有改动。`, { cause: error });
    if (isDiskFull(error))
      throw new CliError(`${place} 满了或不能写；什么都没有改动，腾出空间再试。`, { cause: error });
    if (typeof code !== 'string') throw error;
    throw new CliError(`${place} 读写不了（${code}），请检查 U 盘和权限；什么都没有改动。`, {
      cause: error,
    });
  }
}

/** The options by which the new computer finds the folders that were used here; an installed program needs none. */
function whereTo(
  values: {
    readonly data?: string | undefined;
    readonly station?: string | undefined;
    readonly settings?: string | undefined;
  },
  profileDir: string,
): string[] {
  const byName = process.env.KIOSK_DATA === undefined;
  const options = {
    '--data': values.data,
    '--profile': values.data === undefined && byName ? profileName(profileDir) : undefined,
    '--station': values.data === undefined && byName ? values.station : undefined,
    '--settings': values.settings,
  };
  return Object.entries(options).flatMap(([option, value]) =>
    value === undefined ? [] : [option, /\s/.test(value) ? `"${value}"` : value],
  );
}

/** Where the settings of this computer are: `--settings`, or what an installed program has. */
function settingsPlace(settings: string | undefined): SettingsPlace {
  const profiles = process.env.KIOSK_PROFILES;
  const installed = profiles === undefined ? undefined : dirname(resolve(profiles));
  return {
    settingsDir: settings === undefined ? installed : resolve(settings),
    shippedDir: join(appPaths(import.meta.filename).root, 'assets'),
  };
}

/** The deployment that the terminal ran with last, by its own word. */
function deploymentOf(dataDir: string, profile: string | undefined): string {
  if (profile !== undefined) {
    const named = profileFolder(profile);
    if (existsSync(named)) return named;
    throw new CliError(`没有这个部署文件夹：${named}。`);
  }
  const { db } = openForReading(join(dataDir, 'cache.sqlite'));
  try {
    const folder = db === undefined ? undefined : lastFolder(db);
    if (folder !== undefined && existsSync(folder)) return folder;
  } finally {
    db?.read.close();
  }
  throw new CliError('不知道这台一体机用的是哪个部署，请用 --profile 写明；什么都没有改动。');
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}

/** By what `provision` laid down on this computer. */
function provisionOptions(): string[] {
  const list = '/var/lib/legal-kiosk-machine/files';
  const laid = existsSync(list) ? readFileSync(list, 'utf8') : '';
  const signs = {
    '--nightly-restart': 'timers.target.wants/legal-kiosk-nightly.timer',
    '--hall': 'multi-user.target.wants/legal-kiosk-hall.service',
    '--soft-watchdog': 'modules-load.d/legal-kiosk.conf',
  };
  return Object.entries(signs)
    .filter(([, sign]) => laid.includes(sign))
    .map(([option]) => option);
}

const total = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
