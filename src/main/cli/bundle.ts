import { existsSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { examine } from '#station/doctor/examine.ts';
import { runDoctor } from '#station/doctor/run-doctor.ts';
import { makeSupportFile } from '#station/support/make-support-file.ts';
import { programVersion } from '../shell/program-version.ts';
import { CliError } from './cli-error.ts';
import { readOneFile } from './one-file.ts';
import { dataFolder } from './station-data.ts';

/**
 * `bundle FILE`: the self-test, versions, counts, schema, names of settings, upkeep log and logs in one gzipped JSON file, for whoever
 * maintains terminals from afar. No personal data and no key is in it. It works while the terminal runs.
 */
export async function writeBundle(args: readonly string[]): Promise<number> {
  const { values, target } = readOneFile(
    args,
    'bundle /media/usb/support.json.gz --data 数据文件夹',
  );
  const dataDir = dataFolder(values);
  if (!existsSync(dataDir))
    throw new CliError(`没有数据文件夹 ${dataDir}，请先启动一次一体机，或用 --data 写对文件夹。`);
  const now = Date.now();
  const { premises, close } = examine({ dataDir, station: values.station, now });
  try {
    const version = programVersion();
    const doctor = await runDoctor(premises, version);
    const { station, cache } = premises;
    const databases = {
      ...(station.db === undefined ? {} : { station: station.db }),
      ...(cache.db === undefined ? {} : { cache: cache.db }),
    };
    const support = makeSupportFile({ dataDir, now, programVersion: version, doctor, databases });
    write(target, gzipSync(JSON.stringify(support)));
    console.log(
      values.json
        ? JSON.stringify({ file: target })
        : `支持包已写好：${target}，里面没有个人信息和密钥，可以发给维护人员。`,
    );
    return 0;
  } finally {
    close();
  }
}

function write(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new CliError(
      (error as NodeJS.ErrnoException).code === 'EEXIST'
        ? `文件 ${file} 已经有了，请换一个名称。`
        : `文件 ${file} 写不了，请检查空间和权限。`,
      { cause: error },
    );
  }
}
