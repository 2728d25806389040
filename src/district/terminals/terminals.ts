import type { Heartbeat } from '#shared/operations/heartbeat.ts';
import { writeAct } from '../audit/audit-trail.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, type Db, first, run, sql } from '../store/sql.ts';

/** An enrolled terminal. */
export interface Terminal {
  readonly id: string;
  readonly outlet: string;
  readonly name: string;
  /** Ed25519, 32 bytes in hexadecimal. */
  readonly publicKey: string;
  readonly state: 'active' | 'revoked';
  readonly enrolledAt: number;
  readonly revokedAt: number | null;
  readonly seenAt: number | null;
  readonly heartbeat: Heartbeat | null;
}

/** The terminal of this id, if one was ever enrolled. */
export function terminalOf(db: Db, id: string): Promise<Terminal | undefined> {
  return first<Terminal>(
    db,
    sql`select id, outlet, name, public_key as "publicKey", state, enrolled_at as "enrolledAt",
               revoked_at as "revokedAt", seen_at as "seenAt", heartbeat
        from terminal where id = ${id}`,
  );
}

/** All terminals, by outlet and name. */
export function allTerminals(db: Db): Promise<Terminal[]> {
  return all<Terminal>(
    db,
    sql`select id, outlet, name, public_key as "publicKey", state, enrolled_at as "enrolledAt",
               revoked_at as "revokedAt", seen_at as "seenAt", heartbeat
        from terminal order by outlet, name, id`,
  );
}

/** Keeps what a terminal says of itself. */
export async function keepHeartbeat(db: Db, beat: Heartbeat, now: number): Promise<void> {
  const text = JSON.stringify(beat);
  await run(
    db,
    sql`update terminal set seen_at = ${now}, heartbeat = ${text}::jsonb where id = ${beat.terminal}`,
  );
}

/** Takes a terminal out of service for good; it may be enrolled anew under another name. */
export async function revokeTerminal(district: District, id: string, actor: string): Promise<void> {
  const at = district.now();
  await district.database.transaction(async (db) => {
    const changed = await run(
      db,
      sql`update terminal set state = 'revoked', revoked_at = ${at} where id = ${id} and state = 'active'`,
    );
    if (changed === 0) throw new DistrictFault('not-found');
    await writeAct(db, { at, actor, action: 'terminal-revoked', subject: id });
  });
}
