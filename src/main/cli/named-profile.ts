import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ProfilePack, readProfilePack } from '#station/packs/profile-pack.ts';
import { appPaths } from '../shell/app-paths.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';

/** A profile by its name among those that are shipped, or by its folder. */
export function profileFolder(name: string): string {
  const shipped = join(appPaths(import.meta.filename).profilesDir, name);
  return existsSync(shipped) ? shipped : resolve(name);
}

/** The content of a profile. Throws `CliError` when it is not there or has faults. */
export function readPack(folder: string): ProfilePack {
  if (!existsSync(folder)) throw new CliError(`没有这个部署文件夹：${folder}。`);
  const { pack, faults } = readProfilePack(folder);
  if (pack === undefined)
    throw new CliError(
      `部署文件夹有 ${faults.length} 处错误；用 ${CALL} profile check ${folder} 逐条查看。`,
    );
  return pack;
}
