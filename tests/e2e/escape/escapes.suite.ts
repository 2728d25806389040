import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attempt, lasting } from './attempts.ts';
import { faultsFound } from './invariants.ts';
import { LockedShell, type ShellName } from './locked-shell.ts';
import { openStage, type Stage } from './stage.ts';
import { ENDING, TECHNIQUES } from './techniques.ts';

/** Tries every way out of a shell on a stage of its own (standards S). */
export function describeEscapes(name: ShellName): void {
  describe(`nobody gets out of the ${name} shell by`, () => {
    let stage: Stage;
    let shell: LockedShell | undefined;
    beforeAll(async () => {
      stage = await openStage();
    });
    // What went wrong in one technique is no fault of the next.
    beforeEach(async () => {
      if (shell !== undefined && (await faultsFound(stage, shell)).length === 0) return;
      await shell?.close();
      shell = await LockedShell.start(name, stage.display);
    });
    afterAll(async () => {
      await shell?.close();
      await stage?.close();
    });
    const running = () => shell ?? expect.unreachable('no shell');

    it.each(TECHNIQUES)('$name', async (technique) => {
      expect(await attempt(stage, running(), technique)).toEqual([]);
    });

    it.each(ENDING)('ending it with $name: it is back by itself', async ({ act }) => {
      await act({ hand: stage.hand, shell: running() });
      await running().usable();
      expect(await lasting(() => faultsFound(stage, running()))).toEqual([]);
    });
  });
}
