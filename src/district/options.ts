import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { StartFault } from './start-fault.ts';

/** How a server was started. */
export interface DistrictOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  /** Absent: where the server listens. */
  readonly publicUrl: string | undefined;
  readonly name: string;
  readonly production: boolean;
  /** A proxy on another computer is in front; one on this computer needs no word. */
  readonly behindProxy: boolean;
  /** The database or the folder came from a backup. */
  readonly restored: boolean;
  /** Folder of deployments, for previews. */
  readonly profiles: string;
  readonly databaseUrl: string | undefined;
  readonly metricsToken: string | undefined;
}

/** Those that come with the program. */
const PROFILES = fileURLToPath(new URL('../../assets/profiles', import.meta.url));
const USAGE = 'npm run district -- --data DIR --port 7349';
const FOLDER_USAGE = 'npm run district -- export 文件夹 --data DIR';

const urlSchema = z.url({ protocol: /^https?$/ });

/** What is to be done with a folder of content, while no server runs. */
export interface FolderOrder {
  readonly what: 'export' | 'import';
  readonly folder: string;
  /** Whether an import counts where it would undo what was done since the export. */
  readonly overwrites: boolean;
  readonly options: DistrictOptions;
}

const OVERWRITE = '--overwrite';

/** The order about a folder that a command line gives, if it gives one. Throws `StartFault`. */
export function readFolderOrder(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): FolderOrder | undefined {
  const [what, folder, ...rest] = args;
  if (what !== 'export' && what !== 'import') return undefined;
  if (folder === undefined || folder.startsWith('-'))
    throw new StartFault(`请写明文件夹，例如 ${FOLDER_USAGE}。`);
  const overwrites = what === 'import' && rest.includes(OVERWRITE);
  const others = overwrites ? rest.filter((one) => one !== OVERWRITE) : rest;
  return { what, folder: resolve(folder), overwrites, options: readOptions(others, environment) };
}

/** Reads the command line and the environment. Throws `StartFault` with a sentence for whoever typed it. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DistrictOptions {
  const values = parsed(args);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartFault(`端口 ${values.port} 不对，请写 0 到 65535 的数字。`);
  const publicUrl = values['public-url'];
  if (publicUrl !== undefined && !urlSchema.safeParse(publicUrl).success)
    throw new StartFault(`网址 ${publicUrl} 不对，例如 https://district.example.gov.cn。`);
  return {
    ...{ data: resolve(values.data), port, host: values.host, name: values.name },
    publicUrl: publicUrl?.replace(/\/+$/, ''),
    production: values.production || environment.NODE_ENV === 'production',
    behindProxy: values['behind-proxy'],
    restored: values.restored,
    profiles: resolve(values.profiles),
    databaseUrl: environment.DATABASE_URL,
    metricsToken: environment.METRICS_TOKEN,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string', default: 'data/district' },
        port: { type: 'string', default: '7349' },
        host: { type: 'string', default: '127.0.0.1' },
        'public-url': { type: 'string' },
        name: { type: 'string', default: '区县司法局' },
        production: { type: 'boolean', default: false },
        'behind-proxy': { type: 'boolean', default: false },
        restored: { type: 'boolean', default: false },
        profiles: { type: 'string', default: PROFILES },
      },
    }).values;
  } catch (error) {
    throw new StartFault(`命令写得不对，例如 ${USAGE}。`, { cause: error });
  }
}

const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', '[::1]', 'localhost'];

/** A connection that nobody else can read: within this computer, or over TLS to a server that proves who it is. */
function isSafeLink(databaseUrl: string): boolean {
  if (!URL.canParse(databaseUrl)) return false;
  const { hostname, searchParams } = new URL(databaseUrl);
  // What stands in the query counts before the address itself.
  const host = decodeURIComponent(searchParams.get('host') ?? hostname);
  const isHere = LOOPBACK.includes(host) || host.startsWith('/');
  return isHere || searchParams.get('sslmode') === 'verify-full';
}

/** Where a database lies, for a person to read: without account and password. */
export function databasePlace(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return ' DATABASE_URL 指定的数据库';
  const { host, pathname, searchParams } = new URL(databaseUrl);
  const at = decodeURIComponent(searchParams.get('host') ?? host);
  return ` ${at} 上的数据库 ${decodeURIComponent(pathname.slice(1))}`;
}

/** What a server needs to have before it may be reached from elsewhere. */
export interface Safety {
  readonly areKeysOpen: boolean;
  readonly areRootKeysHere: boolean;
}

/** Why a server must not start in earnest; undefined when it may. */
export function insecurity(
  { production, publicUrl, databaseUrl, host, behindProxy }: DistrictOptions,
  { areKeysOpen, areRootKeysHere }: Safety,
): string | undefined {
  if (areKeysOpen) return '服务器密钥文件别人也能读，请把权限改为只有本用户可读（chmod 600）。';
  if (!production) return undefined;
  if (publicUrl?.startsWith('https://') !== true)
    return '正式运行必须用 --public-url 写明 https 开头的网址。';
  if (databaseUrl === undefined)
    return '正式运行必须用 DATABASE_URL 指定 PostgreSQL：内置数据库在断电时可能丢失已经确认的数据。';
  if (!isSafeLink(databaseUrl))
    return 'DATABASE_URL 连到别的计算机时必须加密并且核对对方身份，请在地址后面加上 sslmode=verify-full，需要时用 sslrootcert 指定证书。';
  if (areRootKeysHere)
    return '根密钥还在服务器上，请按运维手册拷到两个离线介质后从服务器删除，再启动。';
  const isLoopback = LOOPBACK.includes(host);
  if (!isLoopback && !behindProxy)
    return '正式运行请只监听本机（--host 127.0.0.1），由同一台机器上的反向代理提供 https；代理在别的机器上时请加 --behind-proxy，并且只让那台机器连进来。';
  return undefined;
}
