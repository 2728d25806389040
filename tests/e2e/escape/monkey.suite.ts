import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LockedShell, type ShellName } from './locked-shell.ts';
import { monkey } from './monkey.ts';
import { openStage, type Stage } from './stage.ts';

const GESTURES = 500;
/** A thousand gestures in both shells together; `npm run prove -- monkey` does ten times as many. */
const SEEDS: Readonly<Record<ShellName, number>> = { electron: 20_261_122, browser: 7 };

/** Random gestures and keys at a shell, from a fixed seed. */
export function describeMonkey(name: ShellName): void {
  const seed = SEEDS[name];
  describe(`nobody gets out of the ${name} shell by`, () => {
    let stage: Stage;
    let shell: LockedShell | undefined;
    beforeAll(async () => {
      stage = await openStage();
      shell = await LockedShell.start(name, stage.display);
    });
    afterAll(async () => {
      await shell?.close();
      await stage?.close();
    });

    it(`${GESTURES} random gestures (seed ${seed})`, async () => {
      const running = shell ?? expect.unreachable('no shell');
      const figures = await monkey(stage, running, GESTURES, seed);
      expect(figures).toEqual({ gestures: GESTURES, seed, faults: [] });
      await running.usable();
    });
  });
}
