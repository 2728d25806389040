import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  type DeviceKind,
  deviceKindSchema,
  type LanDevice,
  type PairAnswer,
} from '#shared/contract/lan.ts';
import { readSpokenCode, spokenCode } from '#shared/staff/spoken-code.ts';
import { countFailure, forgetFailure, waitFor } from '../staff/failures.ts';
import { writeAudit } from '../store/audit.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';

/** How long a code may be typed in. */
export const PAIRING_MINUTES = 10;
const MAX_TRIES = 5;
const CODE_BYTES = 5;
const CODE_LENGTH = 8;
const TOKEN_BYTES = 32;
/** Being there is noted at most this often. */
const NOTE_EVERY_MS = 60_000;

const SETTING = 'lan-pairing';
const openCodeSchema = z.object({
  codeHash: z.string(),
  kind: deviceKindSchema,
  name: z.string(),
  openedAt: z.number(),
  tries: z.int(),
});
type OpenCode = z.infer<typeof openCodeSchema>;

/** Opens the pairing of one device and gives the code for it; a code that was open before is worth nothing any more. */
export function openPairing(
  db: WritableDb,
  {
    actor,
    kind,
    name,
  }: { readonly actor: string; readonly kind: DeviceKind; readonly name: string },
  now: number,
): string {
  const code = spokenCode(randomBytes(CODE_BYTES));
  transaction(db, () => {
    writeOpenCode(db, { codeHash: hash(code), kind, name, openedAt: now, tries: 0 }, now);
    writeAudit(db, { at: now, actor, action: 'pairing-opened', subject: kind });
  });
  return code;
}

/** How an attempt to pair ended; `token` is for the device alone. */
export type Pairing = { readonly answer: PairAnswer; readonly token?: string };

/** Pairs whoever types the open code. `address` is where the attempt comes from; wrong codes make it wait. */
export function pair(db: WritableDb, typed: string, address: string, now: number): Pairing {
  const tried = { origin: `pairing:${address}` };
  return transaction(db, () => {
    const wait = waitFor(db, tried, now);
    if (wait > 0) return { answer: { state: 'wait', waitSeconds: Math.ceil(wait / 1000) } };
    countFailure(db, tried, now);
    const open = openCode(db, now);
    if (open === undefined || !isCode(typed, open)) {
      if (open !== undefined) writeOpenCode(db, { ...open, tries: open.tries + 1 }, now);
      writeAudit(db, { at: now, actor: 'nobody', action: 'pairing-failed', subject: address });
      const waitSeconds = Math.ceil(waitFor(db, tried, now) / 1000);
      return { answer: { state: 'wrong', waitSeconds } };
    }
    forgetFailure(db, tried);
    return {
      answer: { state: 'paired', kind: open.kind, name: open.name },
      token: enrol(db, open, now),
    };
  });
}

function enrol(db: WritableDb, { kind, name }: OpenCode, now: number): string {
  const id = randomUUID();
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  run(
    db,
    sql`insert into lan_device (id, kind, name, token_hash, paired_at, seen_at) values (${id}, ${kind}, ${name}, ${hash(token)}, ${now}, ${now})`,
  );
  writeSetting(db, SETTING, null, now);
  writeAudit(db, { at: now, actor: 'nobody', action: 'device-paired', subject: `${kind}:${id}` });
  return token;
}

/** The device that has this token, if it is still paired; being asked for counts as being there. */
export function deviceOfToken(
  db: WritableDb,
  token: string,
  now: number,
): Pick<LanDevice, 'id' | 'kind' | 'name'> | undefined {
  const row = first<{ id: string; kind: DeviceKind; name: string; seen_at: number }>(
    db,
    sql`select id, kind, name, seen_at from lan_device where token_hash = ${hash(token)}`,
  );
  if (row !== undefined && Math.abs(now - row.seen_at) > NOTE_EVERY_MS)
    run(db, sql`update lan_device set seen_at = ${now} where id = ${row.id}`);
  return row && { id: row.id, kind: row.kind, name: row.name };
}

export function listDevices(db: ReadableDb): LanDevice[] {
  return all(
    db,
    sql`select id, kind, name, paired_at as pairedAt, seen_at as seenAt from lan_device order by kind, name`,
  );
}

/** Ends a pairing and the log-ins on that device; false when there is no such device. */
export function unpair(db: WritableDb, id: string, actor: string, now: number): boolean {
  return transaction(db, () => {
    run(db, sql`delete from staff_session where origin = ${`device:${id}`}`);
    const gone = run(db, sql`delete from lan_device where id = ${id}`) > 0;
    if (gone) writeAudit(db, { at: now, actor, action: 'device-unpaired', subject: id });
    return gone;
  });
}

/** A clock that went back to before the code was opened ends it. */
function openCode(db: ReadableDb, now: number): OpenCode | undefined {
  const open = openCodeSchema.safeParse(readSetting(db, SETTING)).data;
  if (open === undefined || open.tries >= MAX_TRIES) return undefined;
  const age = now - open.openedAt;
  return age >= 0 && age < PAIRING_MINUTES * 60_000 ? open : undefined;
}

function isCode(typed: string, open: OpenCode): boolean {
  const code = readSpokenCode(typed, CODE_LENGTH);
  return code !== undefined && timingSafeEqual(Buffer.from(hash(code)), Buffer.from(open.codeHash));
}

function writeOpenCode(db: WritableDb, open: OpenCode, now: number): void {
  writeSetting(db, SETTING, open, now);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
