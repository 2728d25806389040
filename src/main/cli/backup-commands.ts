import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { slipTime } from '#shared/printing/ticket-slip.ts';
import { BackupError, type BackupFlaw } from '#station/backup/backup-file.ts';
import { makeBackup } from '#station/backup/make-backup.ts';
import { restoreBackup } from '#station/backup/restore-backup.ts';
import { isDiskFull } from '#station/store/disk-full.ts';
import { programVersion } from '../shell/program-version.ts';
import { CliError } from './cli-error.ts';
import { readOneFile } from './one-file.ts';
import { dataFolder, stationFile } from './station-data.ts';

const FLAWS: Readonly<Record<BackupFlaw, string>> = {
  'no-backup': '这个文件不是备份；数据没有改动。',
  damaged: '备份文件不完整或被改动过；数据没有改动，请换一个备份。',
  newer: '备份是更新版本的程序做的，请先安装新版本；数据没有改动。',
  running: '一体机正在运行，请先关掉它再恢复；数据没有改动。',
};

/** `backup FILE|DIR`: all that exists only on this terminal, in one file; also while it runs. */
export async function backUp(args: readonly string[]): Promise<number> {
  const { values, target } = readOneFile(args, 'backup /media/usb');
  const dataDir = dataFolder(values);
  stationFile(dataDir);
  const now = Date.now();
  const file = statSync(target, { throwIfNoEntry: false })?.isDirectory()
    ? join(target, `kiosk-${slipTime(now).replace(' ', '-').replaceAll(':', '')}.kioskbackup`)
    : target;
  if (existsSync(file)) throw new CliError(`文件 ${file} 已经有了，请换一个名称。`);
  try {
    const manifest = await makeBackup({ dataDir, file, programVersion: programVersion(), now });
    const rows = total(manifest.counts);
    say(
      values.json,
      { file, ...manifest },
      `已备份到 ${file}（${rows} 条）。里面有个人信息，请锁好。`,
    );
    return 0;
  } catch (error) {
    if (!isDiskFull(error) && !('code' in Object(error))) throw error;
    throw new CliError(`备份没有做成：${file} 写不了，请检查空间和权限。`, { cause: error });
  }
}

/** `restore FILE`: puts a backup in the place of the terminal's own data; what it replaces is kept. */
export async function restore(args: readonly string[]): Promise<number> {
  const { values, target } = readOneFile(args, 'restore /media/usb/kiosk.kioskbackup');
  if (!existsSync(target)) throw new CliError(`没有这个文件：${target}。`);
  try {
    const { manifest, kept } = await restoreBackup({
      ...{ dataDir: dataFolder(values), file: target, now: Date.now() },
    });
    const had = kept.length === 0 ? '' : `原来的文件留作 ${kept.join('、')}。`;
    const words = `已恢复 ${slipTime(manifest.at)} 的备份（${total(manifest.counts)} 条）。${had}备份以后取的号不在里面：新号会接在后面发，不会重号；当天恢复的，窗口上会写明哪些号要人工招呼。`;
    say(values.json, { ...manifest, kept }, words);
    return 0;
  } catch (error) {
    if (error instanceof BackupError) throw new CliError(FLAWS[error.flaw], { cause: error });
    throw error;
  }
}

const total = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function say(json: boolean, value: unknown, words: string): void {
  console.log(json ? JSON.stringify(value) : words);
}
