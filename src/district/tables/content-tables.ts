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
import { changesBetween, mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { sheetsFor } from '#shared/tables/content-sheets.ts';
import {
  type NamedRecord,
  readTable,
  recordsNamed,
  type TableEntry,
  type TableFault,
  tableOf,
  VERSION,
} from '#shared/tables/content-table.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { draftFaults } from '../content/draft-faults.ts';
import { handInReady, MOST_READY_DRAFTS } from '../content/ready-drafts.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, type Db, lock, sql } from '../store/sql.ts';
import { readXlsx, writeXlsx } from './xlsx.ts';

/** So many records may a table hold. */
const MOST_RECORDS = 5_000;
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
      records.map(({ record, ...place }) => ({ ...place, content: contentOf(record) })),
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

/** What is published now of the records that a table names. */
async function publishedNow(
  db: Db,
  kind: string,
  named: readonly NamedRecord[],
  divisions: readonly string[],
): Promise<Published[]> {
  return all<Published>(
    db,
    sql`select distinct on (id, scope) id, scope, version, record from content
        join unnest(${named.map(({ id }) => id)}::text[], ${named.map(({ scope }) => scope)}::text[])
          as named (id, scope) using (id, scope)
        where kind = ${kind} and state = 'published'
          and exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(scope, division))`,
  );
}

/** Records in the versions that a table names, as far as they were ever published. */
async function versionsOf(
  db: Db,
  rows: readonly NamedRecord[],
  divisions: readonly string[],
): Promise<Published[]> {
  const named = rows.filter(({ version }) => version !== undefined);
  const column = <Name extends 'id' | 'scope'>(name: Name) => named.map((one) => one[name]);
  return all<Published>(
    db,
    sql`select known.id, known.scope, known.version, known.record from content_version known
        join unnest(${column('id')}::text[], ${column('scope')}::text[], ${named.map(({ version }) => version ?? 0)}::int[])
          as named (id, scope, version) using (id, scope, version)
        where known.record is not null
          and exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(known.scope, division))`,
  );
}

/**
 * Takes a table in: what differs from the version that it was exported from is laid over what is published now and becomes
 * drafts that wait for a second person; nothing at all when anything in it is wrong. Throws `not-found`, `bad-input`.
 */
export async function takeTable(
  district: District,
  { kind, base64, fileName }: { kind: string; base64: string; fileName: string },
  me: Me,
): Promise<TableTaken> {
  const sheets = sheetsFor(kind);
  if (sheets === undefined) throw new DistrictFault('not-found');
  const given = await readXlsx(Buffer.from(base64, 'base64'));
  const rows = recordsNamed(sheets, given);
  if (rows.length > MOST_RECORDS)
    throw new DistrictFault('bad-input', `一张表最多 ${MOST_RECORDS} 条，请分成几份。`);
  const at = district.now();
  return district.database.transaction(async (db) => {
    await lock(db, 'feed');
    const published = byKey(await publishedNow(db, kind, rows, me.divisions));
    const named = await versionsOf(db, rows, me.divisions);
    const versions = new Map(named.map((one) => [`${keyOf(one)} ${one.version}`, one]));
    const { entries, faults } = readTable(sheets, given, (ref, version) => {
      const key = keyOf(ref);
      const before = version === undefined ? published.get(key) : versions.get(`${key} ${version}`);
      return before === undefined ? undefined : contentOf(before.record);
    });
    const today = localMoment(at).date;
    const found = [...faults, ...faultsOf(entries, me, today)];
    const laid = (found.length > 0 ? [] : entries).map((entry) =>
      laidOver(sheets.kind, entry, {
        base: versions.get(`${keyOf(entry.record)} ${entry.version}`),
        now: published.get(keyOf(entry.record)),
      }),
    );
    const drafts = laid.flatMap(({ draft }) => draft ?? []);
    found.push(...laid.flatMap((one) => one.faults), ...faultsOf(drafts, me, today));
    if (found.length > 0)
      return {
        outcome: 'faulty',
        faults: found.slice(0, MOST_FAULTS),
        more: found.length > MOST_FAULTS,
      };
    if (drafts.length > MOST_READY_DRAFTS)
      throw new DistrictFault('bad-input', `一次最多改 ${MOST_READY_DRAFTS} 条，请分成几份。`);
    const ready = drafts.map(({ record, content }) => ({
      ...{ record, content, baseVersion: published.get(keyOf(record))?.version ?? 0 },
    }));
    await handInReady(db, ready, { by: me, at, note: `从表格导入：${fileName}` });
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
    ...draftFaults(record, content, today, false).map(({ field, fault }) => ({
      ...placeOf(field),
      fault,
    })),
  ]);
}

/** What is to be written of an entry, or why it cannot be; neither when it changes nothing. */
function laidOver(
  kind: KindName,
  entry: TableEntry,
  { base, now }: { readonly base: Published | undefined; readonly now: Published | undefined },
): { readonly draft?: TableEntry; readonly faults: readonly TableFault[] } {
  const { placeOf, version } = entry;
  const wrong = (fault: string, field: string = VERSION) => ({ ...placeOf(field), fault });
  if (version !== undefined && base === undefined)
    return { faults: [wrong('没有这个版本，请重新导出再改。')] };
  const before = base ?? now;
  const whole = wholeOf(kind, entry.content);
  const changes = changesBetween(before === undefined ? {} : editablePart(before.record), whole);
  if (before !== undefined && changes.length === 0) return { faults: [] };
  if (version === undefined && now !== undefined)
    return { faults: [wrong('这一条已经发布过，请重新导出，在导出的那一行上改。')] };
  if (version !== undefined && now === undefined)
    return { faults: [wrong('这一条在导出以后撤下了，请去掉这一行。')] };
  const merge = mergeChanges(now === undefined ? {} : editablePart(now.record), changes);
  if (merge.outcome === 'merged')
    return { draft: { ...entry, content: merge.value as unknown as DraftContent }, faults: [] };
  const fault = '导出以后别人也改了这里，请看过现在的内容，重新导出再改。';
  return {
    faults: merge.fields.map(({ field }) => wrong(fault, field.slice(1).replaceAll('/', '.'))),
  };
}

/** With what the schema adds, as a published record has it. */
function wholeOf(kind: KindName, content: DraftContent): JsonValue {
  const body = kindNamed(kind).body.parse(content.body);
  return JSON.parse(JSON.stringify({ ...content, body })) as JsonValue;
}

function keyOf({ id, scope }: { readonly id: string; readonly scope: string }): string {
  return `${id} ${scope}`;
}

function byKey(records: readonly Published[]): ReadonlyMap<string, Published> {
  return new Map(records.map((one) => [keyOf(one), one]));
}
