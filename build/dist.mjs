/** `npm run dist`: installers by electron-builder; `-- --dir` for an unpacked one. */
import { ensureBuild } from './setup/build-output.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode, ROOT } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';

await runMain(async () => {
  await ensureNodeModules();
  await ensureBuild();
  const builder = inRoot('node_modules', 'electron-builder', 'cli.js');
  return handOver(projectNode(), [builder, ...process.argv.slice(2)], { cwd: ROOT });
});
