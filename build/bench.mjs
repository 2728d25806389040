/** `npm run bench`: one JSON object a line; `-- bundle|search|keyboard|printing|waits|paper|rush|day|laws|scroll|fill|ready|pouch|publishing|polls|fleet|memory|taps|starts` only that part. */
import { ensureBuild } from './setup/build-output.mjs';
import { ensureElectronForTests } from './setup/electron-runtime.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

await runMain(async () => {
  await ensureNodeModules();
  await ensureSystemPackages(['chromium', 'xvfb', 'electron', 'nginx', 'postgres']);
  await ensureBuild();
  const env = { ...process.env, KIOSK_TEST_ELECTRON: await ensureElectronForTests() };
  return handOver(projectNode(), [inRoot('tests', 'bench', 'bench.ts'), ...process.argv.slice(2)], {
    env,
  });
});
