import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import type { DistrictTrouble } from '#shared/contract/editing.ts';
import { type Operation, PROTOCOL } from '#shared/operations/operation.ts';
import { OPERATION_LIMITS, PUSH_PAUSES } from '#shared/operations/operation-limits.ts';
import { operationAnswerSchema } from '#shared/operations/operation-result.ts';
import { PROTOCOL_MINOR } from '#shared/operations/protocol-minor.ts';
import type { WritableDb } from '../store/sql.ts';
import {
  type DistrictLink,
  learnClock,
  type Reply,
  type ServerClock,
  type Signer,
  signedRequest,
} from './district-link.ts';
import { noteRevoked } from './enrolled.ts';
import { takeResults, waitingOperations } from './outbox.ts';

/** What staff must be told when nothing goes through any more. */
export type PushTrouble = DistrictTrouble;

/** How sending goes; lives as long as the program, because the outbox itself remembers what matters. */
export interface PushPace extends ServerClock {
  /** Failures in a row. */
  failures: number;
  /** Operations in the next batch: halved when a batch as a whole was refused. */
  size: number;
  trouble: PushTrouble | undefined;
  /** From when on batches say which answers this program knows: an older server refuses that as `bad-input`, until it is brought up to date. */
  minorFrom: number;
}

/** A server is brought up to date within days. */
const MINOR_AGAIN_MS = 86_400_000;

function saysMinor({ signer, pace }: Pick<Push, 'signer' | 'pace'>): boolean {
  return signer.now() >= pace.minorFrom;
}

export const freshPace = (): PushPace => ({
  ...{ failures: 0, size: OPERATION_LIMITS.batch, skewMs: 0 },
  ...{ trouble: undefined, minorFrom: 0 },
});

export interface Push {
  readonly db: WritableDb;
  readonly link: DistrictLink;
  readonly signer: Signer;
  readonly pace: PushPace;
  /** Told of the life of the server's database that an answer names, before its results are taken; undefined from an older server. */
  readonly heed: (epoch: string | undefined) => void;
  /** Told after the commit of answers. */
  readonly answered: () => void;
}

/** What to do next: go on at once, rest until there is something new, or wait so many seconds. */
export type Next = 'more' | 'rest' | { readonly waitSeconds: number } | 'stop';

/**
 * The body of a batch. Oldest first; the same operations give the same body. `minor` is left out on a stick, where nobody can ask a
 * second time.
 */
export function batchBody(
  terminal: string,
  operations: readonly Operation[],
  minor?: number,
): string {
  return JSON.stringify({ protocol: PROTOCOL, terminal, minor, operations });
}

/**
 * Sends one batch and keeps what the district answers. A crash before the answers are written costs nothing: the same ids are
 * sent again and answered the same (invariant 4).
 */
export async function pushOnce(ordered: Push): Promise<Next> {
  const { db, link, pace } = ordered;
  const push = { ...ordered, signer: { ...ordered.signer, clock: pace } };
  const { signer } = push;
  const operations = waitingOperations(db, pace.size);
  if (operations.length === 0) {
    // Nothing is left that could fail: a stick may have emptied the outbox.
    pace.size = OPERATION_LIMITS.batch;
    pace.failures = 0;
    pace.trouble = undefined;
    return 'rest';
  }
  const minor = saysMinor(push) ? PROTOCOL_MINOR : undefined;
  const body = batchBody(signer.terminal, operations, minor);
  const reply = await link.request(signedRequest(signer, 'POST', DISTRICT_PATHS.operations, body));
  if (reply.state === 'answered') return takeAnswer(push, operations, reply.body);
  return reply.state === 'refused' ? refused(push, operations, reply) : failed(pace, 'unreachable');
}

function takeAnswer(
  { db, signer, pace, heed, answered }: Push,
  operations: readonly Operation[],
  body: unknown,
): Next {
  const answer = operationAnswerSchema.safeParse(body);
  if (!answer.success) return failed(pace, 'unreachable');
  const sent = new Set(operations.map(({ id }) => id));
  const results = answer.data.results.filter(({ id }) => sent.has(id));
  // What these results are of belongs to the new life already, and does not go again.
  heed(answer.data.epoch);
  const taken = takeResults(db, results, signer.now());
  // A server that answers nothing of what it was sent must not be asked again and again without a pause.
  if (taken === 0) return failed(pace, 'unreachable');
  pace.failures = 0;
  pace.trouble = undefined;
  pace.size = Math.min(pace.size * 2, OPERATION_LIMITS.batch);
  answered();
  const { waitSeconds = 0 } = answer.data;
  return waitSeconds > 0 ? { waitSeconds } : 'more';
}

function refused(
  push: Push,
  operations: readonly Operation[],
  reply: Extract<Reply, { state: 'refused' }>,
): Next {
  const { db, signer, pace, answered } = push;
  switch (reply.code) {
    case 'bad-input':
    case 'too-large': {
      // Asked once more without it, the server tells whether the operations are at fault; a single one that is lets it be said again.
      if (reply.code === 'bad-input' && saysMinor(push)) {
        pace.minorFrom = signer.now() + MINOR_AGAIN_MS;
        return 'more';
      }
      if (operations.length > 1) {
        pace.size = Math.ceil(operations.length / 2);
        return 'more';
      }
      pace.minorFrom = 0;
      const [{ id } = { id: '' }] = operations;
      const message = '区县服务器读不懂这条记录，请联系技术人员。';
      takeResults(db, [{ id, status: 'refused', code: 'bad-body', message }], signer.now());
      answered();
      return 'more';
    }
    case 'clock': {
      pace.trouble = 'clock';
      return learnClock(signer, reply.serverTime) ? 'more' : failed(pace, 'clock');
    }
    case 'revoked':
      noteRevoked(db, signer.now());
      pace.trouble = 'revoked';
      return 'stop';
    case 'signature':
    case 'version':
      failed(pace, reply.code);
      return { waitSeconds: PUSH_PAUSES.longest };
    default: {
      const next = failed(pace, 'unreachable');
      return reply.waitSeconds === undefined ? next : { waitSeconds: reply.waitSeconds };
    }
  }
}

/** After a failure: 30 s, doubled each time, never more than an hour. */
function failed(pace: PushPace, trouble: PushTrouble): { readonly waitSeconds: number } {
  const waitSeconds = Math.min(PUSH_PAUSES.first * 2 ** pace.failures, PUSH_PAUSES.longest);
  pace.failures += 1;
  pace.trouble = trouble;
  return { waitSeconds };
}
