import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Display, openDisplay } from '../electron/display.ts';
import { XHand } from './x-hand.ts';
import { XDisplay } from './x-windows.ts';

/** A screen with a window manager and a hand in front of it. */
export interface Stage {
  readonly display: string;
  readonly hand: XHand;
  readonly x: XDisplay;
  /** Windows that were there before any program. */
  readonly ground: ReadonlySet<number>;
  readonly close: () => Promise<void>;
}

/** Opens a stage of the size of a portrait terminal. */
export async function openStage(): Promise<Stage> {
  const screen: Display = await openDisplay();
  const manager = spawn('openbox', ['--config-file', join(import.meta.dirname, 'openbox.xml')], {
    env: { ...process.env, DISPLAY: screen.name },
    stdio: 'ignore',
  });
  const x = await XDisplay.open(screen.name);
  const ground = await settled(x);
  const hand = new XHand(screen.name);
  return {
    ...{ display: screen.name, hand, x, ground },
    close: async () => {
      hand.close();
      x.close();
      await ended(manager);
      screen.close();
    },
  };
}

/** The window manager's own windows, as soon as they stay the same. */
async function settled(x: XDisplay): Promise<Set<number>> {
  let last: number[] | undefined;
  for (;;) {
    const ids = (await x.windows()).map(({ id }) => id);
    if (last?.join() === ids.join()) return new Set(ids);
    last = ids;
    await pause(300);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
