import { z } from 'zod';

/** Shortest and longest PIN or password, in characters. */
export const SECRET_MIN = 6;
export const SECRET_MAX = 64;

/** A shorter account is in many numbers by chance. */
const NAMED_FROM = 4;

/** A PIN or password on its way in; whether it is good enough to be chosen is for `secretFault`. */
export const secretSchema = z.string().min(1).max(SECRET_MAX);

/** Why a PIN or password cannot be taken. */
export const secretFaultSchema = z.enum(['too-short', 'too-simple', 'same-as-before', 'account']);
export type SecretFault = z.infer<typeof secretFaultSchema>;

/**
 * What is wrong with a newly chosen PIN or password, if anything. Refused are those that are tried first: one repeated
 * piece, a run up or down, a date, and the account itself. Length counts more than kinds of characters (NIST SP 800-63B).
 */
export function secretFault(secret: string, account: string): SecretFault | undefined {
  const characters = Array.from(secret);
  if (characters.length < SECRET_MIN) return 'too-short';
  if (account.length >= NAMED_FROM && secret.toLowerCase().includes(account.toLowerCase()))
    return 'account';
  if (isRepeated(secret) || isRun(characters) || isDate(secret)) return 'too-simple';
  return undefined;
}

/** 111111, 121212, 123123. */
function isRepeated(secret: string): boolean {
  return /^(.{1,3})\1+$/u.test(secret) || new Set(secret).size < 3;
}

/** 123456, 987654, abcdef. */
function isRun(characters: readonly string[]): boolean {
  const steps = characters
    .slice(1)
    .map(
      (character, at) => (character.codePointAt(0) ?? 0) - (characters[at]?.codePointAt(0) ?? 0),
    );
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}

/** 19900307, 900307, 070390: a birthday is known to many. */
function isDate(secret: string): boolean {
  const month = '(?:0[1-9]|1[0-2])';
  const day = '(?:0[1-9]|[12]\\d|3[01])';
  const year = '(?:(?:19|20)\\d\\d|\\d\\d)';
  return new RegExp(`^(?:${year}${month}${day}|${day}${month}${year})$`).test(secret);
}
