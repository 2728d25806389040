import { randomUUID } from 'node:crypto';
import { all, sql, transaction } from '../store/sql.ts';
import { currentDay, type QueueContext, windowsOf } from './queue-context.ts';
import { appendEvent } from './queue-events.ts';

/**
 * Closes windows that are open or paused and whose person is logged in nowhere any more, so that no visitor is told to go there.
 * A visitor who is at such a window stays there until somebody says what became of it. Returns how many were closed.
 */
export function closeLeftWindows(context: QueueContext, loggedIn: ReadonlySet<string>): number {
  const { db, now } = context;
  const closed = transaction(db, () => {
    const day = currentDay(context);
    const people = peopleAtWindows(context, day);
    const left = windowsOf(context).filter(
      ({ id, state }) => state !== 'closed' && !loggedIn.has(people.get(id) ?? ''),
    );
    for (const { id, staff = '' } of left)
      appendEvent(db, {
        operation: randomUUID(),
        day,
        at: now(),
        actor: 'host',
        event: { type: 'window', window: id, state: 'closed', staff },
      });
    return left.length;
  });
  if (closed > 0) context.publish({ type: 'changed' });
  return closed;
}

/** Who opened, paused or closed each window last; by the account, not by a name that two may have. */
function peopleAtWindows({ db }: QueueContext, day: string): ReadonlyMap<string, string> {
  const rows = all<{ window: string; actor: string }>(
    db,
    // Of the columns beside max(), SQLite gives those of the row that has it.
    sql`select json_extract(body, '$.window') as window, actor, max(seq) as seq from queue_event
        where day = ${day} and json_extract(body, '$.type') = 'window' group by 1`,
  );
  return new Map(rows.map(({ window, actor }) => [window, actor]));
}
