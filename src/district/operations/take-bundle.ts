import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import {
  type Bundle,
  type BundleContent,
  bundleContentSchema,
  type Receipts,
  type SignedFile,
} from '#shared/operations/bundle.ts';
import type { EnrolmentAnswer } from '#shared/operations/enrolment.ts';
import { operationBatchSchema } from '#shared/operations/operation.ts';
import type { OperationResult } from '#shared/operations/operation-result.ts';
import { signatureBase } from '#shared/operations/request-signature.ts';
import { bundleAad, sealingInfo } from '#shared/operations/sealed.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { type District, timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { openSealed } from '../sealing/open-sealed.ts';
import { readJson } from '../server/read-json.ts';
import { enrol } from '../terminals/enrolment.ts';
import { digestOf, isSignedBy } from '../terminals/terminal-signature.ts';
import { type Terminal, terminalOf } from '../terminals/terminals.ts';
import { applyOperation } from './apply-operation.ts';
import { decidedAmong } from './conflicts.ts';

/** Who hands a bundle in: from where, and which outlets are theirs to see to. */
export interface Bringer {
  /** A person's id. */
  readonly actor: string;
  readonly address: string;
  readonly sees: (outlet: string) => boolean;
}

/**
 * Takes in what a terminal put on a stick: its enrolment, and batches as it would have sent them. Gives the signed receipts.
 * A batch whose signature does not fit gets no receipts; of a terminal that was taken out of service nothing is taken, and the receipts
 * tell it so, since without a network it hears of it in no other way. Throws `bad-input` for a bundle that cannot be opened, `not-found` for one
 * of a terminal that its bringer does not see to, and what `enrol` throws.
 */
export async function takeBundle(
  district: District,
  bundle: Bundle,
  bringer: Bringer,
): Promise<SignedFile> {
  const content = await openBundle(district, bundle);
  const enrolment =
    content.enrolment && (await enrol(district, content.enrolment, bringer.address, bringer.sees));
  const terminal = await senderOf(district, bundle, enrolment);
  if (!bringer.sees(terminal.outlet)) throw new DistrictFault('not-found');
  const isRevoked = terminal.state === 'revoked';
  const results = [];
  for (const batch of isRevoked ? [] : content.batches)
    results.push(...(await takeBatch(district, terminal, batch)));
  await district.database.transaction((db) =>
    writeAct(db, {
      ...{ at: district.now(), actor: bringer.actor, action: 'bundle-taken', subject: terminal.id },
      detail: isRevoked ? 'revoked' : `${results.length} results`,
    }),
  );
  const conflicts = isRevoked ? undefined : content.conflicts;
  const receipts: Receipts = {
    ...{ format: 1, terminal: terminal.id, now: timeText(district.now()) },
    ...(enrolment === undefined ? {} : { enrolment }),
    results,
    ...(conflicts && {
      decided: await decidedAmong(district.database, terminal.outlet, conflicts),
    }),
    ...(isRevoked && { revoked: true }),
  };
  return district.keys.signFile({ purpose: 'receipts', payload: JSON.stringify(receipts) });
}

async function openBundle(district: District, bundle: Bundle): Promise<BundleContent> {
  const { sealed, terminal } = bundle;
  const text = await openSealed(district.keys, sealed, sealingInfo('bundle'), bundleAad(terminal));
  const content = bundleContentSchema.safeParse(
    text === undefined ? undefined : readJson(Buffer.from(text)),
  );
  if (!content.success)
    throw new DistrictFault('bad-input', '这个文件打不开：可能不是发给本区县的，或者已经损坏。');
  return content.data;
}

async function senderOf(
  { database }: District,
  bundle: Bundle,
  enrolment: EnrolmentAnswer | undefined,
): Promise<Terminal> {
  const id = enrolment?.terminal ?? bundle.terminal;
  const terminal = id === 'new' ? undefined : await terminalOf(database, id);
  if (terminal === undefined) throw new DistrictFault('signature');
  return terminal;
}

async function takeBatch(
  district: District,
  terminal: Terminal,
  { created, nonce, signature, body }: BundleContent['batches'][number],
): Promise<OperationResult[]> {
  const bytes = Buffer.from(body);
  const base = signatureBase(
    { method: 'POST', path: DISTRICT_PATHS.operations, contentDigest: digestOf(bytes) },
    { created, nonce, keyid: terminal.id },
  );
  if (!isSignedBy(terminal.publicKey, base, Buffer.from(signature, 'base64'))) return [];
  const batch = operationBatchSchema.safeParse(jsonOf(bytes));
  if (!batch.success || batch.data.terminal !== terminal.id) return [];
  const results = [];
  for (const operation of batch.data.operations)
    results.push(await applyOperation(district, terminal, operation));
  return results;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return readJson(bytes);
  } catch {
    return undefined;
  }
}
