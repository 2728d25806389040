import { oc } from '@orpc/contract';
import { z } from 'zod';
import { conflictListSchema } from '../operations/conflict.ts';
import { enrolmentAnswerSchema, enrolmentRequestSchema } from '../operations/enrolment.ts';
import { heartbeatAnswerSchema, heartbeatSchema } from '../operations/heartbeat.ts';
import { operationBatchSchema } from '../operations/operation.ts';
import { operationAnswerSchema } from '../operations/operation-result.ts';

/** Paths of the terminals' API; a signature covers them as they stand here. */
export const DISTRICT_PATHS = {
  hello: '/v1/hello',
  enrolments: '/v1/enrolments',
  operations: '/v1/operations',
  heartbeats: '/v1/heartbeats',
  conflicts: '/v1/conflicts',
} as const;

/**
 * What terminals ask of the district (docs/protocol.md, sections 3 and 4). Operations, heartbeats and conflicts are signed
 * by the terminal's key (`request-signature.ts`).
 */
export const districtContract = {
  hello: oc
    .route({
      method: 'GET',
      path: DISTRICT_PATHS.hello,
      summary: 'Who is there, and which protocols it speaks',
    })
    .output(
      z.strictObject({
        name: z.string(),
        protocols: z.array(z.int()),
        now: z.iso.datetime({ offset: true }),
      }),
    ),
  enrol: oc
    .route({
      method: 'POST',
      path: DISTRICT_PATHS.enrolments,
      summary: 'Trade a one-time code for a place in the district',
    })
    .input(enrolmentRequestSchema)
    .output(enrolmentAnswerSchema),
  operations: oc
    .route({
      method: 'POST',
      path: DISTRICT_PATHS.operations,
      summary: 'Hand over what the outbox holds',
    })
    .input(operationBatchSchema)
    .output(operationAnswerSchema),
  heartbeat: oc
    .route({ method: 'POST', path: DISTRICT_PATHS.heartbeats, summary: 'Say how the terminal is' })
    .input(heartbeatSchema)
    .output(heartbeatAnswerSchema),
  conflicts: oc
    .route({
      method: 'GET',
      path: DISTRICT_PATHS.conflicts,
      summary: 'Edits of this terminal that met others',
    })
    .output(conflictListSchema),
};
export type DistrictContract = typeof districtContract;
