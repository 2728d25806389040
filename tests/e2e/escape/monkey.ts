import { lasting } from './attempts.ts';
import { faultsFound, faultsSeen } from './invariants.ts';
import type { LockedShell } from './locked-shell.ts';
import { seeded } from './seeded.ts';
import type { Stage } from './stage.ts';

/** What came of random gestures. */
export interface MonkeyFigures {
  readonly gestures: number;
  readonly seed: number;
  /** What did not hold, each with the gesture that it followed; ends at the first. */
  readonly faults: readonly string[];
}

type Chance = () => number;
interface Gesture {
  readonly name: string;
  readonly act: () => Promise<unknown>;
}

/** Programs and files are looked at after so many gestures; windows and page after each. */
const THOROUGH_EVERY = 50;

const KEYS = [
  ...Array.from('abcdefghijklmnopqrstuvwxyz0123456789'),
  ...Array.from({ length: 12 }, (_, at) => `F${at + 1}`),
  ...[
    'Tab',
    'Return',
    'space',
    'Escape',
    'BackSpace',
    'Left',
    'Right',
    'Up',
    'Down',
    'Home',
    'End',
  ],
  ...['Prior', 'Next', 'Insert', 'Delete', 'Menu', 'Print', 'Super_L', 'plus', 'minus', 'slash'],
];
const MODIFIERS = [
  '',
  '',
  '',
  'ctrl',
  'alt',
  'shift',
  'super',
  'ctrl+shift',
  'ctrl+alt',
  'alt+shift',
];
/** They end a browser from outside of it, which is a test of its own (`ENDING` of the techniques). */
const ENDING = new Set(['alt+F4', 'ctrl+shift+q', 'alt+shift+F4']);

/** Does `gestures` random things at a terminal, the same for the same seed, and looks after each. */
export async function monkey(
  stage: Stage,
  shell: LockedShell,
  gestures: number,
  seed: number,
): Promise<MonkeyFigures> {
  const chance = seeded(seed);
  for (let done = 0; done < gestures; done += 1) {
    const { name, act } = nextGesture(stage, shell, chance);
    await act();
    const look = done % THOROUGH_EVERY === 0 ? faultsFound : faultsSeen;
    const faults = await lasting(() => look(stage, shell));
    if (faults.length > 0)
      return { gestures: done + 1, seed, faults: faults.map((fault) => `${name}: ${fault}`) };
  }
  return { gestures, seed, faults: await lasting(() => faultsFound(stage, shell)) };
}

function nextGesture({ hand }: Stage, shell: LockedShell, chance: Chance): Gesture {
  const whole = (limit: number) => Math.floor(chance() * limit);
  const one = <Item>(items: readonly Item[], fallback: Item) =>
    items[whole(items.length)] ?? fallback;
  const x = () => whole(1080);
  const y = () => whole(1920);
  const line = (name: string, ...lines: readonly string[]) => ({
    ...{ name, act: () => hand.act(...lines) },
  });
  const kind = chance();
  if (kind < 0.45) return line('touch', `mousemove ${x()} ${y()}`, 'click 1');
  if (kind < 0.65) {
    const combination = [one(MODIFIERS, ''), one(KEYS, 'Tab')].filter(Boolean).join('+');
    const key = ENDING.has(combination) ? 'Escape' : combination;
    return line(`key ${key}`, `key --delay 2 ${key}`);
  }
  if (kind < 0.75) {
    const drawn = [
      'mousedown 1',
      `mousemove ${x()} ${y()}`,
      `mousemove ${x()} ${y()}`,
      'mouseup 1',
    ];
    return line('draw', `mousemove ${x()} ${y()}`, ...drawn);
  }
  if (kind < 0.82) {
    const button = one([2, 3, 3, 6, 7, 8, 9], 3);
    return line(`button ${button}`, `mousemove ${x()} ${y()}`, `click ${button}`);
  }
  if (kind < 0.9) {
    const wheel = `click --repeat ${1 + whole(6)} --delay 2 ${one([4, 5], 5)}`;
    return chance() < 0.5
      ? line('wheel', wheel)
      : line('zoom', 'keydown ctrl', wheel, 'keyup ctrl');
  }
  if (kind < 0.93)
    return line('touches', `mousemove ${x()} ${y()}`, 'click --repeat 6 --delay 5 1');
  return fingers(shell, 1 + whole(5), () => ({ x: x(), y: y() }));
}

/** Some fingers, put down, moved and taken off. */
function fingers(
  shell: LockedShell,
  count: number,
  place: () => { readonly x: number; readonly y: number },
): Gesture {
  const points = () => Array.from({ length: count }, (_, id) => ({ id, ...place() }));
  const steps = [
    { type: 'touchStart', touchPoints: points() },
    { type: 'touchMove', touchPoints: points() },
    { type: 'touchMove', touchPoints: points() },
    { type: 'touchEnd', touchPoints: [] },
  ];
  return {
    name: `${count} fingers`,
    act: async () => {
      for (const step of steps) await shell.input('dispatchTouchEvent', step);
    },
  };
}
