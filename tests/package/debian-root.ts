import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../build/setup/paths.mjs';

const execute = promisify(execFile);
const TEN_MINUTES = 600_000;

/** A bare Debian in a folder, of which programs see nothing but that folder. */
export interface DebianRoot {
  readonly folder: string;
  /** Runs a shell line as root inside; both outputs and the exit status. */
  readonly run: (line: string) => Promise<{ status: number; output: string }>;
  /** Starts a shell line inside and leaves it running; it dies with what it started when it is killed. */
  readonly start: (line: string) => ChildProcess;
  readonly remove: () => void;
}

/**
 * Enters the root: own mounts and processes, and a real root folder (pivot_root) rather than a chroot, because Chromium's
 * sandbox refuses to work in one. `$1` is the root, `$2` a file that stands for the list of input devices.
 */
const ENTER = `set -e
root=$1 devices=$2 line=$3
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
[ -z "$devices" ] || mount --bind "$devices" "$root/proc/bus/input/devices"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs tmpfs "$root/run"
mkdir "$root/run/old"
cd "$root"
pivot_root . run/old
umount -l /run/old
cd /
export DEBIAN_FRONTEND=noninteractive
exec sh -c "$line"`;

/** Where this machine's own system finds Debian's packages, without other vendors'. */
function sources(): string[] {
  const found = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'].find((file) =>
    existsSync(file),
  );
  if (found === undefined) throw new Error('this system names no sources of Debian packages');
  return [found];
}

/** Makes a bare Debian 12. What was downloaded is kept for the next time. Needs root. */
export async function debianRoot(touchDevices: string): Promise<DebianRoot> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-debian-'));
  const base = join(cacheFolder(), 'debian-12-base.tar');
  if (!existsSync(base)) await makeBase(base);
  await execute('tar', ['xf', base, '-C', folder, '--exclude=./dev/*']);
  cpSync('/etc/resolv.conf', join(folder, 'etc/resolv.conf'), { dereference: true });
  const archives = join(cacheFolder(), 'debian-12-archives');
  if (existsSync(archives))
    cpSync(archives, join(folder, 'var/cache/apt/archives'), { recursive: true });
  const devices = join(folder, 'tmp', 'input-devices');
  writeFileSync(devices, touchDevices);
  writeFileSync(
    join(folder, 'etc/apt/apt.conf.d/90kept'),
    'APT::Keep-Downloaded-Packages "true";\n',
  );
  const start = (line: string) =>
    spawn(
      'unshare',
      [
        ...['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'],
        ...['sh', '-c', ENTER, 'sh', folder, devices, line],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } },
    );
  return {
    folder,
    start,
    run: (line) => ended(start(line)),
    remove: () => {
      keepArchives(folder, archives);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeBase(base: string): Promise<void> {
  mkdirSync(cacheFolder(), { recursive: true });
  const options = [
    'path-exclude=/usr/share/man/*',
    'path-exclude=/usr/share/locale/*',
    'force-unsafe-io',
  ];
  const args = ['--variant=minbase', ...options.map((option) => `--dpkgopt=${option}`)];
  await execute('mmdebstrap', [...args, 'bookworm', `${base}.part.tar`, ...sources()], {
    timeout: TEN_MINUTES,
    maxBuffer: 2 ** 26,
  });
  await execute('mv', [`${base}.part.tar`, base]);
}

function keepArchives(folder: string, archives: string): void {
  const from = join(folder, 'var/cache/apt/archives');
  mkdirSync(archives, { recursive: true });
  for (const name of readdirSync(from))
    if (name.endsWith('.deb')) cpSync(join(from, name), join(archives, name));
}

function ended(child: ChildProcess): Promise<{ status: number; output: string }> {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({ status: status ?? -1, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}
