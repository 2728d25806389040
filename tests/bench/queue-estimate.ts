import { clockMinutes } from '#shared/queue/clock-minutes.ts';
import { learnTime, plannedTime, type ServiceTime } from '#shared/queue/service-times.ts';
import { estimateWaits, type WaitingTicket } from '#shared/queue/wait-estimate.ts';

/** Errors of the estimated wait, in minutes, over replayed days. */
export interface EstimateFigures {
  readonly tickets: number;
  readonly maeMinutes: number;
  /** People before in the same line, times the plan's minutes, by the windows of the line. */
  readonly naiveMaeMinutes: number;
  /** Of the estimates, how many were wrong by at most five minutes or a quarter of the wait. */
  readonly shareClose: number;
}

const LINES = [
  { id: 'advice', planned: 15, real: 19 },
  { id: 'legal-aid', planned: 25, real: 18 },
  { id: 'notary', planned: 30, real: 34 },
] as const;
const WINDOWS = [
  { id: 'w1', lines: ['advice'] },
  { id: 'w2', lines: ['advice'] },
  { id: 'w3', lines: ['advice', 'legal-aid'] },
  { id: 'w4', lines: ['legal-aid'] },
  { id: 'w5', lines: ['notary'] },
  { id: 'w6', lines: ['notary'] },
] as const;
/** The day from its first minute, with two hours in which the doors are shut. */
const PERIODS = [
  { from: '00:00', to: '03:00' },
  { from: '05:00', to: '09:00' },
] as const;
const [LAST_ARRIVAL, LAST_MINUTE] = [480, 540] as const;

interface Visitor extends WaitingTicket {
  readonly at: number;
  readonly minutes: number;
  estimate: number;
  naive: number;
}

/**
 * Replays seeded days minute by minute: visitors come at random, are called by the rules, but not in the break, and stay for times with a long tail
 * whose means are not those of the plan; each gets an estimate when coming, which is held against when they were called.
 */
export function estimateErrors(days: number, seed: number): EstimateFigures {
  const chance = mulberry(seed);
  const times = new Map<string, ServiceTime>(
    LINES.map((line) => [line.id, plannedTime(line.planned)]),
  );
  const errors: { own: number; naive: number; wait: number }[] = [];
  for (let day = 0; day < days; day += 1) errors.push(...replayDay(chance, times));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return {
    tickets: errors.length,
    maeMinutes: mean(errors.map((error) => error.own)),
    naiveMaeMinutes: mean(errors.map((error) => error.naive)),
    shareClose: mean(errors.map(({ own, wait }) => (own <= Math.max(5, wait / 4) ? 1 : 0))),
  };
}

function replayDay(chance: () => number, times: Map<string, ServiceTime>) {
  const errors: { own: number; naive: number; wait: number }[] = [];
  const waiting: Visitor[] = [];
  const busy = new Map<string, { visitor: Visitor; since: number }>();
  const minutesOf = (line: string) => times.get(line)?.minutes ?? 15;
  let place = 0;
  for (let now = 0; now < LAST_MINUTE; now += 1) {
    for (const [window, { visitor, since }] of busy)
      if (now - since >= visitor.minutes) {
        busy.delete(window);
        const known = times.get(visitor.line);
        if (known !== undefined) times.set(visitor.line, learnTime(known, visitor.minutes));
      }
    for (const line of LINES) {
      if (now > LAST_ARRIVAL || chance() > (line.id === 'advice' ? 0.13 : 0.065)) continue;
      place += 1;
      const group = chance() < 0.2 ? 8 : 0;
      const visitor = newVisitor(line, place, group, now, chance);
      waiting.push(visitor);
      visitor.estimate = estimate(visitor, waiting, busy, now, minutesOf);
      const inLine = WINDOWS.filter((window) => window.lines.some((id) => id === line.id)).length;
      const before = waiting.filter((other) => other.line === line.id).length - 1;
      visitor.naive = onClock((before * line.planned) / inLine, now);
    }
    for (const window of WINDOWS) {
      // In the break visitors who are at a window are served to the end, and nobody is called.
      if (busy.has(window.id) || onClock(0, now) > 0) continue;
      const next = turnOf(waiting, window.lines);
      if (next === undefined) continue;
      waiting.splice(waiting.indexOf(next), 1);
      busy.set(window.id, { visitor: next, since: now });
      const wait = now - next.at;
      errors.push({
        own: Math.abs(next.estimate - wait),
        naive: Math.abs(next.naive - wait),
        wait,
      });
    }
  }
  return errors;
}

function turnOf(waiting: readonly Visitor[], lines: readonly string[]): Visitor | undefined {
  return waiting
    .filter((visitor) => lines.includes(visitor.line))
    .sort((a, b) => a.place - a.ahead - (b.place - b.ahead) || a.place - b.place)[0];
}

function newVisitor(
  line: (typeof LINES)[number],
  place: number,
  ahead: number,
  at: number,
  chance: () => number,
): Visitor {
  // Log-normal with a spread of one half, as service times are; its mean is the line's real one.
  const normal = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const minutes = Math.max(1, line.real * Math.exp(0.5 * normal - 0.125));
  const id = String(place);
  return {
    id,
    line: line.id,
    place,
    ahead,
    issuedAt: at,
    forWindow: undefined,
    at,
    minutes,
    estimate: 0,
    naive: 0,
  };
}

function estimate(
  visitor: Visitor,
  waiting: readonly Visitor[],
  busy: ReadonlyMap<string, { visitor: Visitor; since: number }>,
  now: number,
  minutesOf: (line: string) => number,
): number {
  const windows = WINDOWS.map((window) => {
    const has = busy.get(window.id);
    return { ...window, current: has && { line: has.visitor.line, minutes: now - has.since } };
  });
  return onClock(estimateWaits(waiting, windows, minutesOf).get(visitor.id) ?? 0, now);
}

/** Both guesses know the break; else the difference between them would be that. */
function onClock(minutes: number, now: number): number {
  return clockMinutes(minutes, now, PERIODS);
}

/** Mulberry32. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
