import { createHash } from 'node:crypto';
import { all, type Db, first, lock, run, sql } from '../store/sql.ts';
import type { TrailHead } from './trail-heads.ts';

/** What the trail keeps of an act. It holds no personal data of visitors. */
export interface Act {
  readonly at: number;
  /** A person's id, a terminal's, a program's, or `server`. */
  readonly actor: string;
  readonly action: string;
  /** What it was done to. */
  readonly subject: string;
  /** What a reader needs to know beside that: a version, a reason. */
  readonly detail?: string;
}

/** An act as it stands in the trail. */
export interface AuditRow extends Required<Act> {
  readonly seq: number;
  readonly hash: string;
}

/** The hash before the first row. */
const BEGINNING = '0'.repeat(64);

/** Writes an act; called inside the transaction of the change that it tells of. Each row's hash covers all rows before it. */
export async function writeAct(db: Db, act: Act): Promise<void> {
  await lock(db, 'audit');
  const last = await first<{ seq: number; hash: string }>(
    db,
    sql`select seq, hash from audit order by seq desc limit 1`,
  );
  const row = { detail: '', ...act, seq: (last?.seq ?? 0) + 1 };
  const hash = hashOf(last?.hash ?? BEGINNING, row);
  await run(
    db,
    sql`insert into audit (seq, at, actor, action, subject, detail, hash)
        values (${row.seq}, ${row.at}, ${row.actor}, ${row.action}, ${row.subject}, ${row.detail}, ${hash})`,
  );
}

/** What reading the whole trail showed. */
export interface TrailCheck {
  readonly rows: number;
  /** The newest hash: written down elsewhere, it also shows rows that were cut off at the end. */
  readonly head: string;
  /** The first row that does not fit; absent when all do. */
  readonly brokenAt?: number;
}

const STEP = 1_000;

/**
 * Reads the whole trail and says where somebody changed it, if anywhere. `noted`: hashes that stand outside the database, oldest
 * first; where one does not fit, the rows after the last that did are doubtful.
 */
export async function checkTrail(db: Db, noted: readonly TrailHead[]): Promise<TrailCheck> {
  const hashes = new Map(noted.map(({ seq, hash }) => [seq, hash]));
  let head = BEGINNING;
  let rows = 0;
  let sure = 0;
  for (;;) {
    const next = await readTrail(db, { after: rows, limit: STEP });
    for (const row of next) {
      if (row.seq !== rows + 1 || row.hash !== hashOf(head, row))
        return { rows, head, brokenAt: rows + 1 };
      head = row.hash;
      rows += 1;
      const known = hashes.get(rows) ?? head;
      if (known !== head) return { rows, head, brokenAt: sure + 1 };
      if (hashes.has(rows)) sure = rows;
    }
    if (next.length < STEP) {
      const isCutOff = (noted.at(-1)?.seq ?? 0) > rows;
      return { rows, head, ...(isCutOff ? { brokenAt: rows + 1 } : {}) };
    }
  }
}

/** Rows in their order. */
function readTrail(
  db: Db,
  { after, limit }: { after: number; limit: number },
): Promise<AuditRow[]> {
  return all(db, sql`select * from audit where seq > ${after} order by seq limit ${limit}`);
}

/** The newest rows before a row, newest first, with people, terminals and programs by their names. */
export function newestActs(db: Db, before: number, limit: number): Promise<AuditRow[]> {
  return all(
    db,
    sql`select seq, at, action, detail, hash,
               coalesce(doer.name || '（' || doer.account || '）', terminal.name || '（' || terminal.outlet || '）',
                 program.name || '（对接账号）', actor) as actor,
               coalesce(other.name || '（' || other.account || '）', account.name || '（对接账号）', subject) as subject
        from audit left join person doer on doer.id = actor left join terminal on terminal.id = actor
          left join person other on other.id = subject left join service program on program.id = actor
          left join service account on account.id = subject
        where seq < ${before} order by seq desc limit ${limit}`,
  );
}

function hashOf(
  before: string,
  { seq, at, actor, action, subject, detail }: Omit<AuditRow, 'hash'>,
) {
  const text = JSON.stringify([before, seq, at, actor, action, subject, detail]);
  return createHash('sha256').update(text).digest('hex');
}
