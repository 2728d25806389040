import { ORPCError } from '@orpc/server';
import type { FastifyReply } from 'fastify';
import { DISTRICT_ERRORS, type DistrictErrorCode } from '#shared/operations/district-error.ts';
import { DistrictFault } from '../district-fault.ts';

/** Seconds until somebody who asked too often, or too early, may ask again. */
const RETRY_SECONDS = 30;

/** Any fault as one of the protocol's. What nobody foresaw is told to `onUnknown` and answered as `internal`. */
export function asFault(fault: unknown, onUnknown: (fault: unknown) => void): DistrictFault {
  if (fault instanceof DistrictFault) return fault;
  if (fault instanceof ORPCError && fault.status < 500)
    return new DistrictFault(codeOf(fault.status));
  const { statusCode } = (fault ?? {}) as { statusCode?: unknown };
  if (typeof statusCode === 'number' && statusCode < 500)
    return new DistrictFault(codeOf(statusCode));
  onUnknown(fault);
  return new DistrictFault('internal');
}

/** Answers a request with a fault. */
export async function sendFault(reply: FastifyReply, fault: DistrictFault): Promise<void> {
  setRetryAfter(reply, fault);
  await reply.status(DISTRICT_ERRORS[fault.code]).send(faultBody(fault));
}

/** Says when to ask again, where the protocol promises it. */
export function setRetryAfter(reply: FastifyReply, { code, retryAfter }: DistrictFault): void {
  if (code === 'too-many' || code === 'later')
    void reply.header('retry-after', String(retryAfter ?? RETRY_SECONDS));
}

/** The body of every answer that is not a success. */
export function faultBody({ code, message }: Pick<DistrictFault, 'code' | 'message'>) {
  return { error: { code, message } };
}

/** A fault on its way through the contract's handler. */
export function asContractError(fault: DistrictFault): ORPCError<DistrictErrorCode, undefined> {
  return new ORPCError(fault.code, {
    status: DISTRICT_ERRORS[fault.code],
    message: fault.message,
  });
}

function codeOf(status: number): DistrictErrorCode {
  if (status === 404 || status === 405) return 'not-found';
  if (status === 413) return 'too-large';
  if (status === 416) return 'bad-range';
  if (status === 429) return 'too-many';
  return 'bad-input';
}

/** How the contract's handlers write a fault. */
export function faultEncoder({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}) {
  return { error: { code, message } };
}

/** Turns whatever a handler throws into a fault of the protocol. */
export function catchFaults(onUnknown: (fault: unknown) => void) {
  return async <Result>(call: { readonly next: () => Promise<Result> }): Promise<Result> => {
    try {
      return await call.next();
    } catch (error) {
      throw asContractError(asFault(error, onUnknown));
    }
  };
}
