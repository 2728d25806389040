import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import type { EnrolFault } from '#shared/contract/enrolment.ts';
import {
  type EnrolmentAnswer,
  type EnrolmentRequest,
  enrolmentAnswerSchema,
  enrolmentCodeSchema,
  enrolmentProof,
} from '#shared/operations/enrolment.ts';
import { PROTOCOL } from '#shared/operations/operation.ts';
import { serverAddress } from '#shared/operations/server-address.ts';
import type { WritableDb } from '../store/sql.ts';
import { type DistrictLink, webLink } from './district-link.ts';
import { keepEnrolment, readEnrolled } from './enrolled.ts';
import { anotherKey, type TerminalKey, terminalKey } from './terminal-key.ts';

/** What it takes to enrol by a code. */
export interface EnrolByCode {
  readonly db: WritableDb;
  /** The folder of what belongs to the enrolment. */
  readonly folder: string;
  /** Code of the outlet that this terminal serves. */
  readonly station: string;
  /** As typed. */
  readonly server: string;
  readonly code: string;
  readonly name: string;
  readonly actor: string;
  readonly now: () => number;
}

/** Enrols this terminal over the network and keeps what the district answered. */
export async function enrolByCode(options: EnrolByCode): Promise<EnrolmentAnswer | EnrolFault> {
  const { db, folder, server, now } = options;
  const before = readEnrolled(db);
  if (before !== undefined && before.revokedAt === undefined) return 'enrolled-before';
  const address = serverAddress(server);
  if (address === undefined) return 'bad-address';
  // A terminal that was taken out of service comes back under a new key.
  const key = terminalKey(folder, before?.revokedAt);
  const link = webLink(address, new AbortController().signal);
  const first = await enrolAt(link, { ...options, key });
  // Enrolled once, and forgotten here since: by a code of another outlet, or with data that got lost.
  const answer =
    first === 'known-key' ? await enrolAt(link, { ...options, key: anotherKey(folder) }) : first;
  if (answer === 'known-key') return 'refused';
  if (typeof answer !== 'string') keepEnrolment(db, answer, options.actor, now());
  return answer;
}

/** The request that trades a code for a place in the district; undefined for what cannot be a code. */
export function enrolmentRequest(
  typed: string,
  { name, key, station }: Pick<EnrolOrder, 'name' | 'key' | 'station'>,
): EnrolmentRequest | undefined {
  const code = enrolmentCodeSchema.safeParse(typed);
  if (!code.success) return undefined;
  const proof = key.sign(enrolmentProof(code.data, key.publicKey)).toString('hex');
  const { publicKey } = key;
  return { protocol: PROTOCOL, code: code.data, publicKey, name, proof, outlet: station };
}

interface EnrolOrder {
  readonly code: string;
  readonly name: string;
  readonly key: TerminalKey;
  /** Code of the outlet that this terminal serves. */
  readonly station: string;
}

const ENROLMENT_REFUSALS = ['code', 'too-many', 'other-outlet', 'known-key'] as const;

/** Enrols over the network. The same code with the same key may be tried again after a lost answer. */
export async function enrolAt(
  link: DistrictLink,
  order: EnrolOrder,
): Promise<EnrolmentAnswer | EnrolFault | 'known-key'> {
  const request = enrolmentRequest(order.code, order);
  if (request === undefined) return 'unreadable-code';
  const reply = await link.request({
    ...{ method: 'POST', path: DISTRICT_PATHS.enrolments, headers: {} },
    body: JSON.stringify(request),
  });
  if (reply.state === 'unreachable') return 'unreachable';
  if (reply.state === 'refused')
    return ENROLMENT_REFUSALS.find((code) => code === reply.code) ?? 'refused';
  const answer = enrolmentAnswerSchema.safeParse(reply.body);
  if (!answer.success) return 'refused';
  return answer.data.outlet === order.station ? answer.data : 'other-outlet';
}
