import type { ContentRecord } from '../content/envelope.ts';
import { completenessOf, scopeFault } from '../content/kind.ts';
import { isKindName, kindNamed } from '../content/kinds/index.ts';
import { localDateSchema } from '../time/date-schemas.ts';
import { addDays, type LocalDate } from '../time/local-date.ts';
import { faultSentence } from './fault-sentence.ts';
import { formFor } from './forms.ts';

/** What staff wrote: the dates between which it is shown, and the body. Nothing of it need be right yet. */
export interface DraftContent {
  readonly effectiveFrom: string;
  readonly validUntil?: string | undefined;
  readonly body: unknown;
}

/** Something to be told about a draft, as one plain sentence. */
export interface DraftFault {
  /** The field that it is about: `effectiveFrom`, `validUntil`, or from the body on `shifts.2.person`. */
  readonly field: string;
  readonly sentence: string;
  /** Whether it must be mended before this can be published; otherwise it is good to know. */
  readonly isGrave: boolean;
}

/** What a check needs to know beside the draft. */
export interface CheckContext {
  readonly today: LocalDate;
  /** Whether a record of this id is shown at this station, so that it may be pointed to. */
  readonly isKnown: (id: string) => boolean;
  /** Ids of the windows that this station has. */
  readonly windows: readonly string[];
}

/** A last day nearer than this is worth a word. */
const SOON_DAYS = 7;

/**
 * Everything that is wrong with a draft, the grave first. `record` is what would be published: the envelope around the draft.
 */
export function checkDraft(
  record: ContentRecord,
  { today, isKnown, windows }: CheckContext,
): DraftFault[] {
  if (!isKindName(record.kind)) return [grave('', '这类内容不能在本站修改。')];
  const kind = kindNamed(record.kind);
  const fields = formFor(record.kind)?.fields ?? [];
  const parsed = kind.body.safeParse(record.body, { reportInput: true });
  const dates = dateFaults(record, kind.mustEnd, today);
  if (!parsed.success)
    return [
      ...parsed.error.issues.map((issue) => {
        const path = issue.path.map(String);
        return grave(path.join('.'), faultSentence(fields, issue));
      }),
      ...dates,
    ].toSorted(graveFirst);
  const sound = { ...record, body: parsed.data };
  const scope = scopeFault(kind, sound);
  const lost = kind.references(parsed.data).filter((id) => !isKnown(id));
  const { missing } = completenessOf(kind, sound);
  return [
    ...(scope === undefined ? [] : [grave('', `${scope}。`)]),
    ...[...new Set(lost)].map((id) =>
      grave(whereOf(parsed.data, id), '选中的人或指南已经没有了，请重新选。'),
    ),
    ...windowFaults(parsed.data, windows),
    ...dates,
    ...(missing.length === 0
      ? []
      : [advice('', `还缺${missing.join('、')}，可以先发布，尽快补上。`)]),
  ].toSorted(graveFirst);
}

/** What is wrong with the days between which something is shown. */
export function dateFaults(
  { effectiveFrom, validUntil }: Pick<ContentRecord, 'effectiveFrom' | 'validUntil'>,
  mustEnd: boolean,
  today: LocalDate,
): DraftFault[] {
  const isDate = (text: string) => localDateSchema.safeParse(text).success;
  if (!isDate(effectiveFrom)) return [grave('effectiveFrom', '开始显示的日期：还没有填。')];
  if (validUntil === undefined)
    return mustEnd ? [grave('validUntil', '显示到哪天：这类内容必须写明哪一天以后不再显示。')] : [];
  if (!isDate(validUntil)) return [grave('validUntil', '显示到哪天：要写成真实的日期。')];
  if (validUntil < effectiveFrom)
    return [grave('validUntil', '最后一天早于开始的日期，请改正其中一个。')];
  if (validUntil < today)
    return [grave('validUntil', '最后一天已经过去，发布了也不会显示，请改晚一些。')];
  return validUntil < addDays(today, SOON_DAYS)
    ? [advice('validUntil', `${dayText(validUntil)}以后就不再显示了，到时请记得更新。`)]
    : [];
}

/** A shift at a window that is not there would send visitors nowhere. */
function windowFaults(body: unknown, windows: readonly string[]): DraftFault[] {
  const { shifts } = body as { shifts?: unknown };
  if (!Array.isArray(shifts)) return [];
  return (shifts as readonly { readonly window?: string }[]).flatMap(({ window }, at) =>
    window === undefined || windows.includes(window)
      ? []
      : [grave(`shifts.${at}.window`, `第 ${at + 1} 个班次：选中的窗口已经没有了，请重新选。`)],
  );
}

/** Where in a body an id stands. */
function whereOf(value: unknown, id: string, path = ''): string {
  if (value === id) return path;
  if (typeof value !== 'object' || value === null) return '';
  for (const [key, inner] of Object.entries(value)) {
    const found = whereOf(inner, id, path === '' ? key : `${path}.${key}`);
    if (found !== '') return found;
  }
  return '';
}

/** "12月3日". */
function dayText(date: LocalDate): string {
  return `${Number(date.slice(5, 7))} 月 ${Number(date.slice(8, 10))} 日`;
}

const grave = (field: string, sentence: string): DraftFault => ({ field, sentence, isGrave: true });
const advice = (field: string, sentence: string): DraftFault => ({
  ...{ field, sentence },
  isGrave: false,
});
const graveFirst = (a: DraftFault, b: DraftFault): number => Number(b.isGrave) - Number(a.isGrave);
