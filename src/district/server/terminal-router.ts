import { implement } from '@orpc/server';
import { districtContract } from '#shared/contract/district.ts';
import { operationTypeSchema, PROTOCOL } from '#shared/operations/operation.ts';
import { serverEpoch } from '../content/server-epoch.ts';
import { timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { applyOperation } from '../operations/apply-operation.ts';
import { conflictView, listConflicts, openConflicts } from '../operations/conflicts.ts';
import { enrol } from '../terminals/enrolment.ts';
import { signingTerminal } from '../terminals/terminal-signature.ts';
import { keepHeartbeat } from '../terminals/terminals.ts';
import { nextSecondsAt, waitSecondsAt } from './load-hints.ts';
import type { TerminalContext } from './request-context.ts';

// Who signs is looked at before what was sent.
const route = implement(districtContract).$context<TerminalContext>().$config({
  initialInputValidationIndex: Number.POSITIVE_INFINITY,
  initialOutputValidationIndex: Number.POSITIVE_INFINITY,
});

/** Lets only enrolled terminals through, and hands their record on. */
const signed = route.middleware(async ({ context, next }) => {
  const { district, nonces, request } = context;
  return next({ context: { terminal: await signingTerminal(district, nonces, request) } });
});

/** Handlers of what terminals ask. */
export const terminalRouter = route.router({
  hello: route.hello.handler(({ context: { district } }) => ({
    name: district.settings.name,
    protocols: [PROTOCOL],
    now: timeText(district.now()),
  })),
  enrol: route.enrol.handler(({ input, context: { district, request } }) =>
    enrol(district, input, request.address),
  ),
  operations: route.operations.use(signed).handler(async ({ input, context }) => {
    const { district, terminal } = context;
    mustBe(terminal.id, input.terminal);
    const results = [];
    for (const operation of input.operations) {
      const result = await applyOperation(district, terminal, operation);
      context.metrics.operationDone(knownType(operation.type), result.status);
      results.push(result);
    }
    const waitSeconds = waitSecondsAt(context.load());
    return {
      now: timeText(district.now()),
      results,
      ...(waitSeconds > 0 ? { waitSeconds } : {}),
      ...((input.minor ?? 0) < 2 ? {} : { epoch: await serverEpoch(district.database) }),
    };
  }),
  heartbeat: route.heartbeat.use(signed).handler(async ({ input, context }) => {
    const { district, terminal } = context;
    mustBe(terminal.id, input.terminal);
    await keepHeartbeat(district.database, input, district.now());
    return {
      now: timeText(district.now()),
      nextSeconds: nextSecondsAt(context.load()),
      openConflicts: await openConflicts(district.database, terminal.id),
      ...(input.minor === undefined ? {} : { epoch: await serverEpoch(district.database) }),
    };
  }),
  conflicts: route.conflicts.use(signed).handler(async ({ context: { district, terminal } }) => {
    const rows = await listConflicts(district.database, district.now(), {
      terminal: terminal.id,
    });
    return { conflicts: rows.map(conflictView) };
  }),
});

/** Figures must not grow with whatever somebody sends. */
function knownType(type: string): string {
  return operationTypeSchema.safeParse(type).success ? type : 'unknown';
}

/** Whoever signs must be whom the body names. */
function mustBe(signer: string, named: string): void {
  if (signer !== named) throw new DistrictFault('signature');
}
