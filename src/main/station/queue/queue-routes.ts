import type { SlipPicture } from '#shared/printing/slip-picture.ts';
import { type GuardedContext, requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { Screen } from '../screen/screen.ts';
import type { Desk, Queue } from './open-queue.ts';
import type { VisitorQueue } from './visitor-queue.ts';

/** Puts the contract's `queue` methods and the visitors' queue together. */
export function queueRoutes(
  os: StationImplementer['queue'],
  queue: VisitorQueue,
  slip: (id: string) => SlipPicture,
) {
  return {
    state: os.state.handler(({ input }) => queue.state(input.language)),
    take: os.take.handler(({ input }) => queue.take(input)),
    ticket: os.ticket.handler(({ input }) => queue.ticket(input.id, input.language)),
    slip: os.slip.handler(({ input }) => slip(input.id)),
  };
}

/** An order of a window with the name of who gives it. */
function signed<Input>(context: GuardedContext, input: Input) {
  const { person, name } = requireStaff(context);
  return { ...input, staff: { id: person, name } };
}

/** Puts the contract's `desk` methods and the windows together. */
export function deskRoutes(os: StationImplementer['desk'], desk: Desk) {
  return {
    view: os.view.handler(({ input }) => desk.view(input.window)),
    ...windowRoutes(os, desk),
    ...ticketRoutes(os, desk),
    closeEarly: os.closeEarly.handler(({ context, input }) =>
      desk.closeEarly(signed(context, input), input.farewell),
    ),
    reopen: os.reopen.handler(({ context, input }) => desk.reopen(signed(context, input))),
    correctDay: os.correctDay.handler(({ context, input }) =>
      desk.correctDay(signed(context, input)),
    ),
    statistics: os.statistics.handler(({ input }) => desk.statistics(input.from, input.to)),
    exportStatistics: os.exportStatistics.handler(({ input }) =>
      desk.exportStatistics(input.from, input.to, input.format),
    ),
  };
}

function windowRoutes(os: StationImplementer['desk'], desk: Desk) {
  return {
    openWindow: os.openWindow.handler(({ context, input }) =>
      desk.setWindow(signed(context, input), 'open'),
    ),
    pauseWindow: os.pauseWindow.handler(({ context, input }) =>
      desk.setWindow(signed(context, input), 'paused'),
    ),
    closeWindow: os.closeWindow.handler(({ context, input }) =>
      desk.setWindow(signed(context, input), 'closed'),
    ),
    callNext: os.callNext.handler(({ context, input }) => desk.callNext(signed(context, input))),
    callNumber: os.callNumber.handler(({ context, input }) =>
      desk.callNumber(signed(context, input), input.number),
    ),
    handover: os.handover.handler(({ context, input }) =>
      desk.handover(signed(context, input), input.text),
    ),
    raiseAlarm: os.raiseAlarm.handler(({ context, input }) =>
      desk.raiseAlarm(signed(context, input)),
    ),
    alarms: os.alarms.handler(() => desk.alarms()),
    answerAlarm: os.answerAlarm.handler(({ context, input }) =>
      desk.answerAlarm(input.alarm, signed(context, input).staff),
    ),
  };
}

function ticketRoutes(os: StationImplementer['desk'], desk: Desk) {
  return {
    callThis: os.callThis.handler(({ context, input }) =>
      desk.order(signed(context, input), { type: 'call' }),
    ),
    recall: os.recall.handler(({ context, input }) =>
      desk.order(signed(context, input), { type: 'recall' }),
    ),
    skip: os.skip.handler(({ context, input }) =>
      desk.order(signed(context, input), { type: 'skip' }),
    ),
    hold: os.hold.handler(({ context, input }) =>
      desk.order(signed(context, input), { type: 'hold' }),
    ),
    resume: os.resume.handler(({ context, input }) =>
      desk.order(signed(context, input), { type: 'resume' }),
    ),
    transfer: os.transfer.handler(({ context, input }) =>
      desk.order(signed(context, input), {
        type: 'transfer',
        line: input.line,
        toWindow: input.toWindow,
      }),
    ),
    finish: os.finish.handler(({ context, input }) =>
      desk.order(signed(context, input), { type: 'finish' }),
    ),
    noShow: os.noShow.handler(({ context, input }) =>
      desk.order(signed(context, input), { type: 'no-show' }),
    ),
    note: os.note.handler(({ context, input }) => desk.note(signed(context, input), input.text)),
  };
}

/** Puts the contract's `hall` methods and the hall together. */
export function hallRoutes(
  os: StationImplementer['hall'],
  hall: Queue['hall'],
  screen: Pick<Screen, 'mayRest'>,
) {
  return {
    view: os.view.handler(() => ({
      ...hall.view(),
      ...(screen.mayRest() ? { screenMayRest: true as const } : {}),
    })),
    events: os.events.handler(({ signal }) => hall.events(signal)),
  };
}
