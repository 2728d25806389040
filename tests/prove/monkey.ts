import { ensureElectronForTests } from '../../build/setup/electron-runtime.mjs';
import { isHomeWithin, leaveHome } from '../e2e/escape/home-again.ts';
import { LockedShell, type ShellName } from '../e2e/escape/locked-shell.ts';
import { monkey } from '../e2e/escape/monkey.ts';
import { openStage } from '../e2e/escape/stage.ts';

/** Longer than a visitor's quiet time with its warning (profile, `idle`). */
const IDLE_MS = 240_000;
/** Generous: the machine may be busy with other things. */
const PAGE_MS = 60_000;

/** What came of it, for each shell. */
export interface LongMonkeyFigures {
  readonly gestures: number;
  readonly seeds: readonly number[];
  readonly faults: readonly string[];
  /** Shells that were at home again when nobody had touched them for a while. */
  readonly homeAfterIdle: readonly ShellName[];
}

/** Does random gestures at both shells, half at each, from some seeds; then somebody opens a page, nobody touches them any more, and they have to go home. */
export async function longMonkey(
  gestures: number,
  seeds: readonly number[],
): Promise<LongMonkeyFigures> {
  process.env.KIOSK_TEST_ELECTRON = await ensureElectronForTests();
  const faults: string[] = [];
  const homeAfterIdle: ShellName[] = [];
  for (const name of ['electron', 'browser'] as const) {
    const stage = await openStage();
    const shell = await LockedShell.start(name, stage.display);
    try {
      for (const seed of seeds) {
        const each = Math.ceil(gestures / 2 / seeds.length);
        const figures = await monkey(stage, shell, each, seed);
        faults.push(...figures.faults.map((fault) => `${name}, seed ${seed}: ${fault}`));
      }
      await leaveHome(shell, PAGE_MS);
      if (await isHomeWithin(shell, IDLE_MS)) homeAfterIdle.push(name);
    } finally {
      await shell.close();
      await stage.close();
    }
  }
  return { gestures, seeds, faults, homeAfterIdle };
}
