/** The browser-shell package: station host, its own Node, and the system's Chromium as a dependency. */
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot, projectNode } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { SetupError } from '../setup/say.mjs';
import { buildDeb } from './deb.mjs';
import { layTree, ordinaryModes, PROGRAM } from './debian-tree.mjs';
import { stagePayload } from './payload.mjs';
import { writeProgramFiles } from './program-files.mjs';

export const BROWSER_PACKAGE = 'legal-kiosk-browser';

const CONTROL = {
  Package: BROWSER_PACKAGE,
  Maintainer: 'legal-kiosk <legal-kiosk@example.invalid>',
  // The machine's scripts need what `build/machine` names; without them the program runs in any graphical session.
  Depends:
    'libc6 (>= 2.28), libstdc++6 (>= 6), adduser, debconf (>= 0.5) | debconf-2.0, chromium | chromium-browser | google-chrome-stable',
  Recommends: 'chromium-sandbox, fonts-noto-cjk, espeak-ng, alsa-utils, cups-client, fontconfig',
  Provides: 'legal-kiosk',
  Conflicts: 'legal-kiosk',
  Replaces: 'legal-kiosk',
  Section: 'misc',
  Priority: 'optional',
  Description:
    'touch terminal for public legal service stations (in Chromium)\n 公共法律服务触摸查询一体机，用系统自带的 Chromium 显示页面。\n An offline-first self-service terminal: services, law texts, forms, a queue and its\n windows. This package brings the station host with its own Node.js and shows the\n pages in the Chromium of the system, full screen.',
};

const inNode = (program) => `/${PROGRAM}/bin/node /${PROGRAM}/out/main/${program}`;
const COMMANDS = { terminal: inNode('browser-shell.js'), admin: inNode('kiosk.js') };

/** Node as it ships: without the symbols of its debugger, which are a fifth of it. */
async function putNode(root) {
  const to = path.join(root, PROGRAM, 'bin', 'node');
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(projectNode(), to);
  chmodSync(to, 0o755);
  const { status } = await run(to, ['-e', '0']);
  if (status !== 0) throw new SetupError('打包用的 Node 不能运行。');
}

/**
 * Makes the package for the architecture of this machine.
 * @param {{ version: string, folder: string, compression?: string }} options
 * @returns {Promise<string>} the file
 */
export async function makeBrowserDeb({ version, folder, compression }) {
  if (process.platform !== 'linux') throw new SetupError('浏览器版 deb 要在 Linux 上做。');
  const root = inRoot('out', 'package', `browser-deb-${process.arch}`);
  rmSync(root, { recursive: true, force: true });
  const program = path.join(root, PROGRAM);
  stagePayload(program, `linux-${process.arch}`, version);
  for (const name of ['out/preload', 'out/main/electron.js'])
    rmSync(path.join(program, name), { recursive: true, force: true });
  for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES.txt']) rmSync(path.join(program, name));
  await putNode(root);
  const conffiles = layTree(root, BROWSER_PACKAGE, COMMANDS);
  ordinaryModes(root);
  await writeProgramFiles(program, version);
  const scripts = ['postinst', 'prerm', 'postrm', 'templates', 'config'];
  return buildDeb({
    ...{ root, control: CONTROL, scripts, conffiles, version, folder, compression },
    arch: process.arch,
  });
}
