import type { CheckId, Verdict } from '#shared/health/finding.ts';
import type { TicketPrinterState } from '#shared/printing/printer-state.ts';
import type { Profile } from '#shared/profile/profile.ts';
import type { Library } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';
import type { ReadableDb } from '../store/sql.ts';
import type { Computer } from './computer.ts';

/** A database as a check may look at it: never written, and there while a host works on it. */
export interface ExaminedDatabase {
  readonly path: string;
  /** Absent when there is no file, or when it cannot be opened. */
  readonly db: ReadableDb | undefined;
  /** Why it cannot be opened. */
  readonly trouble?: 'missing' | 'damaged' | 'unreadable';
}

/** What checks look at: this terminal, at this moment. */
export interface Premises {
  readonly dataDir: string;
  readonly now: number;
  readonly computer: Computer;
  readonly station: ExaminedDatabase;
  readonly cache: ExaminedDatabase;
  /** What the cache says of the deployment; absent before the first start. */
  readonly place:
    | { readonly profile: Profile; readonly library: Library; readonly stations: Stations }
    | undefined;
  /** How the ticket printers of the profile are. */
  readonly ticketPrinters: () => Promise<readonly PrinterLook[]>;
  readonly paperPrinter: (queue: string) => Promise<'ready' | 'unreachable'>;
}

export interface PrinterLook {
  readonly name: string;
  readonly state: TicketPrinterState;
}

/** What a check found; a remedy stands with whatever somebody has to do something about. */
export type Outcome =
  | { readonly verdict: Exclude<Verdict, 'attention' | 'fault'>; readonly sentence: string }
  | {
      readonly verdict: 'attention' | 'fault';
      readonly sentence: string;
      readonly remedy: string;
    };

/** A check: what it looks at, and how. It may throw; that is a fault of its own. */
export interface Check {
  readonly id: CheckId;
  readonly title: string;
  readonly look: (premises: Premises) => Outcome | Promise<Outcome>;
}

export const ok = (sentence: string): Outcome => ({ verdict: 'ok', sentence });
export const notApplicable = (sentence: string): Outcome => ({
  verdict: 'not-applicable',
  sentence,
});
export const attention = (sentence: string, remedy: string): Outcome => ({
  ...{ verdict: 'attention', sentence, remedy },
});
export const fault = (sentence: string, remedy: string): Outcome => ({
  ...{ verdict: 'fault', sentence, remedy },
});
