import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, isJsonObject, type JsonValue } from '#shared/operations/json-value.ts';
import {
  contentEditSchema,
  contentWithdrawSchema,
  factTypeSchema,
  type Operation,
  submissionSchema,
} from '#shared/operations/operation.ts';
import { OPERATION_LIMITS } from '#shared/operations/operation-limits.ts';
import type { OperationResult, RefusalCode } from '#shared/operations/operation-result.ts';
import type { District } from '../district.ts';
import { openingKeyOf } from '../sealing/open-sealed.ts';
import { type Db, first, run, sql } from '../store/sql.ts';
import type { Terminal } from '../terminals/terminals.ts';
import { applyEdit, applyWithdrawal } from './apply-edit.ts';
import { type Outcome, refused, type Sent } from './outcome.ts';

/** Refusals that are not remembered: an update of the district may make them right. */
const FOR_NOW: readonly RefusalCode[] = ['unknown-type'];

/**
 * Applies an operation, once: an id that is known gets the answer that it got (invariant 4). What it changes and its answer
 * are one transaction.
 */
export async function applyOperation(
  district: District,
  terminal: Terminal,
  operation: Operation,
): Promise<OperationResult> {
  const { id } = operation;
  const outcome = await district.database.transaction(async (db): Promise<Outcome> => {
    // One after the other for each terminal: a batch that is sent twice at a time meets itself here.
    await run(db, sql`select 1 from terminal where id = ${terminal.id} for update`);
    const digest = digestOf(operation);
    const known = await first<Known>(
      db,
      sql`select outlet, digest, result from operation join terminal on terminal.id = operation.terminal
          where operation.id = ${id}`,
    );
    // A terminal that was enrolled anew has another name, and may not have heard what it was answered under the former.
    if (known !== undefined)
      return known.outlet === terminal.outlet && known.digest === digest
        ? known.result
        : refused('reused-id');
    const made = await applied({ district, db, terminal, operation });
    if (made.status === 'refused' && FOR_NOW.includes(made.code)) return made;
    await run(
      db,
      sql`insert into operation (id, terminal, type, digest, received_at, result)
          values (${id}, ${terminal.id}, ${operation.type}, ${digest}, ${district.now()}, ${JSON.stringify(made)}::jsonb)`,
    );
    return made;
  });
  return { ...outcome, id };
}

interface Known {
  readonly outlet: string;
  readonly digest: string;
  readonly result: Outcome;
}

function applied(sent: Sent): Outcome | Promise<Outcome> {
  const { type, body } = sent.operation;
  if (Buffer.byteLength(JSON.stringify(body)) > OPERATION_LIMITS.bodyBytes)
    return refused('bad-body');
  if (factTypeSchema.safeParse(type).success) return keepFact(sent);
  if (type === 'content-edit') {
    const edit = contentEditSchema.safeParse(body);
    return edit.success ? applyEdit(sent, edit.data) : refused('bad-body');
  }
  if (type === 'content-withdraw') {
    const withdrawal = contentWithdrawSchema.safeParse(body);
    return withdrawal.success ? applyWithdrawal(sent, withdrawal.data) : refused('bad-body');
  }
  return type === 'submission' ? keepSubmission(sent) : refused('unknown-type');
}

async function keepFact({ db, terminal, operation }: Sent): Promise<Outcome> {
  const { id, type, madeAt, body } = operation;
  if (!isJsonObject(body)) return refused('bad-body');
  if (type === 'queue-day' && !(await replacesDay(db, terminal.id, body)))
    return { status: 'applied' };
  await run(
    db,
    sql`insert into fact (operation, outlet, terminal, type, made_at, body)
        values (${id}, ${terminal.outlet}, ${terminal.id}, ${type}, ${madeAt}, ${JSON.stringify(body)}::jsonb)`,
  );
  return { status: 'applied' };
}

const dayCountsSchema = z.object({
  day: z.string(),
  closing: z.number().default(1),
  total: z
    .object({ issued: z.number().default(0), served: z.number().default(0) })
    .default({ issued: 0, served: 0 }),
});

/**
 * A terminal counts a day anew when it was open again, when a number of it is reported late, and after a backup was restored. Of
 * two counts the fuller stays, whichever arrives first: more numbers, then more served, then the later closing. False
 * when the one that is there is the fuller. Times say nothing, the clock may have been wrong.
 */
async function replacesDay(db: Db, terminal: string, body: JsonValue): Promise<boolean> {
  const counts = dayCountsSchema.safeParse(body).data;
  if (counts === undefined) return true;
  const { day, closing, total } = counts;
  const known = sql`select operation from fact where type = 'queue-day' and terminal = ${terminal} and body ->> 'day' = ${day}
    and (coalesce((body -> 'total' ->> 'issued')::numeric, 0), coalesce((body -> 'total' ->> 'served')::numeric, 0),
         coalesce((body ->> 'closing')::numeric, 1)) > (${total.issued}::numeric, ${total.served}::numeric, ${closing}::numeric)`;
  if ((await first(db, known)) !== undefined) return false;
  await run(
    db,
    sql`delete from fact where type = 'queue-day' and terminal = ${terminal} and body ->> 'day' = ${day}`,
  );
  return true;
}

async function keepSubmission({ district, db, terminal, operation }: Sent): Promise<Outcome> {
  const submission = submissionSchema.safeParse(operation.body);
  if (!submission.success) return refused('bad-body');
  const { receipt, topic, sealed } = submission.data;
  if (openingKeyOf(district.keys, sealed) === undefined) return refused('unknown-key');
  await run(
    db,
    sql`insert into submission (operation, terminal, outlet, receipt, topic, sealed, received_at)
        values (${operation.id}, ${terminal.id}, ${terminal.outlet}, ${receipt}, ${topic},
                ${JSON.stringify(sealed)}::jsonb, ${district.now()})`,
  );
  return { status: 'applied' };
}

function digestOf({ type, madeAt, body }: Operation): string {
  return createHash('sha256').update(canonicalJson({ type, madeAt, body })).digest('hex');
}

const DAY_MS = 86_400_000;

/** Forgets answers that nobody needs any more. What operations brought stays. */
export async function forgetOldResults({ database, now }: District): Promise<void> {
  const before = now() - OPERATION_LIMITS.keptDays * DAY_MS;
  await run(database, sql`delete from operation where received_at < ${before}`);
}
