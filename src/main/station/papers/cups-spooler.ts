import { type ProgramEnd, runProgram } from './run-program.ts';
import type { RequestState, Spooler } from './spooler.ts';

const ASK_MS = 4000;
const SUBMIT_MS = 20_000;

/** What `lp` says (in English) when it was turned away before it sent any of the paper. */
const TURNED_AWAY =
  /does not exist|not accepting|unable to connect|scheduler.*not|connection refused|bad file descriptor|no default destination|unauthorized|forbidden|too many active jobs/i;
/** Reasons of a printer's state, by RFC 8011 section 5.4.12, with which no paper comes out. */
const PRINTER_TROUBLE =
  /Alerts:.*\b(?:paused|offline-report|shutdown|stopped|timed-out|media-empty(?!-warning)|media-needed|media-jam|door-open|cover-open|toner-empty|marker-supply-empty|[\w-]+-error)\b/;
/** What the backends and the scheduler say of a request that does not get to its printer; it would be tried again. */
const REQUEST_TROUBLE =
  /unavailable|not responding|unreachable|unable to|offline|network host|\b(?:resources-are-not-ready|job-stopped|printer-stopped)\b/i;
const GIVEN_UP =
  /Alerts:.*\b(?:job-canceled[\w-]*|aborted-by-system|[\w-]*with-errors|[\w-]*-error)\b/;

/**
 * A printer of CUPS, spoken to by its own programs `lp`, `lpstat` and `cancel`. Their arguments come from the profile
 * and from CUPS, never from a visitor. `options` are further ones of `lp`.
 */
export function cupsSpooler(printer: string, options: readonly string[] = []): Spooler {
  return {
    status: async () => {
      const [state, accepting] = await Promise.all([
        ask('lpstat', ['-l', '-p', printer]),
        ask('lpstat', ['-a', printer]),
      ]);
      const ready =
        succeeded(state) &&
        succeeded(accepting) &&
        new RegExp(`^printer ${printer} (?:is idle|now printing)`).test(state.output) &&
        !PRINTER_TROUBLE.test(state.output) &&
        / accepting requests /.test(accepting.output) &&
        !/ not accepting /.test(accepting.output);
      return ready ? 'ready' : 'unreachable';
    },
    submit: async (document, title) => {
      const end = await runProgram('lp', ['-d', printer, ...options, '-t', title, '-'], {
        input: document,
        timeoutMs: SUBMIT_MS,
      });
      const request = /^request id is (\S+-\d+) /m.exec(end.output)?.[1];
      if (succeeded(end) && request !== undefined) return { state: 'taken', request };
      const refused =
        end.how === 'missing' || (end.how === 'exited' && TURNED_AWAY.test(end.errors));
      return { state: refused ? 'refused' : 'unknown' };
    },
    requestState: (request) => requestState(printer, request),
    cancel: async (request) => {
      await ask('cancel', [request]);
    },
  };
}

async function requestState(printer: string, request: string): Promise<RequestState> {
  const waiting = await ask('lpstat', ['-l', '-W', 'not-completed', '-o', printer]);
  if (!succeeded(waiting)) return 'unknown';
  const pending = entryOf(waiting.output, request);
  if (pending !== undefined) return REQUEST_TROUBLE.test(pending) ? 'troubled' : 'waiting';
  const ended = await ask('lpstat', ['-l', '-W', 'completed', '-o', printer]);
  if (!succeeded(ended)) return 'unknown';
  const past = entryOf(ended.output, request);
  // CUPS 2.4 gives a cancelled request the same reason as a completed one; what went wrong still stands in its status.
  return past === undefined || GIVEN_UP.test(past) || REQUEST_TROUBLE.test(past) ? 'lost' : 'done';
}

/** The lines that `lpstat -l -o` prints of one request: its own, and the indented ones after it. */
function entryOf(listing: string, request: string): string | undefined {
  return listing.split(/\n(?=\S)/).find((entry) => entry.split(/\s/, 1)[0] === request);
}

function ask(command: string, args: readonly string[]): Promise<ProgramEnd> {
  return runProgram(command, args, { timeoutMs: ASK_MS });
}

function succeeded(end: ProgramEnd): boolean {
  return end.how === 'exited' && end.code === 0;
}
