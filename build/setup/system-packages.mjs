import { existsSync, readdirSync } from 'node:fs';
import { findProgram } from './paths.mjs';
import { lastLines, run } from './run.mjs';
import { SetupError, say, withProgress } from './say.mjs';

/** Names under which a Chromium is known, best first. */
export const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge'];

/** Whether the dynamic linker knows a library. */
async function hasLibrary(name) {
  const ldconfig = findProgram('ldconfig') ?? '/sbin/ldconfig';
  const { output } = await run(ldconfig, ['-p']);
  return output.includes(`${name} `) || existsSync(`/usr/lib/${name}`);
}

/** Everything that the system must bring, with how to see it and how Debian calls it. */
const NEEDS = {
  chromium: {
    title: 'Chromium 浏览器',
    debian: ['chromium'],
    isThere: async () =>
      Boolean(process.env.KIOSK_CHROMIUM) || CHROMIUM_NAMES.some((name) => findProgram(name)),
  },
  xvfb: {
    title: '虚拟显示 Xvfb',
    debian: ['xvfb', 'xauth'],
    isThere: async () => ['Xvfb', 'xauth'].every((name) => findProgram(name)),
  },
  electron: {
    title: 'Electron 运行所需的系统库',
    debian: [
      ...['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0'],
      ...['libcups2', 'libdrm2', 'libxkbcommon0', 'libxcomposite1', 'libxdamage1', 'libxrandr2'],
    ],
    isThere: async () => {
      if (process.platform !== 'linux') return true;
      const names = ['libgtk-3.so.0', 'libnss3.so', 'libasound.so.2', 'libgbm.so.1', 'libXss.so.1'];
      return (await Promise.all(names.map(hasLibrary))).every(Boolean);
    },
  },
  cups: {
    title: '打印系统 CUPS（测试用）',
    debian: ['cups', 'cups-daemon', 'cups-client'],
    isThere: async () =>
      Boolean(findProgram('cupsd') ?? existsSync('/usr/sbin/cupsd')) &&
      existsSync('/usr/lib/cups/backend/socket') &&
      Boolean(findProgram('lp')),
  },
  espeak: {
    title: '语音合成 espeak-ng（测试用）',
    debian: ['espeak-ng'],
    isThere: async () => Boolean(findProgram('espeak-ng')),
  },
  poppler: {
    title: 'poppler-utils（测试用）',
    debian: ['poppler-utils'],
    isThere: async () => Boolean(findProgram('pdftoppm')),
  },
  netns: {
    title: 'iproute2（测试断网用）',
    debian: ['iproute2', 'util-linux'],
    isThere: async () =>
      ['ip', 'unshare'].every(
        (name) =>
          findProgram(name) || existsSync(`/sbin/${name}`) || existsSync(`/usr/sbin/${name}`),
      ),
  },
  postgres: {
    title: '数据库 PostgreSQL（测试用）',
    debian: ['postgresql'],
    isThere: async () =>
      existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0,
  },
  nginx: {
    title: '网页服务器 nginx（测试用）',
    debian: ['nginx-light'],
    isThere: async () => Boolean(findProgram('nginx')) || existsSync('/usr/sbin/nginx'),
  },
  strace: {
    title: 'strace（测试断电用）',
    debian: ['strace'],
    isThere: async () => Boolean(findProgram('strace')),
  },
  shellcheck: {
    title: 'shellcheck（检查脚本）',
    debian: ['shellcheck'],
    isThere: async () => Boolean(findProgram('shellcheck')),
  },
  systemd: {
    title: 'systemd-analyze（检查 systemd 单元）',
    debian: ['systemd'],
    isThere: async () => Boolean(findProgram('systemd-analyze')),
  },
  hand: {
    title: 'xdotool 和窗口管理器 openbox（测试用）',
    debian: ['xdotool', 'openbox'],
    isThere: async () => ['xdotool', 'openbox', 'stdbuf'].every((name) => findProgram(name)),
  },
  mmdebstrap: {
    title: '做 Debian 系统文件夹的 mmdebstrap（测试安装用）',
    debian: ['mmdebstrap'],
    isThere: async () => Boolean(findProgram('mmdebstrap')),
  },
  unzip: { title: 'unzip', debian: ['unzip'], isThere: async () => Boolean(findProgram('unzip')) },
  git: { title: 'Git', debian: ['git'], isThere: async () => Boolean(findProgram('git')) },
};

async function missingOf(names) {
  const there = await Promise.all(names.map((name) => NEEDS[name].isThere()));
  return names.filter((_name, index) => !there[index]);
}

async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-qq'], { env });
  const install = await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    { env },
  );
  return { status: install.status, output: update.output + install.output };
}

/**
 * Makes sure that the system brings what is named, installing it where we may.
 * @param {readonly (keyof typeof NEEDS)[]} names
 * @throws {SetupError} one sentence that names what to install
 */
export async function ensureSystemPackages(names) {
  const missing = await missingOf(names);
  if (missing.length === 0) return;
  const titles = missing.map((name) => NEEDS[name].title).join('、');
  const packages = missing.flatMap((name) => NEEDS[name].debian);
  const advice = `请用管理员身份运行：apt-get install -y ${packages.join(' ')}`;
  if (!findProgram('apt-get'))
    throw new SetupError(`缺少${titles}，这个系统没有 apt-get：请用系统自己的办法安装后再试。`);
  if (process.getuid?.() !== 0) throw new SetupError(`缺少${titles}:${advice}。`);
  const { status, output } = await withProgress(`安装${titles}`, () => aptInstall(packages));
  if (status === 0 && (await missingOf(missing)).length === 0) return;
  say(lastLines(output));
  throw new SetupError(`${titles}没有装上：${advice}。`);
}
