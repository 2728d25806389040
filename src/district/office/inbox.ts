import { type InboxRow, inboxRowSchema } from '#shared/office/office-views.ts';
import { type Sealed, sealingInfo, submissionAad } from '#shared/operations/sealed.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { type District, timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { openSealed } from '../sealing/open-sealed.ts';
import { all, type Db, first, run, sql } from '../store/sql.ts';

interface Row {
  readonly operation: string;
  readonly outlet: string;
  readonly receipt: string;
  readonly topic: InboxRow['topic'];
  readonly receivedAt: number;
  readonly handledAt: number | null;
}

const MOST = 500;

/** What visitors handed in at outlets of these divisions: what is open first, oldest first. */
export async function listInbox(db: Db, divisions: readonly string[]): Promise<InboxRow[]> {
  const rows = await all<Row>(
    db,
    sql`select operation, outlet, receipt, topic, received_at as "receivedAt", handled_at as "handledAt"
        from submission where exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(outlet, division))
        order by handled_at is not null, received_at limit ${MOST}`,
  );
  return rows.map(({ receivedAt, handledAt, ...row }) =>
    inboxRowSchema.parse({
      ...row,
      receivedAt: timeText(receivedAt),
      ...(handledAt === null ? {} : { handledAt: timeText(handledAt) }),
    }),
  );
}

/** The outlet at which something was handed in. Throws `not-found`. */
export async function outletOfSubmission(db: Db, operation: string): Promise<string> {
  const row = await first<{ outlet: string }>(
    db,
    sql`select outlet from submission where operation = ${operation}`,
  );
  if (row === undefined) throw new DistrictFault('not-found');
  return row.outlet;
}

/** Opens what a visitor handed in. Who looked is written down before they see it. */
export async function openSubmission(
  district: District,
  operation: string,
  actor: string,
): Promise<string> {
  const row = await district.database.transaction(async (db) => {
    const act = { at: district.now(), actor, action: 'submission-opened', subject: operation };
    await writeAct(db, act);
    return first<{ sealed: Sealed }>(
      db,
      sql`select sealed from submission where operation = ${operation}`,
    );
  });
  const info = sealingInfo('submission');
  const text = row && (await openSealed(district.keys, row.sealed, info, submissionAad(operation)));
  if (text === undefined)
    throw new DistrictFault('not-found', '这份材料打不开：可能不是发给本区县的，或者已经损坏。');
  return text;
}

/** Marks something as done. */
export async function handleSubmission(
  district: District,
  operation: string,
  actor: string,
): Promise<void> {
  const at = district.now();
  await district.database.transaction(async (db) => {
    const changed = await run(
      db,
      sql`update submission set handled_at = ${at}, handled_by = ${actor}
          where operation = ${operation} and handled_at is null`,
    );
    if (changed === 0) throw new DistrictFault('changed');
    await writeAct(db, { at, actor, action: 'submission-handled', subject: operation });
  });
}
