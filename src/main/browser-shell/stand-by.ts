import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { absentHost } from '../shell/absent-host.ts';
import { NO_RECORD } from '../shell/recoveries.ts';
import type { ServiceManager } from '../shell/service-manager.ts';
import { FIRST_AGAIN_MS } from '../shell/supervised-host.ts';
import { openScreen } from './screen.ts';

/**
 * For a service that cannot even begin: shows the recovery page with a sentence for the staff. Resolves with `again` after a
 * minute, because only a new start reads the settings anew, or with `ended` when the program is told to end.
 */
export async function standBy(
  recoveryDir: string,
  manager: ServiceManager,
  sentence: string,
): Promise<'again' | 'ended'> {
  // Settings that cannot be read name no data folder.
  const profileDir = mkdtempSync(join(tmpdir(), 'legal-kiosk-stand-by-'));
  const screen = openScreen({
    ...{ host: absentHost(sentence), address: 'about:blank', profileDir, recoveries: NO_RECORD },
    recoveryDir,
    onUsable: manager.usable,
  });
  screen.standBy(sentence);
  manager.ready();
  const isTold = ['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => once(process, signal));
  const outcome = await Promise.race([
    pause(FIRST_AGAIN_MS, 'again' as const),
    ...isTold.map((told) => told.then(() => 'ended' as const)),
  ]);
  manager.stop();
  await screen.close();
  return outcome;
}
