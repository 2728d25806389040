import { StationError } from '#shared/contract/errors.ts';
import type { DeskAlarm } from '#shared/contract/queue.ts';
import { all, first, run, sql, transaction } from '../store/sql.ts';
import { currentDay, type QueueContext, windowsOf } from './queue-context.ts';
import { named } from './ticket-view.ts';
import { type DeskOrder, windowNamed } from './window-desk.ts';

/** Calls for help that nobody has answered, the oldest first. */
export function openAlarms(context: QueueContext): DeskAlarm[] {
  const windows = windowsOf(context);
  return all<{ id: string; at: number; window: string; staff: string }>(
    context.db,
    sql`select id, at, window, staff from queue_alarm
        where day in (select day from queue_day where closed_at is null) and answered_by is null order by at`,
  ).map((alarm) => ({
    ...alarm,
    window: named(windows, alarm.window) ?? { id: alarm.window, label: '' },
  }));
}

/** Calls colleagues to a window without a sound there. */
export function raiseAlarm(context: QueueContext, order: DeskOrder): DeskAlarm[] {
  const { db, now } = context;
  const isNew = transaction(db, () => {
    const day = currentDay(context);
    windowNamed(context, order.window);
    return run(
      db,
      sql`insert into queue_alarm (id, day, window, at, staff)
          values (${order.operation}, ${day}, ${order.window}, ${now()}, ${order.staff.name}) on conflict (id) do nothing`,
    );
  });
  if (isNew > 0) context.log.event('queue-alarm', { window: order.window });
  context.publish({ type: 'changed' });
  return openAlarms(context);
}

/** Somebody is on the way. Throws `not-found` for an alarm that is not there. */
export function answerAlarm(
  context: QueueContext,
  alarm: string,
  { name }: DeskOrder['staff'],
): DeskAlarm[] {
  const { db } = context;
  transaction(db, () => {
    if (first(db, sql`select id from queue_alarm where id = ${alarm}`) === undefined)
      throw new StationError('not-found');
    run(
      db,
      sql`update queue_alarm set answered_by = coalesce(answered_by, ${name}) where id = ${alarm}`,
    );
  });
  context.publish({ type: 'changed' });
  return openAlarms(context);
}
