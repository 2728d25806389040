import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { MOST_TERMINALS } from '#shared/queue/ticket-number.ts';
import { readSpokenCode, spokenCode } from '#shared/staff/spoken-code.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { countFailure, forgetFailure, waitFor } from '../../staff/failures.ts';
import { writeAudit } from '../../store/audit.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../../store/sql.ts';
import { openDays, queueDayOf } from '../queue-events.ts';
import type { PairedTerminal } from './paired-terminal.ts';

/** How long a code may be typed in. */
export const JOIN_MINUTES = 10;
const MAX_TRIES = 5;
const SECRET_BYTES = 5;
/** 80 bits of the host's key: nobody makes another key that begins so. */
const KEY_BYTES = 10;
const CODE_LENGTH = ((SECRET_BYTES + KEY_BYTES) * 8) / 5;
const SEEN_EVERY_MS = 60_000;

/** What a terminal keeps after pairing; it crosses the network once, to whom the host's key was proved. */
export interface TerminalKey extends PairedTerminal {
  readonly secret: string;
}

/** A paired terminal as a technician sees it. */
export interface ListedTerminal extends PairedTerminal {
  readonly name: string;
  readonly pairedAt: number;
  readonly seenAt: number;
}

const SETTING = 'queue-terminal-code';
const openCodeSchema = z.object({
  codeHash: z.string(),
  name: z.string(),
  openedAt: z.number(),
  tries: z.int(),
});

/**
 * Opens the pairing of one terminal and gives the code for it, `7K3M-…`: a secret of this one time, then the beginning of the
 * hash of the host's public key, so that whoever types it knows the right host without comparing anything by eye.
 */
export function openJoining(
  db: WritableDb,
  {
    name,
    hostKey,
    actor = 'technician',
  }: { readonly name: string; readonly hostKey: Uint8Array; readonly actor?: string },
  now: number,
): string | undefined {
  return transaction(db, () => {
    if (freeOrdinal(db, now) === undefined) return undefined;
    const code = spokenCode(Buffer.concat([randomBytes(SECRET_BYTES), keyMark(hostKey)]));
    const open = { codeHash: hash(code), name, openedAt: now, tries: 0 };
    writeSetting(db, SETTING, open, now);
    writeAudit(db, { at: now, actor, action: 'queue-joining-opened', subject: name });
    return code;
  });
}

/** Whether a code was made by the host with this public key (SPKI, DER); false for what is no code. */
export function isCodeOf(typed: string, hostKey: Uint8Array): boolean {
  const code = readSpokenCode(typed, CODE_LENGTH);
  const marked = spokenCode(Buffer.concat([Buffer.alloc(SECRET_BYTES), keyMark(hostKey)]));
  const tail = (text: string) => text.replaceAll('-', '').slice((SECRET_BYTES * 8) / 5);
  return code !== undefined && tail(code) === tail(marked);
}

function keyMark(hostKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(hostKey).digest().subarray(0, KEY_BYTES);
}

/** How an attempt to join ended. */
export type Joining =
  | { readonly state: 'joined'; readonly key: TerminalKey }
  | { readonly state: 'wrong' }
  /** It runs for another outlet than this host: its numbers would be of another queue. */
  | { readonly state: 'other-station'; readonly station: string }
  | { readonly state: 'wait'; readonly waitSeconds: number };

/** Who wants to join. */
export interface Joiner {
  readonly code: string;
  readonly address: string;
  /** Code of the outlet that it runs for; one that does not say so learns at its first exchange. */
  readonly station?: string | undefined;
}

/**
 * Pairs the terminal that sends the open code. Wrong codes make its address wait, five of them end the code; that of a terminal of
 * another outlet stays good.
 */
export function joinWith(
  db: WritableDb,
  { code: typed, address, station }: Joiner,
  now: number,
): Joining {
  const tried = { origin: `queue-join:${address}` };
  return transaction(db, () => {
    const wait = waitFor(db, tried, now);
    if (wait > 0) return { state: 'wait', waitSeconds: Math.ceil(wait / 1000) };
    countFailure(db, tried, now);
    const open = openCode(db, now);
    const code = readSpokenCode(typed, CODE_LENGTH);
    const isRight = open !== undefined && code !== undefined && isSame(hash(code), open.codeHash);
    const own = ownStation(db);
    if (isRight && station !== undefined && own !== undefined && station !== own) {
      forgetFailure(db, tried);
      return { state: 'other-station', station: own };
    }
    const key = isRight ? pairTerminal(db, open.name, now) : undefined;
    if (key === undefined) {
      if (open !== undefined) writeSetting(db, SETTING, { ...open, tries: open.tries + 1 }, now);
      writeAudit(db, {
        at: now,
        actor: 'nobody',
        action: 'queue-joining-failed',
        subject: address,
      });
      return { state: 'wrong' };
    }
    forgetFailure(db, tried);
    writeSetting(db, SETTING, null, now);
    return { state: 'joined', key };
  });
}

/** Code of the outlet that this terminal runs for, as its last start noted it. */
export function ownStation(db: ReadableDb): string | undefined {
  return z.string().safeParse(readSetting(db, 'station')).data;
}

/** A clock that went back to before the code was opened ends it. */
function openCode(db: ReadableDb, now: number) {
  const open = openCodeSchema.safeParse(readSetting(db, SETTING)).data;
  if (open === undefined || open.tries >= MAX_TRIES) return undefined;
  const age = now - open.openedAt;
  return age >= 0 && age < JOIN_MINUTES * 60_000 ? open : undefined;
}

/** Pairs one more terminal; undefined when the station has as many as it can. */
export function pairTerminal(db: WritableDb, name: string, now: number): TerminalKey | undefined {
  return transaction(db, () => {
    const ordinal = freeOrdinal(db, now);
    if (ordinal === undefined) return undefined;
    const key = { id: randomUUID(), ordinal, secret: randomBytes(32).toString('base64url') };
    run(
      db,
      sql`insert into queue_terminal (id, ordinal, secret, paired_at, name, seen_at)
          values (${key.id}, ${key.ordinal}, ${key.secret}, ${now}, ${name}, ${now})`,
    );
    writeAudit(db, { at: now, actor: 'nobody', action: 'queue-terminal-joined', subject: key.id });
    return key;
  });
}

/** One that no terminal has, and none had on a day of which numbers are held. */
function freeOrdinal(db: ReadableDb, now: number): number | undefined {
  const used = all<{ ordinal: number }>(
    db,
    sql`select ordinal from queue_terminal
        union select ordinal from queue_ordinal_rest where day in (${[...openDays(db), localMoment(now).date]})`,
  ).map((row) => row.ordinal);
  return Array.from({ length: MOST_TERMINALS }, (_unused, at) => at + 1).find(
    (ordinal) => !used.includes(ordinal),
  );
}

export function listTerminals(db: ReadableDb): ListedTerminal[] {
  return all(
    db,
    sql`select id, ordinal, name, paired_at as pairedAt, seen_at as seenAt from queue_terminal order by ordinal`,
  );
}

/** The secret of a terminal that is paired, or was until a technician removed it. */
export function keyOf(db: ReadableDb, id: string): TerminalKey | undefined {
  return first(
    db,
    sql`select id, ordinal, secret from queue_terminal where id = ${id}
        union all select id, ordinal, secret from queue_terminal_removed where id = ${id}`,
  );
}

/** How a terminal stands with this host. */
export type Standing = 'paired' | 'removed' | 'unknown';

/** Notes that a terminal is there, and says how it stands. */
export function noteSeen(db: WritableDb, id: string, now: number): Standing {
  const row = first<{ seenAt: number }>(
    db,
    sql`select seen_at as seenAt from queue_terminal where id = ${id}`,
  );
  if (row !== undefined && Math.abs(now - row.seenAt) > SEEN_EVERY_MS)
    run(db, sql`update queue_terminal set seen_at = ${now} where id = ${id}`);
  if (row !== undefined) return 'paired';
  return keyOf(db, id) === undefined ? 'unknown' : 'removed';
}

/** So many removed terminals can still report what they gave. */
const REMOVED_KEPT = 20;

/**
 * Ends a pairing by the terminal's ordinal; false when there is none. What it gave stays valid; its secret is kept apart, so that
 * it can be told, and report.
 */
export function removeTerminal(
  db: WritableDb,
  ordinal: number,
  now: number,
  actor = 'technician',
): boolean {
  return transaction(db, () => {
    run(
      db,
      sql`insert into queue_terminal_removed (id, ordinal, secret, removed_at)
          select id, ordinal, secret, ${now} from queue_terminal where ordinal = ${ordinal}`,
    );
    run(
      db,
      sql`delete from queue_terminal_removed where rowid not in
          (select rowid from queue_terminal_removed order by rowid desc limit ${REMOVED_KEPT})`,
    );
    const gone = run(db, sql`delete from queue_terminal where ordinal = ${ordinal}`) > 0;
    if (!gone) return false;
    restOrdinal(db, ordinal, queueDayOf(db) ?? localMoment(now).date);
    const subject = String(ordinal);
    writeAudit(db, { at: now, actor, action: 'queue-terminal-removed', subject });
    return true;
  });
}

/** Nobody gets an ordinal anew on a day on which numbers of its reserve may have been given. */
export function restOrdinal(db: WritableDb, ordinal: number, day: LocalDate): void {
  run(
    db,
    sql`insert into queue_ordinal_rest (ordinal, day) values (${ordinal}, ${day})
        on conflict (ordinal) do update set day = excluded.day`,
  );
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
