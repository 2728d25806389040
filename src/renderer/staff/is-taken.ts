import { StationError } from '#shared/contract/errors.ts';

/** Whether a call was refused because of a draft: one is in the way, or it is not the one that this page knows. */
export function isTaken(error: unknown): boolean {
  return error instanceof StationError && error.kind === 'taken';
}
