import { StationError } from '#shared/contract/errors.ts';

/** Whether a call failed because the log-in has run out or was ended by somebody else. */
export function isLogInOver(error: unknown): boolean {
  return error instanceof StationError && error.kind === 'not-signed-in';
}
