import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readSpokenCode, spokenCode } from '#shared/staff/spoken-code.ts';

/** 40 bits: enough that a code never comes twice while an answer to it is still good. */
const CHALLENGE_BYTES = 5;
export const CHALLENGE_LENGTH = 8;
/** 60 bits, with five tries: nobody guesses it, and it can still be read out over the telephone. */
const RESPONSE_BYTES = 8;
const RESPONSE_LENGTH = 12;
const KEY_BYTES = 32;

/** A key that a terminal and its district share; made when the terminal is set up, never part of the program. */
export function makeRecoveryKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

/** A code to be read out to the district. */
export function makeChallenge(): string {
  return spokenCode(randomBytes(CHALLENGE_BYTES));
}

/**
 * The district's answer to a code, for one account of one station and nothing else: HMAC-SHA-256 over all three, cut to
 * what can be read out. Undefined when the code cannot be one.
 */
export function answerChallenge(
  key: string,
  { station, account, challenge }: Challenge,
): string | undefined {
  const code = readSpokenCode(challenge, CHALLENGE_LENGTH);
  if (code === undefined) return undefined;
  const digest = createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(['legal-kiosk staff recovery 1', station, account, code].join('\0'))
    .digest();
  const answer = spokenCode(digest.subarray(0, RESPONSE_BYTES)).replaceAll('-', '');
  return readSpokenCode(answer.slice(0, RESPONSE_LENGTH), RESPONSE_LENGTH);
}

export interface Challenge {
  readonly station: string;
  readonly account: string;
  readonly challenge: string;
}

/** Whether what was typed is the district's answer. */
export function isAnswer(key: string, challenge: Challenge, typed: string): boolean {
  const wanted = answerChallenge(key, challenge);
  const given = readSpokenCode(typed, RESPONSE_LENGTH);
  if (wanted === undefined || given === undefined) return false;
  return timingSafeEqual(Buffer.from(wanted), Buffer.from(given));
}
