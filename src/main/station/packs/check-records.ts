import { isInForce } from '#shared/content/envelope.ts';
import { completenessOf, formatCompleteness } from '#shared/content/kind.ts';
import { type KindName, kindNamed } from '#shared/content/kinds/index.ts';
import { addDays, type LocalDate } from '#shared/time/local-date.ts';
import type { PackFault } from './pack-file.ts';
import type { PackRecord } from './records.ts';

/** Faults of the records among each other: double ids, dangling references, kinds that must end and do not. */
export function checkRecords(records: readonly PackRecord[]): PackFault[] {
  const ids = new Set(records.map((entry) => entry.record.id));
  return records.flatMap((entry, at) => [
    ...prefixFault(entry),
    ...doubleFault(entry, records.slice(0, at)),
    ...endFault(entry),
    ...kindOf(entry)
      .references(entry.record.body)
      .filter((id) => !ids.has(id))
      .map((id) => fault(entry, 'body', `指向了不存在的记录 ${id}`, '改正编号,或补上那条记录')),
  ]);
}

/** What a publisher should look at although nothing is wrong in form: incomplete, stale, over, unconfirmed records. */
export function reviewRecords(records: readonly PackRecord[], today: LocalDate): PackFault[] {
  return records.flatMap((entry) => [
    ...completenessFault(entry),
    ...staleFault(entry, today),
    ...overFault(entry, today),
  ]);
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
    ? [fault(entry, 'id', `同一范围里已有这个编号(${twin.file})`, '换一个编号,或删掉其中一条')]
    : [];
}

function endFault(entry: PackRecord): PackFault[] {
  const { record } = entry;
  if (kindOf(entry).mustEnd && record.validUntil === undefined)
    return [
      fault(
        entry,
        'validUntil',
        '这类内容必须有截止日期',
        '写上最后一天,例如 validUntil: "2027-06-30"',
      ),
    ];
  if (record.validUntil !== undefined && record.validUntil < record.effectiveFrom)
    return [fault(entry, 'validUntil', '截止日期早于生效日期', '改正其中一个')];
  return [];
}

function completenessFault(entry: PackRecord): PackFault[] {
  const completeness = completenessOf(kindOf(entry), entry.record);
  return completeness.missing.length === 0
    ? []
    : [fault(entry, 'body', `不完整:${formatCompleteness(completeness)}`, '补上缺的内容')];
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
    : [fault(entry, 'validUntil', '已经过期,不再显示', '延长截止日期,或删掉')];
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
