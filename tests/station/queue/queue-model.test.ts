import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rebuildQueue, ticketIn } from '#station/queue/queue-events.ts';
import { all, sql } from '#station/store/sql.ts';
import {
  DAY,
  from,
  MINUTE,
  operation,
  type QueueStation,
  queueStation,
  WINDOWS,
} from './queue-station.ts';
import { LINES, openTerminal, type Terminal } from './terminals.ts';

/** Runs and length; the long suite asks for more. */
const RUNS = Number(process.env.QUEUE_MODEL_RUNS ?? 25);
const SEED = 20_261_123;

/** What visitors hold in their hands, and which terminals can report. */
interface World {
  readonly station: QueueStation;
  readonly terminals: readonly Terminal[];
  /** How far the clock of each terminal is ahead of the host's. */
  readonly ahead: number[];
  readonly shown: { id: string; day: string; number: string }[];
  crashNext: boolean;
}

type Step = (world: World) => Promise<void> | void;

const line = fc.constantFrom(...LINES);
const window = fc.constantFrom(...WINDOWS);
const which = fc.nat({ max: 1 });

function take(world: World, toLine: string): void {
  const order = { operation: operation(), line: toLine, language: 'zh-CN' as const };
  const group = world.shown.length % 3 === 0 ? { group: 'elder' } : {};
  try {
    const answer = world.station.queue.visitor.take({ ...order, ...group });
    if (answer.outcome === 'issued') world.shown.push(answer.ticket);
  } catch {
    // The host died in the middle of it: the page asks again with the same operation.
    world.station.reopen();
    const answer = world.station.queue.visitor.take({ ...order, ...group });
    if (answer.outcome === 'issued') world.shown.push(answer.ticket);
  }
}

function workAt(world: World, id: string, what: 'finish' | 'skip' | 'hold' | 'no-show'): void {
  const { desk } = world.station.queue;
  const ticket = desk.view(id).current?.id;
  if (ticket !== undefined) desk.order({ ...from(id), ticket }, { type: what });
}

async function exchange(world: World, at: number, loseAnswer: boolean): Promise<void> {
  const terminal = world.terminals[at];
  if (terminal === undefined) return;
  const { ordinal } = terminal;
  const hub = world.station.queue.hubFor({ id: `t${ordinal}`, ordinal });
  const { day } = world.station.queue.hall.view();
  await terminal.exchange(hub, loseAnswer, day).catch(() => {});
}

const STEPS: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: line.map(
      (to): Step =>
        (world) =>
          take(world, to),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(which, line).map(
      ([at, to]): Step =>
        (world) => {
          const given = world.terminals[at]?.give(to);
          if (given !== undefined) world.shown.push(given);
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(which, fc.boolean()).map(
      ([at, lost]): Step =>
        (world) =>
          exchange(world, at, lost),
    ),
  },
  {
    weight: 5,
    arbitrary: window.map(
      (id): Step =>
        (world) => {
          world.station.queue.desk.callNext(from(id));
        },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(window, fc.constantFrom('finish', 'skip', 'hold', 'no-show')).map(
      ([id, what]): Step =>
        (world) =>
          workAt(world, id, what),
    ),
  },
  {
    // Two windows ask for the same visitor.
    weight: 2,
    arbitrary: fc.tuple(window, window, fc.nat()).map(
      ([one, two, at]): Step =>
        (world) => {
          const ticket = world.shown[at % Math.max(1, world.shown.length)]?.id;
          if (ticket === undefined || ticketIn(world.station.db, ticket) === undefined) return;
          for (const id of [one, two])
            try {
              world.station.queue.desk.order({ ...from(id), ticket }, { type: 'call' });
            } catch {
              // A ticket of another day is not found.
            }
        },
    ),
  },
  {
    weight: 1,
    arbitrary: window.map(
      (id): Step =>
        (world) => {
          world.station.queue.desk.setWindow(from(id), 'open');
        },
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((world) => world.station.reopen()) },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((world) => {
      world.crashNext = true;
    }),
  },
  {
    weight: 1,
    arbitrary: which.map(
      (at): Step =>
        (world) =>
          world.terminals[at]?.crash(),
    ),
  },
  {
    weight: 1,
    arbitrary: which.map(
      (at): Step =>
        (world) => {
          const terminal = world.terminals[at];
          if (terminal !== undefined) terminal.cut = !terminal.cut;
        },
    ),
  },
  {
    // The clock of one terminal runs ahead by days, or is put right.
    weight: 1,
    arbitrary: fc.tuple(which, fc.constantFrom(0, 3 * DAY)).map(
      ([at, ahead]): Step =>
        (world) => {
          world.ahead[at] = ahead;
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(MINUTE, 20 * MINUTE, DAY, -3 * 60 * MINUTE, -2 * DAY).map(
      (jump): Step =>
        (world) => {
          world.station.now += jump;
        },
    ),
  },
);

function newWorld(): World {
  const station = queueStation({
    slips: {
      write: () => {
        if (!world.crashNext) return false;
        world.crashNext = false;
        throw new Error('power cut');
      },
      send: () => {},
    },
  });
  const ahead = [0, 0];
  const terminals = ahead.map((_none, at) =>
    openTerminal(at + 1, () => station.now + (ahead[at] ?? 0)),
  );
  const world: World = { station, terminals, ahead, shown: [], crashNext: false };
  for (const id of WINDOWS) station.queue.desk.setWindow(from(id), 'open');
  return world;
}

/** Each number is one visitor's, and each visitor is at one window at most. */
function checkAlways({ station, shown }: World): void {
  const numbers = shown.map((ticket) => `${ticket.day} ${ticket.number}`);
  expect(new Set(numbers).size).toBe(numbers.length);
  const atWindows = all<{ day: string; window: string }>(
    station.db,
    sql`select day, window from queue_ticket where state = 'called'`,
  ).map((row) => `${row.day} ${row.window}`);
  expect(new Set(atWindows).size).toBe(atWindows.length);
}

/** When all cables are whole again the host knows every number that anyone holds, and its state follows from its events. */
async function checkAtEnd(world: World): Promise<void> {
  for (const [at, terminal] of world.terminals.entries()) {
    terminal.cut = false;
    await exchange(world, at, false);
    expect(terminal.stock.unreported()).toBe(0);
  }
  for (const { id, day, number } of world.shown) {
    const ticket = ticketIn(world.station.db, id);
    expect(ticket?.number).toBe(number);
    // What was given by a clock that ran ahead is of the host's day.
    expect([day, world.station.queue.hall.view().day].toSorted()[1]).toSatisfy(
      (latest: string) => (ticket?.day ?? 'none') <= latest,
    );
  }
  const tickets = () => all(world.station.db, sql`select * from queue_ticket order by id`);
  const before = tickets();
  expect(before).toHaveLength(world.shown.length);
  rebuildQueue(world.station.db);
  expect(tickets()).toEqual(before);
}

test('whatever happens to three terminals and six windows, no number is lost or given twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEPS, { minLength: 20, maxLength: 70 }), async (steps) => {
      const world = newWorld();
      try {
        for (const step of steps) {
          await step(world);
          checkAlways(world);
        }
        await checkAtEnd(world);
      } finally {
        world.station.remove();
        for (const terminal of world.terminals) terminal.remove();
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
