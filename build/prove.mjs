/**
 * `npm run prove`: the long suite, one JSON object a line with its figures; `-- queue-crashes` only that part.
 * `sync-kills`: the host of an enrolled terminal is killed 100 times while it pulls, sends and takes in a stick.
 * `fleet`: 100 terminals take 5,000 changes from a server on PostgreSQL that is killed again and again; what each holds is asked of SQL.
 * `mutated-feeds` changes a valid feed at random 10,000 times; `socket-fuzz` sends the fuzz of the API and broken HTTP over real connections.
 * `feed-model`, `outbox-model`, `network-faults`, `mutated-feeds`, `district-fuzz`, `power-loss` and `sync-kills` go by a chance that is
 * another each time; a line says the seed before they begin. `PROVE_SEED` repeats one, `PROVE_RUNS` makes it longer or shorter.
 * `supervision` kills each process `PROVE_KILLS` times (100), only of `PROVE_SHELLS` (browser,electron,hall) and `PROVE_KINDS`
 * (page,host,browser,shell) when those are set. `soak` lasts `PROVE_MINUTES` (30) and draws out/soak.svg.
 */
import { ensureBuild } from './setup/build-output.mjs';
import { ensureElectronForTests } from './setup/electron-runtime.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { inRoot, projectNode } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

await runMain(async () => {
  await ensureNodeModules();
  const isWanted = (part) => process.argv.length === 2 || process.argv.includes(part);
  await ensureSystemPackages(['strace', 'chromium', 'xvfb', 'electron', 'hand']);
  await ensureBuild();
  if (isWanted('supervision') && (process.env.PROVE_SHELLS ?? 'electron').includes('electron'))
    process.env.KIOSK_TEST_ELECTRON = await ensureElectronForTests();
  return handOver(projectNode(), [inRoot('tests', 'prove', 'prove.ts'), ...process.argv.slice(2)]);
});
