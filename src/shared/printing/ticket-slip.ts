import { type LocalDate, localMoment } from '../time/local-date.ts';
import type { Slip, SlipBlock } from './slip.ts';

/** What a queue ticket tells its holder. Nothing in it says who the holder is. */
export interface Ticket {
  readonly station: string;
  /** As it is called: A012. */
  readonly number: string;
  /** The business line: 法律援助. */
  readonly line: string;
  /** How many are before this number; absent when nobody can say. */
  readonly ahead?: number | undefined;
  /** How long it is likely to take, in minutes. */
  readonly wait?: { readonly from: number; readonly to: number } | undefined;
  /** Where to go when called: 2号窗口. */
  readonly windows: readonly string[];
  /** The ground on which it is served first, by law or by the station's rule. */
  readonly priority?: string | undefined;
  /** The guide that the visitor chose, if one. */
  readonly service?: TicketService | undefined;
  /** What the QR code says: plain text, or the code with which the place in the queue can be asked for. */
  readonly qr: { readonly text: string; readonly caption: string };
  readonly notes: readonly string[];
  /** Epoch milliseconds. */
  readonly issuedAt: number;
}

export interface TicketService {
  readonly title: string;
  /** What to bring, one material an item. */
  readonly bring: readonly string[];
  readonly fee: string;
  readonly timeLimit?: string | undefined;
}

type Row = (ticket: Ticket) => readonly SlipBlock[];

/** The rows of a ticket from top to bottom; a row without anything to say is left out. */
const ROWS: readonly Row[] = [
  ({ station }) => [{ type: 'line', role: 'title', text: station }],
  ({ number }) => [{ type: 'line', role: 'number', text: number }],
  pair('办理业务', ({ line }) => line),
  pair('前面等候', ({ ahead }) => (ahead === undefined ? undefined : `${ahead} 人`)),
  pair('大约等候', ({ wait }) => (wait === undefined ? undefined : waitText(wait))),
  pair('办理窗口', ({ windows }) => (windows.length === 0 ? undefined : windows.join('、'))),
  pair('优先办理', ({ priority }) => priority),
  () => [{ type: 'rule' }],
  ({ service }) =>
    service === undefined ? [] : [{ type: 'line', role: 'heading', text: service.title }],
  pair('收费', ({ service }) => service?.fee),
  pair('时限', ({ service }) => service?.timeLimit),
  ({ service }) =>
    service === undefined || service.bring.length === 0
      ? []
      : [
          { type: 'line', role: 'heading', text: '请带好：' },
          { type: 'list', items: [...service.bring] },
        ],
  ({ service }) => (service === undefined ? [] : [{ type: 'rule' }]),
  ({ qr }) => [{ type: 'qr', text: qr.text, caption: qr.caption }],
  ({ notes }) => notes.map((text): SlipBlock => ({ type: 'line', role: 'note', text })),
  ({ issuedAt }) => [{ type: 'line', role: 'note', text: `取号时间 ${slipTime(issuedAt)}` }],
];

/** A queue ticket as a slip. */
export function ticketSlip(ticket: Ticket): Slip {
  return { label: ticket.number, blocks: ROWS.flatMap((row) => row(ticket)) };
}

function pair(label: string, value: (ticket: Ticket) => string | undefined): Row {
  return (ticket) => {
    const text = value(ticket);
    return text === undefined || text === '' ? [] : [{ type: 'pair', label, value: text }];
  };
}

function waitText({ from, to }: { readonly from: number; readonly to: number }): string {
  if (from === 0) return `${to} 分钟以内`;
  return from >= to ? `约 ${to} 分钟` : `${from} 到 ${to} 分钟`;
}

/** A moment as slips write it: 2026-11-23 10:05, in the station's civil time. */
export function slipTime(at: number): string {
  const { date, minutes }: { date: LocalDate; minutes: number } = localMoment(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
