import { isInForce } from '#shared/content/envelope.ts';
import { completenessOf, formatCompleteness, scopeFault } from '#shared/content/kind.ts';
import type { CalendarBody } from '#shared/content/kinds/calendar.ts';
import type { HoursBody } from '#shared/content/kinds/hours.ts';
import { type KindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { RosterBody } from '#shared/content/kinds/roster.ts';
import { isLed, type StationBody } from '#shared/content/kinds/station.ts';
import { divisionOf, isInScope, type Scope } from '#shared/content/scope.ts';
import {
  MISSING_CALENDAR_REMEDY,
  missingCalendar,
  missingCalendarSentence,
} from '#shared/stations/missing-calendar.ts';
import { isCentre } from '#shared/stations/way-up.ts';
import { addDays, type LocalDate } from '#shared/time/local-date.ts';
import type { PackFault } from './pack-file.ts';
import type { PackRecord } from './records.ts';
import { NOTHING_UNREAD, type Unread } from './unread.ts';

/**
 * Faults of the records among each other: double ids, references that lead nowhere, scopes and ends that their kinds do
 * not allow. A reference to what is there but could not be read is no fault.
 */
export function checkRecords(
  records: readonly PackRecord[],
  unread: Unread = NOTHING_UNREAD,
): PackFault[] {
  const scopes = scopesById(records);
  return records.flatMap((entry, at) => [
    ...prefixFault(entry),
    ...doubleFault(entry, records.slice(0, at)),
    ...endFault(entry),
    ...scopeFaults(entry),
    ...itemFaults(entry),
    ...referenceFaults(entry, scopes, unread),
  ]);
}

/** What a publisher should look at although nothing is wrong in form: incomplete, stale, over, unconfirmed, missing records. */
export function reviewRecords(records: readonly PackRecord[], today: LocalDate): PackFault[] {
  const unled = unledOutlets(records);
  return [
    ...records.flatMap((entry) => [
      ...completenessFault(entry, unled),
      ...staleFault(entry, today),
      ...overFault(entry, today),
      ...bareCentre(entry),
    ]),
    ...calendarFault(records, today),
  ];
}

/** Hours that follow the public holidays of a year that no calendar tells. */
function calendarFault(records: readonly PackRecord[], today: LocalDate): PackFault[] {
  const bodies = <Body>(kind: KindName) =>
    records.flatMap(({ record }) => (record.kind === kind ? [record.body as Body] : []));
  const year = missingCalendar(
    bodies<HoursBody>('hours'),
    bodies<CalendarBody>('calendar').map((calendar) => calendar.year),
    today,
  );
  const hours = records.find(
    ({ record }) => record.kind === 'hours' && (record.body as HoursBody).followsCalendar,
  );
  return year === undefined || hours === undefined
    ? []
    : [fault(hours, 'followsCalendar', missingCalendarSentence(year), MISSING_CALENDAR_REMEDY)];
}

function prefixFault(entry: PackRecord): PackFault[] {
  const prefix = `${entry.record.kind}.`;
  return entry.record.id.startsWith(prefix)
    ? []
    : [fault(entry, 'id', '编号和种类不一致', `编号要以 ${prefix} 开头`)];
}

function doubleFault(entry: PackRecord, earlier: readonly PackRecord[]): PackFault[] {
  const twin = earlier.find(
    ({ record }) => record.id === entry.record.id && record.scope === entry.record.scope,
  );
  return twin
    ? [fault(entry, 'id', `同一范围里已有这个编号（${twin.file}）`, '换一个编号，或删掉其中一条')]
    : [];
}

function scopesById(records: readonly PackRecord[]): ReadonlyMap<string, readonly Scope[]> {
  const scopes = new Map<string, Scope[]>();
  for (const { record } of records)
    scopes.set(record.id, [...(scopes.get(record.id) ?? []), record.scope]);
  return scopes;
}

/** A record that other stations do not have must not be pointed to by one that they have. */
function referenceFaults(
  entry: PackRecord,
  scopes: ReadonlyMap<string, readonly Scope[]>,
  unread: Unread,
): PackFault[] {
  return [...new Set(kindOf(entry).references(entry.record.body))].flatMap((id) => {
    const found = scopes.get(id);
    if (unread.mayHold(id)) return [];
    const field = placeOf(id, entry.record.body, 'body') ?? 'body';
    if (found === undefined)
      return [fault(entry, field, `指向了不存在的记录 ${id}`, '改正编号，或补上那条记录')];
    return found.some((scope) => isInScope(scope, entry.record.scope))
      ? []
      : [fault(entry, field, `指向的 ${id} 范围更窄，有的网点看不到`, '放宽那条记录的 scope')];
  });
}

/** Where a value stands first in a body, such as `body.shifts.0.person`. */
export function placeOf(wanted: string, value: unknown, field: string): string | undefined {
  if (value === wanted) return field;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const place = placeOf(wanted, inner, `${field}.${key}`);
    if (place !== undefined) return place;
  }
  return undefined;
}

function scopeFaults(entry: PackRecord): PackFault[] {
  const found = scopeFault(kindOf(entry), entry.record);
  return found === undefined
    ? []
    : [fault(entry, 'scope', found, '改正 scope，写成这条内容所属的区划或网点代码')];
}

/** Items of a list are named by their `id`, by translations and by the district's edits; none may be there twice. */
function itemFaults(entry: PackRecord): PackFault[] {
  return doubleItems(entry.record.body, 'body').map(({ field, id }) =>
    fault(entry, field, `列表里有两项用了同一个编号"${id}"`, '改掉其中一个'),
  );
}

function doubleItems(value: unknown, field: string): { field: string; id: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const ids = Array.isArray(value)
    ? value.flatMap((item: { id?: unknown } | null) =>
        typeof item?.id === 'string' ? item.id : [],
      )
    : [];
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
  return [
    ...[...twice].map((id) => ({ field, id })),
    ...Object.entries(value).flatMap(([key, inner]) => doubleItems(inner, `${field}.${key}`)),
  ];
}

function endFault(entry: PackRecord): PackFault[] {
  const { record } = entry;
  if (kindOf(entry).mustEnd && record.validUntil === undefined)
    return [
      fault(
        entry,
        'validUntil',
        '这类内容必须有截止日期',
        '写上最后一天，例如 validUntil: "2027-06-30"',
      ),
    ];
  if (record.validUntil !== undefined && record.validUntil < record.effectiveFrom)
    return [fault(entry, 'validUntil', '截止日期早于生效日期', '改正其中一个')];
  return [];
}

/** Codes of the outlets where nobody leads, so that their rosters need not say who. */
function unledOutlets(records: readonly PackRecord[]): ReadonlySet<string> {
  const outlets = records
    .filter(({ record }) => record.kind === 'station')
    .map(({ record }) => record.body as StationBody);
  return new Set(outlets.filter(({ level }) => !isLed(level)).map(({ code }) => code));
}

function completenessFault(entry: PackRecord, unled: ReadonlySet<string>): PackFault[] {
  const { record } = entry;
  const kind = kindOf(entry);
  const needsNoLeader = record.kind === 'roster' && unled.has((record.body as RosterBody).station);
  const particulars = kind.particulars.filter(({ id }) => !(needsNoLeader && id === 'leader'));
  const completeness = completenessOf({ ...kind, particulars }, record);
  return completeness.missing.length === 0
    ? []
    : [fault(entry, 'body', `不完整：${formatCompleteness(completeness)}`, '补上缺的内容')];
}

function staleFault(entry: PackRecord, today: LocalDate): PackFault[] {
  const due = addDays(entry.record.publishedAt.slice(0, 10), kindOf(entry).reviewEveryDays);
  return due < today
    ? [fault(entry, 'publishedAt', `该在 ${due} 前复核`, '核对内容后更新发布时间')]
    : [];
}

function overFault(entry: PackRecord, today: LocalDate): PackFault[] {
  return isInForce(entry.record, today) || entry.record.effectiveFrom > today
    ? []
    : [fault(entry, 'validUntil', '已经过期，不再显示', '延长截止日期，或删掉')];
}

/** A centre under its division's own code would speak for every outlet of the division (decision 048). */
function bareCentre(entry: PackRecord): PackFault[] {
  if (entry.record.kind !== 'station') return [];
  const { code, level } = entry.record.body as StationBody;
  if (!isCentre(level) || code !== divisionOf(code)) return [];
  return [
    fault(
      entry,
      'body.code',
      '中心用的是整个区划的代码，中心自己发布的服务时间、通知、值班表会在下面所有网点显示',
      '给中心一个自己的代码：区划代码加 -A01，例如 "530102-A01"',
    ),
  ];
}

function kindOf(entry: PackRecord) {
  return kindNamed(entry.record.kind as KindName);
}

function fault(entry: PackRecord, field: string, what: string, remedy: string): PackFault {
  return {
    file: entry.file,
    line: entry.line,
    field: `${entry.record.id}: ${field}`,
    fault: what,
    remedy,
  };
}
