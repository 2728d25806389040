/**
 * `npm run dist`: every installer that this machine can make, and of each other one the sentence that says why not.
 *   -- --dir            the Electron program unpacked, for this machine
 *   -- --deb            the browser package, for this machine
 *   -- deb-arm64 nsis-x64 …   only these
 *   --version 0.1.1, --out FOLDER
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { assureBudget } from './package/budget.mjs';
import { ensureBuild } from './setup/build-output.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode, ROOT } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain, SetupError, say } from './setup/say.mjs';

const installer = (kind, platform, arch) => async (options) => {
  const { makeInstaller } = await import('./package/electron.mjs');
  return { file: await makeInstaller({ ...options, kind, platform, arch }) };
};
const electronDeb = (arch) => async (options) => {
  const { makeElectronDeb } = await import('./package/electron-deb.mjs');
  return { file: await makeElectronDeb({ ...options, arch }) };
};

/** Everything that can be made, by the name that asks for it. */
const TARGETS = {
  'deb-browser': {
    budget: 'deb-browser',
    make: async (options) => {
      const { makeBrowserDeb } = await import('./package/browser-deb.mjs');
      return { file: await makeBrowserDeb(options) };
    },
  },
  dir: {
    budget: 'dir',
    make: async (options) => (await import('./package/electron.mjs')).packHere(options),
  },
  'deb-x64': { budget: 'deb', make: electronDeb('x64') },
  'deb-arm64': { budget: 'deb', make: electronDeb('arm64') },
  'appimage-x64': { budget: 'appimage', make: installer('AppImage', 'linux', 'x64') },
  'appimage-arm64': { budget: 'appimage', make: installer('AppImage', 'linux', 'arm64') },
  'nsis-x64': { budget: 'nsis', make: installer('nsis', 'win32', 'x64') },
};

/** Makes one; a reason outside the program is told in its sentence. */
async function made(name, options) {
  const { budget, make } = TARGETS[name];
  try {
    const { file, note } = await make(options);
    const size = assureBudget(budget, file);
    console.log(`✓ ${name}：${path.relative(process.cwd(), file)}，${size} MB`);
    if (note) say(note);
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(`✗ ${name}：${error.message}`);
    return false;
  }
}

function asked(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        dir: { type: 'boolean' },
        deb: { type: 'boolean' },
        version: { type: 'string' },
        out: { type: 'string' },
        compression: { type: 'string' },
      },
    });
    const names = [
      ...(values.dir ? ['dir'] : []),
      ...(values.deb ? ['deb-browser'] : []),
      ...positionals,
    ];
    const unknown = names.find((name) => !(name in TARGETS));
    if (unknown === undefined) return { names, values };
    throw new Error(unknown);
  } catch (error) {
    throw new SetupError(
      `命令写得不对（${error.message}），可以写 --dir、--deb 或 ${Object.keys(TARGETS).join('、')}。`,
    );
  }
}

async function main(args) {
  const { names, values } = asked(args);
  await ensureNodeModules();
  if (process.versions.node.split('.')[0] !== '24')
    return handOver(projectNode(), process.argv.slice(1));
  await ensureBuild();
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const options = {
    version: values.version ?? version,
    folder: values.out === undefined ? inRoot('dist') : path.resolve(values.out),
    compression: values.compression,
  };
  let failed = 0;
  for (const name of names.length > 0 ? names : Object.keys(TARGETS))
    if (!(await made(name, options))) failed += 1;
  return failed > 0 ? 1 : 0;
}

await runMain(() => main(process.argv.slice(2)));
