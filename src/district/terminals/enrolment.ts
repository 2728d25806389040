import { createHash, randomBytes, randomInt } from 'node:crypto';
import { feedChain } from '#shared/feed/feed-index.ts';
import type { SignedFile } from '#shared/operations/bundle.ts';
import {
  type DistrictIdentity,
  ENROLMENT_ALPHABET,
  type EnrolmentAnswer,
  type EnrolmentRequest,
  enrolmentProof,
  type Provisioning,
} from '#shared/operations/enrolment.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { isOutlet } from '../content/outlets.ts';
import { type District, timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { newestRootFile } from '../keys/root-keys.ts';
import { type Db, first, run, sql } from '../store/sql.ts';
import { countTry, uncountTry } from './failures.ts';
import { isSignedBy } from './terminal-signature.ts';
import { terminalOf } from './terminals.ts';

const CODE_LENGTH = 12;
const MINUTE_MS = 60_000;

/** For how long a code is good: typed in at once, or carried on a stick. */
export const CODE_MINUTES = { typed: 30, carried: 30 * 24 * 60 } as const;

const NO_OUTLET =
  '这个区划还没有发布的网点资料，不能登记终端；请先发布网点资料，或者填写具体网点的代码。';

/** Makes a one-time code for an outlet. Only its hash is kept. Throws `not-found` where no outlet is (`isOutlet`). */
export async function makeCode(
  district: District,
  outlet: string,
  way: keyof typeof CODE_MINUTES,
  actor: string,
): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const code = Array.from(
    { length: CODE_LENGTH },
    () => ENROLMENT_ALPHABET[randomInt(ENROLMENT_ALPHABET.length)],
  ).join('');
  const at = district.now();
  const expiresAt = at + CODE_MINUTES[way] * MINUTE_MS;
  await district.database.transaction(async (db) => {
    if (!(await isOutlet(db, outlet))) throw new DistrictFault('not-found', NO_OUTLET);
    await run(
      db,
      sql`insert into enrolment_code (code_hash, outlet, made_by, made_at, expires_at)
          values (${hashOf(code)}, ${outlet}, ${actor}, ${at}, ${expiresAt})`,
    );
    await writeAct(db, { at, actor, action: 'code-made', subject: outlet, detail: way });
  });
  return { code, expiresAt };
}

/** A file for a stick by which a terminal enrols without a network. */
export async function makeProvisioning(
  district: District,
  outlet: string,
  actor: string,
): Promise<SignedFile> {
  const { code } = await makeCode(district, outlet, 'carried', actor);
  const payload: Provisioning = { format: 1, code, outlet, district: identityOf(district) };
  return district.keys.signFile({ purpose: 'provisioning', payload: JSON.stringify(payload) });
}

/** What terminals know of the district. */
export function identityOf({ settings, keys }: District): DistrictIdentity {
  const [{ id, publicKey }] = keys.sealing;
  return {
    name: settings.name,
    api: settings.publicUrl,
    feed: `${settings.publicUrl}/feed/`,
    root: newestRootFile(settings.feedFolder).toString('base64'),
    sealingKey: { id, publicKey },
    receiptKey: keys.receiptKey,
  };
}

/**
 * Enrols a terminal by its code. The same code with the same key gets the same answer again. Throws `code` for a wrong, used
 * or expired one and one of an outlet that whoever brings it does not see to, `too-many` when an address tried too often, and,
 * without spending the code, `other-outlet` or `known-key`.
 */
export async function enrol(
  district: District,
  request: EnrolmentRequest,
  address: string,
  sees: (outlet: string) => boolean = () => true,
): Promise<EnrolmentAnswer> {
  const now = district.now();
  const subject = `enrol:${address}`;
  await countTry(district.database, subject, now);
  let wasGuess = false;
  try {
    const taken = await provenCode(district, request, now, sees);
    wasGuess = taken === 'code';
    return answerTo(district, request, taken);
  } finally {
    if (!wasGuess) await uncountTry(district.database, subject);
  }
}

async function provenCode(
  { database }: District,
  request: EnrolmentRequest,
  now: number,
  sees: (outlet: string) => boolean,
): ReturnType<typeof takeCode> {
  const { code, publicKey, proof } = request;
  const proven = enrolmentProof(code, publicKey);
  if (!isSignedBy(publicKey, proven, Buffer.from(proof, 'hex'))) return 'code';
  return database.transaction((db) => takeCode(db, request, now, sees));
}

function answerTo(
  district: District,
  request: EnrolmentRequest,
  taken: Awaited<ReturnType<typeof takeCode>>,
): EnrolmentAnswer {
  if (typeof taken === 'string') throw new DistrictFault(taken);
  const { id, outlet } = taken;
  return {
    ...{ terminal: id, outlet, chain: feedChain(outlet) },
    district: identityOf(district),
    now: timeText(district.now()),
    ...(request.outlet === undefined ? {} : { publicKey: request.publicKey }),
  };
}

interface CodeRow {
  readonly outlet: string;
  readonly expiresAt: number;
  readonly terminal: string | null;
}

type Taken = { readonly id: string; readonly outlet: string };

/** The terminal that the code and the key make, or why they make none. */
async function takeCode(
  db: Db,
  request: EnrolmentRequest,
  now: number,
  sees: (outlet: string) => boolean,
): Promise<Taken | 'code' | 'other-outlet' | 'known-key'> {
  const hash = hashOf(request.code);
  const row = await first<CodeRow>(
    db,
    sql`select outlet, expires_at as "expiresAt", terminal from enrolment_code
        where code_hash = ${hash} for update`,
  );
  if (row === undefined || row.expiresAt <= now || !sees(row.outlet)) return 'code';
  const taken =
    row.terminal === null ? undefined : await repeated(db, row.terminal, request.publicKey);
  if (taken === 'code' || !(await isOutlet(db, row.outlet))) return 'code';
  if ((request.outlet ?? row.outlet) !== row.outlet) return 'other-outlet';
  if (taken !== undefined) return taken;
  const id = `t-${randomBytes(8).toString('hex')}`;
  const made = await run(
    db,
    sql`insert into terminal (id, outlet, name, public_key, state, enrolled_at)
        values (${id}, ${row.outlet}, ${request.name}, ${request.publicKey}, 'active', ${now})
        on conflict (public_key) do nothing`,
  );
  // A program of old knows no other word for it.
  if (made === 0) return request.outlet === undefined ? 'code' : 'known-key';
  await run(db, sql`update enrolment_code set terminal = ${id} where code_hash = ${hash}`);
  await writeAct(db, {
    ...{ at: now, actor: id, action: 'terminal-enrolled', subject: row.outlet },
    detail: request.name,
  });
  return { id, outlet: row.outlet };
}

/** The answer got lost: the same terminal asks again. */
async function repeated(db: Db, id: string, publicKey: string): Promise<Taken | 'code'> {
  const terminal = await terminalOf(db, id);
  return terminal?.publicKey === publicKey && terminal.state === 'active' ? terminal : 'code';
}

function hashOf(code: string): string {
  return createHash('sha256').update(`enrolment ${code}`).digest('hex');
}
