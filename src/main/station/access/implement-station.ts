import { implement, ORPCError } from '@orpc/server';
import { StationError } from '#shared/contract/errors.ts';
import { stationContract } from '#shared/contract/station.ts';
import { isUnattended } from '#shared/staff/unattended-calls.ts';
import type { StationLog } from '../log/station-log.ts';
import type { Staff } from '../staff/staff.ts';
import { isDiskFull } from '../store/disk-full.ts';
import type { CallContext } from './caller.ts';
import { guardCall } from './guard.ts';

/**
 * What every method of the contract is made with: the call is let through or refused by the table of
 * `#shared/contract/access.ts`, the handler learns who is logged in, and what it throws becomes one of the closed kinds.
 * `callFailed` is told of a fault that nobody foresaw.
 */
export function implementStation(staff: Staff, log: StationLog, callFailed: () => void) {
  return implement(stationContract)
    .$context<CallContext>()
    .use(({ context, next, path }) =>
      answered(log, callFailed, path.join('.'), () => {
        const session = staff.sessionOf(context.caller, { isAct: !isUnattended(path) });
        guardCall(path, context, session);
        return next({ context: { staff: session } });
      }),
    );
}
export type StationImplementer = ReturnType<typeof implementStation>;

/**
 * Turns whatever a handler throws into one of the closed kinds (invariant 7). A fault that nobody foresaw is logged by
 * its name and place, never shown.
 */
async function answered<Result>(
  log: StationLog,
  callFailed: () => void,
  method: string,
  next: () => Result | PromiseLike<Result>,
): Promise<Result> {
  try {
    return await next();
  } catch (error) {
    if (error instanceof ORPCError) throw error;
    if (error instanceof StationError) throw new ORPCError(error.kind);
    if (isDiskFull(error)) throw new ORPCError('disk-full');
    log.event('handler-failed', {
      method,
      error: error instanceof Error ? error.name : 'unknown',
      at: firstFrame(error),
    });
    callFailed();
    throw new ORPCError('internal');
  }
}

/** Where in the program an error arose, without the folder it is installed in. */
function firstFrame(error: unknown): string {
  const frame = error instanceof Error ? error.stack?.split('\n')[1] : undefined;
  return frame?.match(/([\w.-]+:\d+):\d+\)?$/)?.[1] ?? '';
}
