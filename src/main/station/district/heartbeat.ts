import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { feedChain } from '#shared/feed/feed-index.ts';
import type { DoctorReport, Finding } from '#shared/health/finding.ts';
import { type Heartbeat, heartbeatAnswerSchema } from '#shared/operations/heartbeat.ts';
import { PROTOCOL } from '#shared/operations/operation.ts';
import { PUSH_PAUSES } from '#shared/operations/operation-limits.ts';
import { PROTOCOL_MINOR } from '#shared/operations/protocol-minor.ts';
import { localDateTime } from '#shared/time/local-date.ts';
import { appliedAt, appliedDivision } from '../content/feed-divisions.ts';
import type { RefusedDivision } from '../feed/open-feed.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';
import { type DistrictLink, learnClock, type Signer, signedRequest } from './district-link.ts';
import { noteHeard } from './heard.ts';
import { outboxState } from './outbox.ts';

/** What a heartbeat is made of. */
export interface BeatSource {
  readonly db: WritableDb;
  readonly cache: ReadableDb;
  readonly station: string;
  /** The computer's own clock, epoch milliseconds. */
  readonly now: () => number;
  readonly programVersion: string;
  /** When the feed was last found sound, epoch milliseconds; undefined before that. */
  readonly feedCheckedAt: () => number | undefined;
  /** Divisions of which the newest state was not taken, and why. */
  readonly feedRefused: () => readonly RefusedDivision[];
  /** The newest self-test. */
  readonly report: () => Promise<DoctorReport>;
}

function alarmOf({ check, verdict }: Finding): Heartbeat['alarms'] {
  if (verdict === 'fault') return [{ check, state: 'fault' }];
  return verdict === 'attention' ? [{ check, state: 'warning' }] : [];
}

/** The heartbeat of this moment (docs/protocol.md, 3.6): counts and names of checks only, no sentence and nobody's data. */
async function heartbeatOf(source: BeatSource, terminal: string, now: number) {
  const { db, cache, station, programVersion, feedCheckedAt, feedRefused, report } = source;
  const { waiting, oldestAt, refused, conflicts } = outboxState(db);
  const checkedAt = feedCheckedAt();
  const refusals = new Map(feedRefused().map(({ division, ...why }) => [division, why]));
  const { findings } = await report();
  return {
    ...{ protocol: PROTOCOL, terminal, at: localDateTime(now), program: programVersion },
    content: feedChain(station).flatMap((division) => {
      const applied = appliedDivision(cache, division);
      if (applied === undefined) return [];
      const { epoch, sequence } = applied;
      // Where the network has not been asked yet, or never is, the last time that something came was a look, too.
      const lookedAt = checkedAt ?? appliedAt(cache, division);
      const checked = lookedAt === undefined ? {} : { checkedAt: localDateTime(lookedAt) };
      const why = refusals.get(division);
      return [{ division, epoch, sequence, ...checked, ...(why && { refused: why }) }];
    }),
    outbox: {
      ...{ waiting, refused: refused.length, conflicts },
      ...(oldestAt === undefined ? {} : { oldestAt: localDateTime(oldestAt) }),
    },
    alarms: findings.flatMap(alarmOf),
  } satisfies Heartbeat;
}

/** What came of a heartbeat: when the district wants to hear again, or why it does not take what this terminal says. */
export type Beaten =
  | {
      readonly state: 'told';
      readonly nextSeconds: number;
      /** The life of the server's database; undefined for an older server. */
      readonly epoch: string | undefined;
    }
  /** Nobody answered, or with a fault that passes; `waitSeconds` where the district says how long. */
  | { readonly state: 'later'; readonly waitSeconds: number | undefined }
  | { readonly state: 'revoked' | 'clock' | 'signature' | 'version' };

/** What older districts read of a heartbeat, the newer first: they do not know all of it, and hear at least that this terminal lives. */
function olderForms(heartbeat: Heartbeat): readonly Heartbeat[] {
  const { content } = heartbeat;
  const withoutTop = content.map(({ refused, ...known }) => {
    const { top: _unknown, ...why } = refused ?? {};
    return refused === undefined
      ? known
      : { ...known, refused: { ...why, reason: refused.reason } };
  });
  const bare = content.map(({ refused: _unknown, ...known }) => known);
  const namesTop = content.some(({ refused }) => refused?.top !== undefined);
  return [
    ...(namesTop ? [{ ...heartbeat, minor: PROTOCOL_MINOR, content: withoutTop }] : []),
    { ...heartbeat, content: bare },
  ];
}

/**
 * Tells the district how this terminal is. One that has nothing to send learns in no other way that it was taken out of service,
 * or that its clock is wrong.
 */
export async function beat(
  source: BeatSource,
  link: DistrictLink,
  signer: Signer,
): Promise<Beaten> {
  const heartbeat = await heartbeatOf(source, signer.terminal, signer.now());
  const tell = (told: Heartbeat) => {
    const body = JSON.stringify(told);
    return link.request(signedRequest(signer, 'POST', DISTRICT_PATHS.heartbeats, body));
  };
  const newest = { ...heartbeat, minor: PROTOCOL_MINOR };
  const first = await tell(newest);
  const isClock = first.state === 'refused' && first.code === 'clock';
  const second = isClock && learnClock(signer, first.serverTime) ? await tell(newest) : first;
  let reply = second;
  for (const older of olderForms(heartbeat)) {
    if (reply.state !== 'refused' || reply.code !== 'bad-input') break;
    reply = await tell(older);
  }
  const refusal =
    reply.state === 'refused' ? REFUSALS.find((code) => code === reply.code) : undefined;
  if (reply.state === 'answered') noteHeard(source.db, source.now());
  if (refusal !== undefined) return { state: refusal };
  if (reply.state !== 'answered') {
    const waitSeconds = reply.state === 'refused' ? reply.waitSeconds : undefined;
    return { state: 'later', waitSeconds };
  }
  const answer = heartbeatAnswerSchema.safeParse(reply.body);
  const { nextSeconds = PUSH_PAUSES.heartbeat, epoch } = answer.data ?? {};
  return { state: 'told', nextSeconds, epoch };
}

const REFUSALS = ['revoked', 'clock', 'signature', 'version'] as const;
