import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { ticketSlips } from '#station/queue/ticket-slips.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { from, operation, setFirstOperation, WINDOWS } from '../station/queue/queue-station.ts';
import { LINES, openTerminal } from '../station/queue/terminals.ts';
import { openCrashQueue } from './open-crash-queue.ts';
import { printingTo } from './printed-tickets.ts';

/**
 * A station with three terminals, six windows and a ticket printer in one process that lives until it is killed: `FOLDER START FIRST SEED`. Each
 * number that a visitor would have seen is a line on standard output, written after the commit that made it.
 */
const [folder = '', start = '0', first = '0', seed = '1'] = process.argv.slice(2);
/** It has run for an hour when it begins, so that its clock is believed in the evening. */
const WARM_MS = 3_600_000;
const at = { now: Number(start) - WARM_MS };
setFirstOperation(Number(first));
const db = openDatabase(`${folder}/station.sqlite`, 'station');
const printing = printingTo(folder, db, () => at.now);
const slips = ticketSlips(printing);
const queue = openCrashQueue(folder, db, at, { slips });
at.now += WARM_MS;
queue.turnDay();
const terminals = [1, 2].map((ordinal) => openTerminal(ordinal, () => at.now, folder));

/** Mulberry32: the same seed is the same day. */
let state = Number(seed);
function chance(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}
const pick = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(chance() * items.length)];

function show(ticket: { id: string; day: string; number: string } | undefined): void {
  if (ticket !== undefined) writeSync(1, `${ticket.day} ${ticket.number} ${ticket.id}\n`);
}

function takeAtHost(): void {
  const line = pick(LINES) ?? 'advice';
  const answer = queue.visitor.take({ operation: operation(), line, language: 'zh-CN' });
  if (answer.outcome === 'issued') show(answer.ticket);
}

function work(window: string): void {
  const ticket = queue.desk.view(window).current?.id;
  if (ticket === undefined) queue.desk.callNext(from(window));
  else queue.desk.order({ ...from(window), ticket }, { type: chance() < 0.9 ? 'finish' : 'skip' });
}

for (const window of WINDOWS) queue.desk.setWindow(from(window), 'open');
writeSync(1, 'ready\n');
for (;;) {
  // What is printed goes on meanwhile, so that the end may come in the middle of a slip.
  await setImmediate();
  at.now += 1000;
  const what = chance();
  const terminal = pick(terminals);
  if (what < 0.25) takeAtHost();
  else if (what < 0.6) show(terminal?.give(pick(LINES) ?? 'advice'));
  else if (what < 0.65 && terminal !== undefined) {
    const { ordinal } = terminal;
    await terminal.exchange(queue.hubFor({ id: `t${ordinal}`, ordinal }));
  } else work(pick(WINDOWS) ?? 'w1');
}
