import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { slipPictureSchema } from '../printing/slip-picture.ts';
import { localDateSchema, localTimeSchema } from '../time/date-schemas.ts';
import { slideSchema } from './reading.ts';
import { pageLanguageSchema } from './views.ts';

/**
 * The queue of a station (V12, S3): `queue` is what a visitor's page asks, `desk` what a window does with a log-in, `hall` what
 * everyone may see. A method that changes something takes the id of the operation, made by the page: the same id again
 * changes nothing and is answered the same.
 */
const operationId = z.uuid();
const id = z.string().min(1).max(80);
const minutes = z.int().min(0);

/** `waiting` → `called` → `finished`, with the ways beside it; `expired`: still open when the day was closed. */
export const ticketStateSchema = z.enum([
  'waiting',
  'called',
  'held',
  'skipped',
  'finished',
  'no-show',
  'expired',
]);
export type TicketState = z.infer<typeof ticketStateSchema>;

const lineNameSchema = z.object({ id: z.string(), name: z.string() });
const windowNameSchema = z.object({ id: z.string(), label: z.string() });

/** A ticket as its visitor sees it. It never holds a name. */
export const ticketViewSchema = z.object({
  id: z.string(),
  /** A letter and at least three digits; unique for the station and day. */
  number: z.string(),
  day: localDateSchema,
  line: lineNameSchema,
  state: ticketStateSchema,
  issuedAt: z.number(),
  /**
   * Visitors who will be called before; 0 when it is this one's turn or it waits no more. Absent while this terminal cannot
   * reach the station's queue host and nobody can say.
   */
  before: z.int().min(0).optional(),
  /** Until it is called, from measured times; absent when no window takes the line now. */
  estimateMinutes: minutes.optional(),
  /** Windows that call for this line. */
  windows: z.array(windowNameSchema),
  /** Where to go, once it is called. */
  window: windowNameSchema.optional(),
  group: z.object({ id: z.string(), name: z.string(), reason: z.string() }).optional(),
  guide: z.string().optional(),
});
export type TicketView = z.infer<typeof ticketViewSchema>;

/** Whether numbers are given now, and if not, why. */
export const queueModeSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('open'), lastNumberAt: localTimeSchema.optional() }),
  z.object({
    state: z.literal('closed'),
    /** The name of a holiday and the like. */
    reason: z.string().optional(),
    next: z.object({ date: localDateSchema, from: localTimeSchema }).optional(),
    /** Numbers begin so many minutes before the doors open. */
    minutesBefore: minutes.optional(),
    /** The doors are open, and the last number of the day was given. */
    isClosing: z.boolean().optional(),
  }),
  /** All lines have given their numbers for the day. */
  z.object({ state: z.literal('quota-reached') }),
  /** Ended for today by the staff; the farewell says what to do instead. */
  z.object({ state: z.literal('early-close'), farewell: z.string() }),
  /** This terminal was taken out of the station's queue: other terminals give numbers. */
  z.object({ state: z.literal('removed') }),
  /** This outlet has no queue: whoever comes is served in turn. */
  z.object({ state: z.literal('none') }),
]);
export type QueueMode = z.infer<typeof queueModeSchema>;

const queueLineSchema = lineNameSchema.extend({
  prefix: z.string(),
  /** Businesses that wait in this line; a guide's business tells its line. */
  businesses: z.array(z.string()),
  waiting: z.int().min(0),
  /** For somebody who takes a number now; absent when no window takes the line. */
  estimateMinutes: minutes.optional(),
  windows: z.array(
    windowNameSchema.extend({
      name: z.string(),
      accessible: z.boolean(),
      open: z.boolean(),
    }),
  ),
  /** The day's numbers for this line are used up. */
  full: z.boolean(),
});

/** A group that is called earlier: by law, or by this station's rule. */
const priorityGroupViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  basis: z.enum(['law', 'station']),
  /** "《老年人权益保障法》第五十八条"; empty for a station's own rule. */
  law: z.string(),
  /** Recorded with the ticket. */
  reason: z.string(),
  /** What to show at the window: a card, a certificate, nothing. */
  proof: z.string().optional(),
  /** Only in these lines; in all when absent. */
  lines: z.array(z.string()).optional(),
});

export const queueStateSchema = z.object({
  mode: queueModeSchema,
  day: localDateSchema,
  /** When the doors open on the next day after today that has service; absent when that is not known. */
  nextDay: z.object({ date: localDateSchema, from: localTimeSchema }).optional(),
  /** False in "no printer" mode: the number is only shown. */
  paper: z.boolean(),
  /** False while this terminal cannot reach the station's queue host: numbers go on, waiting times are unknown. */
  connected: z.boolean(),
  lines: z.array(queueLineSchema),
  groups: z.array(priorityGroupViewSchema),
});
export type QueueState = z.infer<typeof queueStateSchema>;

/** Why no number was given: the page has one sentence for each. */
export const takeRefusalSchema = z.enum([
  'closed',
  'early-close',
  'line-full',
  'no-numbers-left',
  'no-queue',
  'removed',
]);
export type TakeRefusal = z.infer<typeof takeRefusalSchema>;

export const takeAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('issued'),
    ticket: ticketViewSchema,
    /** Its print job, where tickets are printed; written together with the number. */
    printJob: z.string().optional(),
  }),
  z.object({ outcome: z.literal('refused'), because: takeRefusalSchema }),
]);
export type TakeAnswer = z.infer<typeof takeAnswerSchema>;

/** Visitor pages. `ticket` and `slip` answer `not-found` for an id that was never given. */
export const queueContract = {
  state: oc.input(z.object({ language: pageLanguageSchema })).output(queueStateSchema),
  take: oc
    .input(
      z.object({
        operation: operationId,
        line: id,
        /** Priority that the visitor claims; the window looks at the proof. */
        group: id.optional(),
        guide: id.optional(),
        language: pageLanguageSchema,
      }),
    )
    .output(takeAnswerSchema),
  ticket: oc.input(z.object({ id, language: pageLanguageSchema })).output(ticketViewSchema),
  /** The number's slip for the screen, from the same source as its bytes; also where nothing is printed. */
  slip: oc.input(z.object({ id })).output(slipPictureSchema),
};

/** A ticket as the window sees it. */
export const deskTicketSchema = z.object({
  id: z.string(),
  number: z.string(),
  line: lineNameSchema,
  state: ticketStateSchema,
  issuedAt: z.number(),
  calledAt: z.number().optional(),
  /** How often it was called in all. */
  calls: z.int().min(0),
  window: windowNameSchema.optional(),
  group: z
    .object({ id: z.string(), name: z.string(), reason: z.string(), proof: z.string().optional() })
    .optional(),
  /** What the visitor came for, when they chose a guide. */
  guide: z.object({ id: z.string(), title: z.string() }).optional(),
  /** Sent over from another line on the same number. */
  from: lineNameSchema.optional(),
  /** Written by windows for windows. */
  notes: z.array(z.object({ at: z.number(), staff: z.string(), text: z.string() })),
});
export type DeskTicket = z.infer<typeof deskTicketSchema>;

/** How an order of a window ended. Whoever loses a race is told who won. */
export const deskAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), ticket: deskTicketSchema }),
  /** Nobody waits for this window. */
  z.object({ outcome: z.literal('nobody') }),
  /** Another window was faster. */
  z.object({ outcome: z.literal('taken'), by: windowNameSchema }),
  /** This window still has a visitor. */
  z.object({ outcome: z.literal('window-busy'), ticket: deskTicketSchema }),
  /** This window is paused or was not opened today. */
  z.object({ outcome: z.literal('window-closed') }),
  /** The ticket is not in a state for this: finished, expired, not with this window. */
  z.object({ outcome: z.literal('not-now'), state: ticketStateSchema }),
  /** Nobody holds a number that was typed. */
  z.object({ outcome: z.literal('no-such-number') }),
]);
export type DeskAnswer = z.infer<typeof deskAnswerSchema>;

export const windowStateSchema = z.enum(['open', 'paused', 'closed']);
export type WindowState = z.infer<typeof windowStateSchema>;

/** A quiet call for help that nobody has answered. */
export const deskAlarmSchema = z.object({
  id: z.string(),
  at: z.number(),
  window: windowNameSchema,
  staff: z.string(),
});
export type DeskAlarm = z.infer<typeof deskAlarmSchema>;

const deskNoteSchema = z.object({ at: z.number(), staff: z.string(), text: z.string() });

/** Everything a window's console draws. */
export const deskViewSchema = z.object({
  now: z.number(),
  day: localDateSchema,
  mode: queueModeSchema,
  window: windowNameSchema.extend({ name: z.string(), state: windowStateSchema }),
  /** Every window of the station, for transfers and for the choice at log-in. */
  windows: z.array(
    windowNameSchema.extend({
      name: z.string(),
      state: windowStateSchema,
      staff: z.string().optional(),
      number: z.string().optional(),
    }),
  ),
  lines: z.array(lineNameSchema.extend({ waiting: z.int(), here: z.boolean() })),
  current: deskTicketSchema.optional(),
  /** Who "next" would call: one, not the list (clerks pick easy cases when they see all). */
  next: deskTicketSchema.optional(),
  waitingHere: z.int().min(0),
  held: z.array(deskTicketSchema),
  /** Called and not come; may be called again until the day is closed. */
  missed: z.array(deskTicketSchema),
  servedToday: z.int().min(0),
  /** The last hand-over notes of this window, newest first. */
  handover: z.array(deskNoteSchema),
  /**
   * Numbers that people may hold though nobody can call them here: the data was restored from a backup, and what was given
   * after it is not known.
   */
  unknown: z.array(z.object({ line: lineNameSchema, from: z.string(), to: z.string() })),
  /** Numbers that a terminal gave while it was cut off, and that another visitor holds: nobody can call them here. */
  twice: z.array(z.object({ number: z.string(), line: lineNameSchema, issuedAt: z.number() })),
});
export type DeskView = z.infer<typeof deskViewSchema>;

const order = z.object({ operation: operationId, window: id });
const ticketOrder = order.extend({ ticket: id });
const noteText = z.string().trim().min(1).max(200);
const period = z
  .object({ from: localDateSchema, to: localDateSchema })
  .refine((days) => days.from <= days.to, { error: '开始日期要早于结束日期', path: ['to'] });

const durationsSchema = z.object({
  /** Minutes with one decimal; absent when nothing was measured. */
  mean: z.number().optional(),
  median: z.number().optional(),
  p90: z.number().optional(),
});

const statisticsRowSchema = z.object({
  issued: z.int(),
  waiting: z.int(),
  served: z.int(),
  noShow: z.int(),
  expired: z.int(),
  priority: z.int(),
  wait: durationsSchema,
  service: durationsSchema,
});

/** Counts and times, no ticket by itself. */
export const queueStatisticsSchema = z.object({
  from: localDateSchema,
  to: localDateSchema,
  total: statisticsRowSchema,
  lines: z.array(statisticsRowSchema.extend(lineNameSchema.shape)),
  windows: z.array(statisticsRowSchema.extend(windowNameSchema.shape)),
  hours: z.array(statisticsRowSchema.extend({ hour: z.int().min(0).max(23) })),
  days: z.array(statisticsRowSchema.extend({ day: localDateSchema })),
});
export type QueueStatistics = z.infer<typeof queueStatisticsSchema>;

/** Windows, with a log-in. `not-found` for a window or ticket that this station does not have. */
export const deskContract = {
  view: oc.input(z.object({ window: id })).output(deskViewSchema),
  openWindow: oc.input(order).output(deskViewSchema),
  pauseWindow: oc.input(order).output(deskViewSchema),
  closeWindow: oc.input(order).output(deskViewSchema),
  callNext: oc.input(order).output(deskAnswerSchema),
  /** A certain one: waiting, held, or called and not come. */
  callThis: oc.input(ticketOrder).output(deskAnswerSchema),
  /** The one whose holder stands before the window, by the number as it is written or said: A012, a12. */
  callNumber: oc
    .input(order.extend({ number: z.string().trim().min(1).max(12) }))
    .output(deskAnswerSchema),
  recall: oc.input(ticketOrder).output(deskAnswerSchema),
  /** Called and not here: put aside, may be called again. */
  skip: oc.input(ticketOrder).output(deskAnswerSchema),
  /** Has to fetch something; keeps number and turn. */
  hold: oc.input(ticketOrder).output(deskAnswerSchema),
  resume: oc.input(ticketOrder).output(deskAnswerSchema),
  /** To another line, and there to a certain window if named, on the same number and place. */
  transfer: oc
    .input(ticketOrder.extend({ line: id, toWindow: id.optional() }))
    .output(deskAnswerSchema),
  finish: oc.input(ticketOrder).output(deskAnswerSchema),
  noShow: oc.input(ticketOrder).output(deskAnswerSchema),
  note: oc.input(ticketOrder.extend({ text: noteText })).output(deskAnswerSchema),
  handover: oc.input(order.extend({ text: noteText })).output(deskViewSchema),
  /** Tells colleagues and the station head that help is needed at this window; makes no sound here. */
  raiseAlarm: oc.input(order).output(z.array(deskAlarmSchema)),
  /** For everybody who is logged in, at a window or not. */
  alarms: oc.output(z.array(deskAlarmSchema)),
  /** `not-found` for an alarm that is not there. */
  answerAlarm: oc.input(z.object({ alarm: id })).output(z.array(deskAlarmSchema)),
  /** No more numbers today; whoever has one is still served. Undone by `reopen`. */
  closeEarly: oc.input(order.extend({ farewell: noteText.optional() })).output(deskViewSchema),
  reopen: oc.input(order).output(deskViewSchema),
  /** After the clock had run ahead and was put right: the day goes back to the clock's, its numbers go on. */
  correctDay: oc.input(order).output(deskViewSchema),
  statistics: oc.input(period).output(queueStatisticsSchema),
  /** The same as a file; cells that a spreadsheet would take for a formula are made harmless. */
  exportStatistics: oc
    .input(period.and(z.object({ format: z.enum(['xlsx', 'csv']) })))
    .output(z.object({ base64: z.string(), fileName: z.string() })),
};

/** A call as the hall sees and hears it: number and window, never a name or a matter. */
export const hallCallSchema = z.strictObject({
  /** Grows with every call; a display speaks what it has not spoken. */
  seq: z.int(),
  number: z.string(),
  window: z.strictObject({ id: z.string(), label: z.string() }),
  at: z.number(),
  /** Called before. */
  again: z.boolean(),
});
export type HallCall = z.infer<typeof hallCallSchema>;

export const hallViewSchema = z.strictObject({
  now: z.number(),
  day: localDateSchema,
  stationName: z.string(),
  mode: queueModeSchema,
  /** One for each window that has a visitor, newest first. */
  calling: z.array(hallCallSchema),
  /** The numbers called last on this day, each once by its newest call, newest first, at most 12. */
  recent: z.array(hallCallSchema),
  lines: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      waiting: z.int(),
      windows: z.array(z.string()),
    }),
  ),
  windows: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      state: windowStateSchema,
      number: z.string().optional(),
    }),
  ),
  /** There outside of the terminal's screen hours, while nobody waits and the station is closed: the display shows nothing. */
  screenMayRest: z.literal(true).optional(),
});
export type HallView = z.infer<typeof hallViewSchema>;

export const hallEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('called'), call: hallCallSchema }),
  /** Something that the display or a console shows has changed: read again. */
  z.strictObject({ type: z.literal('changed') }),
  /** Sent at the start and every 15 s. */
  z.strictObject({ type: z.literal('alive'), now: z.number() }),
]);
export type HallEvent = z.infer<typeof hallEventSchema>;

export const hallContract = {
  view: oc.output(hallViewSchema),
  /** For displays, consoles and a visitor's page that shows a ticket. */
  events: oc.output(eventIterator(hallEventSchema)),
  /** Slides of the station's playlists that are in force today, in Chinese. */
  publicity: oc.output(z.array(slideSchema)),
};
