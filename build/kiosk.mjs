/** `npm run kiosk -- COMMAND`: the technicians' commands, straight from the sources. */
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';

await runMain(async () => {
  await ensureNodeModules();
  const program = inRoot('src', 'main', 'cli', 'kiosk.ts');
  return handOver(projectNode(), [program, ...process.argv.slice(2)]);
});
