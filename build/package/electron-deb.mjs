/** The Debian package of the Electron program: the unpacked program as it is, and around it what the browser package has, too. */
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../setup/paths.mjs';
import { buildDeb } from './deb.mjs';
import { layTree, ordinaryModes, PROGRAM } from './debian-tree.mjs';
import { packOfficial } from './electron.mjs';

const CONTROL = {
  Package: 'legal-kiosk',
  Maintainer: 'legal-kiosk <legal-kiosk@example.invalid>',
  // What Electron asks for on Debian 12. libX11-xcb is opened by name when a window is to be shown, and Electron falls without a word where it is missing.
  Depends:
    'libc6 (>= 2.28), adduser, debconf (>= 0.5) | debconf-2.0, libgtk-3-0, libnss3, libasound2, libgbm1, libxss1, libatk-bridge2.0-0, libcups2, libdrm2, libx11-xcb1, libxkbcommon0, libxcomposite1, libxdamage1, libxrandr2',
  Recommends: 'fonts-noto-cjk, espeak-ng, alsa-utils, cups-client, fontconfig',
  Conflicts: 'legal-kiosk-browser',
  Replaces: 'legal-kiosk-browser',
  Section: 'misc',
  Priority: 'optional',
  Description:
    'touch terminal for public legal service stations (in Electron)\n 公共法律服务触摸查询一体机，自带锁定的页面程序。\n An offline-first self-service terminal: services, law texts, forms, a queue and its\n windows. This package brings the pages in a locked-down Electron of its own.',
};

const ELECTRON = `/${PROGRAM}/legal-kiosk`;
/**
 * A technician's command shows no page and so needs no sandbox, which as root there is none of, nor the processes from
 * which pages are made; and Chromium is not to talk about the computer's buses beside it.
 */
const COMMANDS = {
  terminal: ELECTRON,
  admin: `${ELECTRON} --no-sandbox --no-zygote --log-level=3 --admin --`,
};

/**
 * Makes the package of an unpacked program.
 * @param {{ unpacked: string, version: string, arch: string, folder: string, compression?: string }} options
 * @returns {Promise<string>} the file
 */
export async function debOf({ unpacked, version, arch, folder, compression }) {
  const root = inRoot('out', 'package', `electron-deb-${arch}`);
  rmSync(root, { recursive: true, force: true });
  const program = path.join(root, PROGRAM);
  cpSync(unpacked, program, { recursive: true });
  const conffiles = layTree(root, CONTROL.Package, COMMANDS);
  ordinaryModes(root);
  // Chromium's sandbox where the kernel gives ordinary users no namespaces of their own.
  const sandbox = path.join(program, 'chrome-sandbox');
  if (existsSync(sandbox)) chmodSync(sandbox, 0o4755);
  const scripts = ['postinst', 'prerm', 'postrm', 'templates', 'config'];
  return buildDeb({
    ...{ root, control: CONTROL, scripts, conffiles, version, arch, folder, compression },
  });
}

/** @throws {SetupError} when Electron for that machine cannot be had */
export async function makeElectronDeb({ version, arch, folder, compression }) {
  const unpacked = await packOfficial({ platform: 'linux', arch, version });
  return debOf({ unpacked, version, arch, folder, compression });
}
