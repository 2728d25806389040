import { setTimeout as pause } from 'node:timers/promises';
import { faultsFound, faultsSeen } from './invariants.ts';
import type { LockedShell } from './locked-shell.ts';
import type { Stage } from './stage.ts';
import type { Attempt, Step, Technique } from './techniques.ts';

/** A window that a gesture opens is there within some tenths of a second; the first look is at once, the last one decides. */
const SETTLE_MS = 120;
/** What only passes (a page that loads anew, a menu that is being closed) has to be over by then. */
const PASSES_MS = 6000;

/** What did not hold after a technique, each with the step that it followed. */
export async function attempt(
  stage: Stage,
  shell: LockedShell,
  { steps }: Technique,
): Promise<string[]> {
  const found: string[] = [];
  const hand = { hand: stage.hand, shell };
  for (const step of steps) found.push(...(await tried(stage, step, hand)));
  await pause(SETTLE_MS);
  found.push(...(await lasting(() => faultsFound(stage, shell))));
  return [...new Set(found)];
}

async function tried(stage: Stage, step: Step, hand: Attempt): Promise<string[]> {
  await step.act(hand);
  const faults = await lasting(() => faultsSeen(stage, hand.shell));
  return faults.map((fault) => `${step.name}: ${fault}`);
}

/** Faults that are still there after a while. */
export async function lasting(look: () => Promise<string[]>): Promise<string[]> {
  const until = performance.now() + PASSES_MS;
  for (;;) {
    const faults = await look();
    if (faults.length === 0 || performance.now() > until) return faults;
    await pause(100);
  }
}
