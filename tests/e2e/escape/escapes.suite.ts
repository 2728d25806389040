import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attempt, lasting } from './attempts.ts';
import { faultsFound } from './invariants.ts';
import { LockedShell, type ShellName, type Standing } from './locked-shell.ts';
import { openStage, type Stage } from './stage.ts';
import { ENDING, KEYS_AND_BUTTONS, type Step, TECHNIQUES, type Technique } from './techniques.ts';

/** Tries every way out of a shell on a stage of its own (standards S). */
export function describeEscapes(name: ShellName): void {
  describeTechniques(`nobody gets out of the ${name} shell by`, name, TECHNIQUES, ENDING);
}

/** Tries keys and buttons at the recovery page of a shell that runs as a service and whose deployment is broken. */
export function describeStillEscapes(name: ShellName): void {
  const profile = mkdtempSync(join(tmpdir(), 'broken-profile-'));
  writeFileSync(join(profile, 'profile.yaml'), 'id: [');
  afterAll(() => rmSync(profile, { recursive: true }));
  const standing = { profile, path: '/recovery/', environment: { NOTIFY_SOCKET: '/run/none' } };
  describeTechniques(
    `nobody gets past the recovery page of the ${name} shell by`,
    name,
    KEYS_AND_BUTTONS,
    [],
    standing,
  );
}

function describeTechniques(
  title: string,
  name: ShellName,
  techniques: readonly Technique[],
  ending: readonly Step[],
  standing?: Standing,
): void {
  describe(title, () => {
    let stage: Stage;
    let shell: LockedShell | undefined;
    beforeAll(async () => {
      stage = await openStage();
    });
    // What went wrong in one technique is no fault of the next.
    beforeEach(async () => {
      if (shell !== undefined && (await faultsFound(stage, shell)).length === 0) return;
      await shell?.close();
      shell = await LockedShell.start(name, stage.display, standing);
    });
    afterAll(async () => {
      await shell?.close();
      await stage?.close();
    });
    const running = () => shell ?? expect.unreachable('no shell');

    it.each(techniques)('$name', async (technique) => {
      expect(await attempt(stage, running(), technique)).toEqual([]);
    });

    it.each(ending)('ending it with $name: it is back by itself', async ({ act }) => {
      await act({ hand: stage.hand, shell: running() });
      await running().usable();
      expect(await lasting(() => faultsFound(stage, running()))).toEqual([]);
    });
  });
}
