import { randomUUID } from 'node:crypto';
import { all, sql, transaction } from '../store/sql.ts';
import { currentDay, type QueueContext, windowsOf } from './queue-context.ts';
import { appendEvent } from './queue-events.ts';

/** By a clock that was set a moment ago log-ins may seem to have run out that have not. */
const BELIEVED_AFTER_MS = 300_000;

/**
 * The minute's look at windows that were left. While the clock is not to be believed nobody is asked who is logged in, which
 * would end log-ins, and nothing is closed. Returns how many were closed.
 */
export function sweepLeftWindows(
  context: QueueContext,
  loggedIn: () => ReadonlySet<string>,
): number {
  return context.dayWatch.evenMs() < BELIEVED_AFTER_MS ? 0 : closeLeftWindows(context, loggedIn());
}

/**
 * Closes windows that are open or paused and whose people are logged in nowhere any more, so that no visitor is told to go
 * there. A visitor who is at such a window stays there until somebody says what became of it. Returns how many were closed.
 */
export function closeLeftWindows(context: QueueContext, loggedIn: ReadonlySet<string>): number {
  const { db, now } = context;
  const closed = transaction(db, () => {
    const day = currentDay(context);
    const people = peopleAtWindows(context);
    const left = windowsOf(context).filter(
      ({ id, state }) => state !== 'closed' && !people.get(id)?.some((one) => loggedIn.has(one)),
    );
    for (const { id, staff = '' } of left)
      appendEvent(db, {
        operation: randomUUID(),
        day,
        at: now(),
        // Nobody did it: the hall may be at rest.
        actor: 'station',
        event: { type: 'window', window: id, state: 'closed', staff },
      });
    return left.length;
  });
  if (closed > 0) context.publish({ type: 'changed' });
  return closed;
}

/**
 * Who opened or paused each window since it was last closed, on all days that are open; by the account, not by a name that two
 * may have. Several: one of them may have taken a colleague's window by mistake.
 */
function peopleAtWindows({ db }: QueueContext): ReadonlyMap<string, readonly string[]> {
  const rows = all<{ window: string; people: string }>(
    db,
    sql`with word as (
          select seq, actor, json_extract(body, '$.window') as window, json_extract(body, '$.state') as state
          from queue_event
          where day in (select day from queue_day where closed_at is null) and json_extract(body, '$.type') = 'window')
        select window, json_group_array(distinct actor) as people from word
        where seq > coalesce((select max(seq) from word as last where last.window = word.window and state = 'closed'), 0)
        group by window`,
  );
  return new Map(rows.map(({ window, people }) => [window, JSON.parse(people) as string[]]));
}
