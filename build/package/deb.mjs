/** Debian packages by Debian's own tool, from a folder that looks like the installed files. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { findProgram, inRoot, ROOT } from '../setup/paths.mjs';
import { lastLines, run } from '../setup/run.mjs';
import { SetupError } from '../setup/say.mjs';
import { filesBelow } from './payload.mjs';

const DEBIAN_ARCH = { x64: 'amd64', arm64: 'arm64' };

/** What Debian calls a machine. */
export const debianArch = (arch) => DEBIAN_ARCH[arch] ?? arch;

/** Time of the last commit, in seconds, so that the same sources make the same package. */
async function sourceTime() {
  const { status, output } = await run('git', ['log', '-1', '--format=%ct'], { cwd: ROOT });
  return status === 0 ? output.trim() : '0';
}

const md5 = (file) => createHash('md5').update(readFileSync(file)).digest('hex');

/** The control file of a package; fields in the order given, long description indented. */
export function controlFile(fields) {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\n')}\n`;
}

function writeControl(root, { control, scripts, conffiles, version, arch }) {
  const place = path.join(root, 'DEBIAN');
  mkdirSync(place, { recursive: true });
  const files = filesBelow(root).filter(
    (file) => !file.startsWith('DEBIAN/') && lstatSync(path.join(root, file)).isFile(),
  );
  const bytes = files.reduce((sum, file) => sum + statSync(path.join(root, file)).size, 0);
  const { Package, ...rest } = control;
  const fields = {
    ...{ Package, Version: version, Architecture: debianArch(arch) },
    ...{ 'Installed-Size': Math.ceil(bytes / 1024), ...rest },
  };
  writeFileSync(path.join(place, 'control'), controlFile(fields));
  const sums = files
    .filter((file) => !conffiles.includes(file))
    .map((file) => `${md5(path.join(root, file))}  ${file}`);
  writeFileSync(path.join(place, 'md5sums'), `${sums.join('\n')}\n`);
  writeFileSync(path.join(place, 'conffiles'), conffiles.map((file) => `/${file}\n`).join(''));
  for (const name of scripts) {
    const text = readFileSync(inRoot('build', 'package', 'debian', name), 'utf8');
    writeFileSync(path.join(place, name), text.replaceAll('@PACKAGE@', Package));
    chmodSync(path.join(place, name), name === 'templates' ? 0o644 : 0o755);
  }
}

/** The changelog that Debian's policy asks for: this version and where to read more. */
function writeChangelog(root, name, version, seconds) {
  const place = path.join(root, 'usr/share/doc', name);
  mkdirSync(place, { recursive: true });
  const date = new Date(Number(seconds) * 1000).toUTCString().replace('GMT', '+0000');
  const text = `${name} (${version}) stable; urgency=medium\n\n  * Release ${version}.\n\n -- legal-kiosk <legal-kiosk@example.invalid>  ${date}\n`;
  writeFileSync(path.join(place, 'changelog.gz'), gzipSync(text, { level: 9 }));
}

/**
 * Makes a package from a folder of installed files.
 * @param {object} parts
 * @param {string} parts.root the folder; DEBIAN/ is added to it
 * @param {Record<string, string>} parts.control fields beside Version, Architecture and Installed-Size
 * @param {readonly string[]} parts.scripts names in build/package/debian
 * @param {readonly string[]} parts.conffiles the station's own files, from the root; an upgrade leaves those that were changed
 * @param {string} parts.version
 * @param {string} parts.arch
 * @param {string} parts.folder where the package goes
 * @param {string} [parts.compression] dpkg-deb's -Z; old systems (UOS, Kylin) know xz, not zstd
 * @returns {Promise<string>} the file
 * @throws {SetupError}
 */
export async function buildDeb({ compression = 'xz', ...parts }) {
  const tool = findProgram('dpkg-deb');
  if (!tool) throw new SetupError('没有 dpkg-deb，deb 要在 Debian 或由它而来的系统上做。');
  const { root, control, version, arch, folder } = parts;
  const seconds = await sourceTime();
  writeChangelog(root, control.Package, version, seconds);
  writeControl(root, parts);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${control.Package}_${version}_${debianArch(arch)}.deb`);
  rmSync(file, { force: true });
  const { status, output } = await run(
    tool,
    ['--root-owner-group', `-Z${compression}`, '--build', root, file],
    { env: { ...process.env, SOURCE_DATE_EPOCH: seconds } },
  );
  if (status !== 0)
    throw new SetupError(`dpkg-deb 没有做成 ${path.basename(file)}：${lastLines(output, 1)}`);
  return file;
}
