/** `npm run prove`: the long suite, one JSON object a line with its figures; `-- queue-crashes` only that part. */
import { ensureBuild } from './setup/build-output.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

await runMain(async () => {
  await ensureNodeModules();
  await ensureSystemPackages(['strace', 'chromium', 'xvfb', 'electron', 'hand']);
  await ensureBuild();
  return handOver(projectNode(), [inRoot('tests', 'prove', 'prove.ts'), ...process.argv.slice(2)]);
});
