import { randomUUID } from 'node:crypto';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { CONTENT_KINDS, type KindName, kindNamed } from '#shared/content/kinds/index.ts';
import { worksOn } from '#shared/office/office-role.ts';
import {
  type DraftContent,
  draftContentSchema,
  type Me,
  type TableTaken,
} from '#shared/office/office-views.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { changesBetween } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { sheetsFor } from '#shared/tables/content-sheets.ts';
import {
  readTable,
  type TableEntry,
  type TableFault,
  tableOf,
} from '#shared/tables/content-table.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { draftFaults } from '../content/draft-faults.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, type Db, lock, run, sql } from '../store/sql.ts';
import { readXlsx, writeXlsx } from './xlsx.ts';

/** So many records may a table hold, and so many drafts come from one. */
const MOST_RECORDS = 5_000;
const MOST_DRAFTS = 500;
/** Whoever reads more faults than this begins with the first ones anyway. */
const MOST_FAULTS = 200;

interface Published {
  readonly id: string;
  readonly scope: string;
  readonly version: number;
  readonly record: ContentRecord;
}

/** All published records of a kind in the divisions that somebody works on, as an XLSX file. Throws `not-found`, `bad-input`. */
export async function exportTable(
  { database, now }: District,
  kind: string,
  me: Me,
): Promise<{ fileName: string; base64: string }> {
  const sheets = sheetsFor(kind);
  if (sheets === undefined) throw new DistrictFault('not-found');
  const records = await publishedOf(database, kind, me.divisions);
  if (records.length > MOST_RECORDS)
    throw new DistrictFault('bad-input', `这类内容超过 ${MOST_RECORDS} 条，请用命令导出文件夹。`);
  const file = await writeXlsx(
    tableOf(
      sheets,
      records.map(({ id, scope, record }) => ({ id, scope, content: contentOf(record) })),
    ),
  );
  const { label } = CONTENT_KINDS[sheets.kind];
  return { fileName: `${label}-${localMoment(now()).date}.xlsx`, base64: file.toString('base64') };
}

async function publishedOf(
  db: Db,
  kind: string,
  divisions: readonly string[],
): Promise<Published[]> {
  return all<Published>(
    db,
    sql`select id, scope, version, record from content
        where kind = ${kind} and state = 'published'
          and exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(scope, division))
        order by scope, id limit ${MOST_RECORDS + 1}`,
  );
}

function contentOf(record: ContentRecord): DraftContent {
  return draftContentSchema.parse(editablePart(record));
}

/**
 * Takes a table in: what differs from what is published becomes drafts that wait for a second person; nothing at all when
 * anything in it is wrong. Throws `not-found`, `bad-input`.
 */
export async function takeTable(
  district: District,
  { kind, base64, fileName }: { kind: string; base64: string; fileName: string },
  me: Me,
): Promise<TableTaken> {
  const sheets = sheetsFor(kind);
  if (sheets === undefined) throw new DistrictFault('not-found');
  const given = await readXlsx(Buffer.from(base64, 'base64'));
  const at = district.now();
  return district.database.transaction(async (db) => {
    await lock(db, 'feed');
    const published = new Map(
      (await publishedOf(db, kind, me.divisions)).map((one) => [`${one.id} ${one.scope}`, one]),
    );
    const beforeOf = ({ id, scope }: { readonly id: string; readonly scope: string }) =>
      published.get(`${id} ${scope}`);
    const { entries, faults } = readTable(sheets, given, (ref) => {
      const before = beforeOf(ref);
      return before === undefined ? undefined : contentOf(before.record);
    });
    const found = [...faults, ...faultsOf(entries, me, localMoment(at).date)];
    if (found.length > 0)
      return {
        outcome: 'faulty',
        faults: found.slice(0, MOST_FAULTS),
        more: found.length > MOST_FAULTS,
      };
    const drafts = entries.flatMap((entry) => draftOf(sheets.kind, entry, beforeOf(entry.record)));
    if (drafts.length > MOST_DRAFTS)
      throw new DistrictFault('bad-input', `一次最多改 ${MOST_DRAFTS} 条，请分成几份。`);
    for (const draft of drafts)
      await run(
        db,
        sql`insert into draft (id, record_id, scope, kind, record, base_version, state, revision, author, writers, note, changed_at)
            values (${randomUUID()}, ${draft.record.id}, ${draft.record.scope}, ${kind}, ${JSON.stringify(draft.content)}::jsonb,
                    ${draft.version}, 'in-review', 1, ${me.id}, ${[me.id]}, ${`从表格导入：${fileName}`}, ${at})`,
      );
    if (drafts.length > 0)
      await writeAct(db, {
        ...{ at, actor: me.id, action: 'table-taken', subject: kind },
        detail: `${drafts.length} drafts`,
      });
    return { outcome: 'taken', drafts: drafts.length, unchanged: entries.length - drafts.length };
  });
}

function faultsOf(entries: readonly TableEntry[], me: Me, today: string): TableFault[] {
  return entries.flatMap(({ record, content, placeOf }) => [
    ...(worksOn(me.divisions, record.scope)
      ? []
      : [{ ...placeOf(''), column: '范围', fault: '这个范围不归您负责。' }]),
    ...draftFaults(record, content, today).map(({ field, fault }) => ({
      ...placeOf(field),
      fault,
    })),
  ]);
}

/** What is to be written of an entry; nothing when it says what is published. */
function draftOf(
  kind: KindName,
  { record, content }: TableEntry,
  before: Published | undefined,
): { record: TableEntry['record']; content: JsonValue; version: number }[] {
  // With what the schema adds, as a published record has it.
  const body = kindNamed(kind).body.parse(content.body);
  const whole = JSON.parse(JSON.stringify({ ...content, body })) as JsonValue;
  const same =
    before !== undefined && changesBetween(editablePart(before.record), whole).length === 0;
  return same ? [] : [{ record, content: whole, version: before?.version ?? 0 }];
}
