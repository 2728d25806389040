/** `npm run district`: the district server, straight from the sources, with its pages built. */
import { ensureBuild } from './setup/build-output.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';

await runMain(async () => {
  await ensureNodeModules();
  await ensureBuild();
  const program = inRoot('src', 'district', 'main.ts');
  return handOver(projectNode(), [program, ...process.argv.slice(2)]);
});
