<<<<<<< HEAD

/** `npm run prove`: the long suite, one JSON object a line with its figures; `-- queue-crashes` only that part. */
import { ensureBuild } from './setup/build-output.mjs';

=======

/**
 * `npm run prove`: the long suite, one JSON object a line with its figures; `-- queue-crashes` only that part.
 * `supervision` kills each process `PROVE_KILLS` times (100), only of `PROVE_SHELLS` (browser,electron) and `PROVE_KINDS`
 * (page,host,browser,shell) when those are set. `soak` lasts `PROVE_MINUTES` (30) and draws out/soak.svg.
 */
import { ensureBuild } from './setup/build-output.mjs';
import { ensureElectronForTests } from './setup/electron-runtime.mjs';

>>>>>>> c6e8c04 (npm run prove kills each process and soaks a terminal; looks are checked before they are believed)

import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

await runMain(async () => {
  await ensureNodeModules();
<<<<<<< HEAD
  await ensureSystemPackages(['strace', 'chromium', 'xvfb', 'electron', 'hand']);
  await ensureBuild();
=======
  const wanted = process.argv.slice(2);
  const isWanted = (part) => wanted.length === 0 || wanted.includes(part);
  await ensureSystemPackages(['strace']);
  if (isWanted('supervision') || isWanted('soak')) {
    await ensureSystemPackages(['chromium', 'xvfb']);
    await ensureBuild();
  }
  const { PROVE_SHELLS = 'electron' } = process.env;
  if (isWanted('supervision') && PROVE_SHELLS.includes('electron')) {
    await ensureSystemPackages(['electron']);
    await ensureElectronForTests();
  }
>>>>>>> c6e8c04 (npm run prove kills each process and soaks a terminal; looks are checked before they are believed)
  return handOver(projectNode(), [inRoot('tests', 'prove', 'prove.ts'), ...process.argv.slice(2)]);
});
