import { StationError } from '#shared/contract/errors.ts';
import type { JobState } from '#shared/printing/print-job.ts';
import type { StationClient } from '../station-client/station-client.ts';

/** What staff can say of a slip that did not end well. */
export type SlipDecision = Parameters<StationClient['tickets']['decide']>[0]['decision'];

/** What can have become of it: one that certainly did not print did not come out. */
export function slipDecisions(state: JobState): readonly SlipDecision[] {
  return state === 'in-doubt'
    ? ['came-out', 'print-again', 'not-needed']
    : ['print-again', 'not-needed'];
}

/** Why a decision was not taken, in a sentence. */
export function decisionFault(error: unknown) {
  const kind = error instanceof StationError ? error.kind : undefined;
  if (kind === 'not-found') return 'staff.printers.past';
  return kind === 'busy' ? 'staff.printers.decided' : 'desk.failed';
}
