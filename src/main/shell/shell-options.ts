import { existsSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { scopeSchema } from '#shared/content/scope.ts';
import { type AppPaths, userDataFolder } from './app-paths.ts';

/** Something in the command line is wrong; the message is the one plain sentence for the technician. */
export class UsageError extends Error {}

/** Which program shows the pages. */
export type ShellKind = 'browser' | 'electron' | 'none';

/** The options of `npm start`, as both shells take them. */
export interface ShellOptions {
  readonly profileDir: string;
  readonly station: string | undefined;
  readonly shell: ShellKind;
  readonly port: number;
  readonly dataDir: string;
  /** Where the clock starts, ISO 8601; only for pictures and tests. */
  readonly startAt: string | undefined;
  /** The built pages. */
  readonly pageDir: string;
}

const DEFAULT_PROFILE = 'wuhua';
const DEFAULT_PORT = '7348';
const HELP =
  '可用的选项：--profile 部署 --station 网点代码 --shell electron|browser|none --port 端口 --data 文件夹';

/** Reads the command line; `shell` is the one that reads it, unless the line says otherwise. Throws `UsageError`. */
export function shellOptions(
  args: readonly string[],
  paths: Pick<AppPaths, 'profilesDir' | 'pageDir'>,
  shell: ShellKind,
): ShellOptions {
  const values = argumentsOf(args);
  const profileDir = profileFolder(values.profile ?? DEFAULT_PROFILE, paths.profilesDir);
  const { station } = values;
  if (station !== undefined && !scopeSchema.safeParse(station).success)
    throw new UsageError(
      `网点代码"${station}"写错了，要写网点代码，例如 --station 620104001 或 652701001-J01。`,
    );
  return {
    profileDir,
    station,
    shell: shellKind(values.shell ?? shell),
    port: portNumber(values.port ?? DEFAULT_PORT),
    dataDir: resolve(values.data ?? process.env.KIOSK_DATA ?? defaultDataDir(profileDir, station)),
    startAt: clockStart(values['start-at']),
    pageDir: resolve(values['page-dir'] ?? paths.pageDir),
  };
}

function argumentsOf(args: readonly string[]) {
  if (args.includes('--help') || args.includes('-h')) throw new UsageError(`${HELP}。`);
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        profile: text,
        station: text,
        shell: text,
        port: text,
        data: text,
        'start-at': text,
        'page-dir': text,
      },
    }).values;
  } catch (error) {
    throw new UsageError(`命令行写错了（${args.join(' ')}）。${HELP}。`, { cause: error });
  }
}

/** A profile is named by its id, or by its folder. */
function profileFolder(profile: string, profilesDir: string): string {
  const known = namesOfProfiles(profilesDir);
  if (known.includes(profile)) return join(profilesDir, profile);
  const isFolder = isAbsolute(profile) || /[\\/]/.test(profile);
  if (isFolder && existsSync(profile)) return resolve(profile);
  throw new UsageError(
    isFolder
      ? `没有这个部署文件夹：${profile}。`
      : `没有名为"${profile}"的部署，可选：${known.join('、')}，或写部署文件夹的路径。`,
  );
}

function namesOfProfiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    throw new UsageError(
      `存放部署的文件夹 ${folder} 读不了，请检查它在不在、本用户有没有权限读。`,
      {
        cause: error,
      },
    );
  }
}

function shellKind(text: string): ShellKind {
  if (text === 'electron' || text === 'browser' || text === 'none') return text;
  throw new UsageError(`--shell 写的是"${text}"，只能写 electron、browser 或 none。`);
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`端口"${text}"写错了，要写 1 到 65535 的数字，或写 0 自动选择。`);
}

function clockStart(text: string | undefined): string | undefined {
  if (text === undefined || z.iso.datetime({ offset: true }).safeParse(text).success) return text;
  throw new UsageError(`--start-at 写的是"${text}"，要写 2026-03-02T09:30:00+08:00 这样的时刻。`);
}

/** One folder per outlet, so that the tickets of two never get into one database. */
function defaultDataDir(profileDir: string, station: string | undefined): string {
  const name = basename(profileDir);
  return join(userDataFolder(), station === undefined ? name : `${name}-${station}`);
}
