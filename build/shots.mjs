/** `npm run shots`: a picture of every page and state into out/shots/; `-- NAME` only those with NAME in their names. */
import { ensureBuild } from './setup/build-output.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

await runMain(async () => {
  await ensureNodeModules();
  await ensureSystemPackages(['chromium']);
  await ensureBuild();
  return handOver(projectNode(), [inRoot('tests', 'shots', 'shots.ts'), ...process.argv.slice(2)]);
});
