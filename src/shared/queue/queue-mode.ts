import type { QueuePlanBody } from '../content/kinds/queue-plan.ts';
import type { QueueMode } from '../contract/queue.ts';
import type { DayHours, OpenState } from '../stations/opening-hours.ts';
import { type LocalDate, minutesOf } from '../time/local-date.ts';

/** What decides whether numbers are given now. */
export interface QueueSituation {
  readonly plan: QueuePlanBody | undefined;
  /** `unknown` when the hours are not known or the clock is not to be believed: numbers are given. */
  readonly open: OpenState;
  readonly today: Pick<DayHours, 'periods'> | undefined;
  readonly moment: { readonly date: LocalDate; readonly minutes: number };
  /** The farewell, when the staff ended the numbers of this day. */
  readonly closedEarly: string | undefined;
  readonly issued: (line: string) => number;
}

/**
 * Whether numbers are given now. They begin some minutes before the doors open and end some minutes before they close for the
 * day; a midday break does not stop them, because whoever waits through it keeps the turn.
 */
export function queueMode(situation: QueueSituation): QueueMode {
  const { plan, closedEarly } = situation;
  if (plan === undefined) return { state: 'none' };
  if (closedEarly !== undefined) return { state: 'early-close', farewell: closedEarly };
  if (plan.lines.every((line) => isFull(line, situation.issued))) return { state: 'quota-reached' };
  if (situation.open.state === 'unknown' || situation.today === undefined) return { state: 'open' };
  const { open, today, moment } = situation;
  const span = givingSpan(plan, today);
  if (span !== undefined && span.from <= moment.minutes && moment.minutes < span.to)
    return { state: 'open', lastNumberAt: clockTime(span.to) };
  const minutesBefore = plan.firstNumberMinutesBeforeOpen;
  if (open.state === 'closed')
    return { state: 'closed', reason: open.reason, next: open.next, minutesBefore };
  return { state: 'closed', isClosing: true };
}

/** Whether a line has given all its numbers for the day. */
export function isFull(
  line: QueuePlanBody['lines'][number],
  issued: QueueSituation['issued'],
): boolean {
  return line.dayQuota !== undefined && issued(line.id) >= line.dayQuota;
}

function givingSpan(plan: QueuePlanBody, today: Pick<DayHours, 'periods'>) {
  const [first] = today.periods;
  const last = today.periods.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    from: Math.max(0, minutesOf(first.from) - plan.firstNumberMinutesBeforeOpen),
    to: minutesOf(last.to) - plan.lastNumberMinutesBeforeClose,
  };
}

/** A day whose hours nobody knows counts as over from here on. */
const USUAL_END = '18:00';

/** The minute of the day from which no numbers are given any more; 0 on a day without service. */
export function numbersEndAt(
  plan: QueuePlanBody | undefined,
  open: OpenState,
  today: Pick<DayHours, 'periods'> | undefined,
): number {
  if (open.state === 'unknown' || today === undefined || plan === undefined)
    return minutesOf(USUAL_END);
  return givingSpan(plan, today)?.to ?? 0;
}

function clockTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
