/** `npm start`: sets up what is missing and runs a terminal; see docs/operations.md for the options. */
import { ensureBuild } from './setup/build-output.mjs';
import { ensureOfficialRuntime, findOfficialRuntime } from './setup/electron-runtime.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode, ROOT } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain, SetupError, say } from './setup/say.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

/** The value of --shell, as `--shell x` or `--shell=x`; the shells themselves refuse a wrong one. */
export function wantedShell(args) {
  const index = args.findIndex((arg) => arg === '--shell' || arg.startsWith('--shell='));
  if (index === -1) return undefined;
  const [, value] = args[index].split('=');
  return value ?? args[index + 1];
}

async function runElectron(args) {
  await ensureSystemPackages(['electron']);
  const program = await ensureOfficialRuntime();
  // Chromium refuses its sandbox to root; a station runs as a user of its own (docs/operations.md).
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return handOver(program, [...asRoot, ROOT, ...args]);
}

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

async function ensureBrowser() {
  try {
    await ensureSystemPackages(['chromium']);
  } catch (error) {
    // Without a display the page is opened on another machine; the browser shell says so.
    if (hasDisplay() || !(error instanceof SetupError)) throw error;
    say(error.message);
  }
}

async function main(args) {
  await ensureNodeModules();
  await ensureBuild();
  const wanted = wantedShell(args);
  if (wanted === 'electron' || (wanted === undefined && hasDisplay() && findOfficialRuntime()))
    return runElectron(args);
  if (wanted !== 'none') await ensureBrowser();
  return handOver(projectNode(), [inRoot('out', 'main', 'browser-shell.js'), ...args]);
}

await runMain(() => main(process.argv.slice(2)));
