import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import {
  type EnrolmentAnswer,
  type EnrolmentRequest,
  enrolmentAnswerSchema,
  enrolmentCodeSchema,
  enrolmentProof,
} from '#shared/operations/enrolment.ts';
import { PROTOCOL } from '#shared/operations/operation.ts';
import type { DistrictLink } from './district-link.ts';
import type { TerminalKey } from './terminal-key.ts';

/** Why a terminal could not be enrolled. */
export type EnrolFault =
  /** Not twelve letters and digits. */
  | 'unreadable-code'
  /** Wrong, used or too old. */
  | 'code'
  | 'too-many'
  | 'unreachable'
  /** The code is for another outlet than the one that this terminal serves. */
  | 'other-outlet'
  | 'refused';

/** The request that trades a code for a place in the district; undefined for what cannot be a code. */
export function enrolmentRequest(
  typed: string,
  name: string,
  key: TerminalKey,
): EnrolmentRequest | undefined {
  const code = enrolmentCodeSchema.safeParse(typed);
  if (!code.success) return undefined;
  const proof = key.sign(enrolmentProof(code.data, key.publicKey)).toString('hex');
  return { protocol: PROTOCOL, code: code.data, publicKey: key.publicKey, name, proof };
}

/** Enrols over the network. The same code with the same key may be tried again after a lost answer. */
export async function enrolAt(
  link: DistrictLink,
  { code, name, key, station }: { code: string; name: string; key: TerminalKey; station: string },
): Promise<EnrolmentAnswer | EnrolFault> {
  const request = enrolmentRequest(code, name, key);
  if (request === undefined) return 'unreadable-code';
  const reply = await link.request({
    ...{ method: 'POST', path: DISTRICT_PATHS.enrolments, headers: {} },
    body: JSON.stringify(request),
  });
  if (reply.state === 'unreachable') return 'unreachable';
  if (reply.state === 'refused')
    return reply.code === 'code' || reply.code === 'too-many' ? reply.code : 'refused';
  const answer = enrolmentAnswerSchema.safeParse(reply.body);
  if (!answer.success) return 'refused';
  return answer.data.outlet === station ? answer.data : 'other-outlet';
}
