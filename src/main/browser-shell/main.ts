import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EXIT_CANNOT_START } from '#shared/contract/host-process.ts';
import { type AppPaths, appPaths } from '../shell/app-paths.ts';
import { hasDisplay } from '../shell/has-display.ts';
import { spawnNodeHost } from '../shell/host-child.ts';
import { type ShellOptions, shellOptions, UsageError } from '../shell/shell-options.ts';
import { HostStartError, type SupervisedHost, superviseHost } from '../shell/supervised-host.ts';
import { removeProfile, startChromium } from './chromium.ts';
import { findChromium } from './find-chromium.ts';
import { type SupervisedBrowser, superviseBrowser } from './supervised-browser.ts';

/**
 * The browser shell: the station host with its web server, and the system's Chromium in kiosk mode on it. It supervises
 * both. Standard output has one line; all else goes to standard error.
 */
async function main(): Promise<void> {
  const paths = appPaths(fileURLToPath(import.meta.url));
  const options = shellOptions(process.argv.slice(2), paths, 'browser');
  const host = startHost(options, paths);
  let browser: SupervisedBrowser | undefined;
  const browserDir = join(options.dataDir, 'browser');
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await browser?.stop();
    await host.stop();
    if (browser !== undefined) removeProfile(browserDir);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => void stop().then(() => process.exit(0)));
  const { url = '' } = await host.ready;
  if (options.shell === 'browser') browser = openBrowser(host, `${url}/visitor/`, browserDir);
  else console.log(JSON.stringify({ url }));
}

function startHost(options: ShellOptions, paths: AppPaths): SupervisedHost {
  const programVersion = versionOf(paths.root);
  const { dataDir, profileDir, station, startAt, pageDir } = options;
  return superviseHost(
    (port) =>
      spawnNodeHost(process.execPath, paths.hostEntry, {
        dataDir,
        profileDir,
        station,
        startAt,
        pageDir,
        programVersion,
        port: port ?? options.port,
      }),
    {},
    (sentence) => console.error(sentence),
  );
}

/** Without a display or a browser the terminal still serves its pages. */
function openBrowser(
  host: SupervisedHost,
  address: string,
  browserDir: string,
): SupervisedBrowser | undefined {
  if (!hasDisplay()) {
    console.log(`没有找到显示屏(DISPLAY 和 WAYLAND_DISPLAY 都没有设置),只提供页面:${address}`);
    return undefined;
  }
  const chromium = findChromium();
  if (chromium === undefined) {
    console.log(`没有找到浏览器,请安装 chromium 后再启动,现在只提供页面:${address}`);
    return undefined;
  }
  console.log(`终端已启动,页面在 ${address},按 Ctrl+C 结束。`);
  return superviseBrowser(
    () => startChromium(chromium, browserDir, address),
    host,
    (sentence) => console.error(sentence),
  );
}

function versionOf(root: string): string {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

// Whoever read the line and closed the pipe must not end the terminal.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  await main();
} catch (error) {
  if (error instanceof HostStartError || error instanceof UsageError) {
    const stopped = error instanceof HostStartError && error.kind === 'stopped';
    if (!stopped) console.error(error.message);
    process.exitCode = stopped ? 0 : EXIT_CANNOT_START;
  } else {
    console.error(error);
    console.error('程序内部出错,请把上面的文字发给维护人员。');
    process.exit(1);
  }
}
