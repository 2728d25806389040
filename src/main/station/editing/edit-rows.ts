import type { ContentRecord } from '#shared/content/envelope.ts';
import { completenessOf, formatCompleteness } from '#shared/content/kind.ts';
import { type KindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { EditKindCount, EditProgress, EditRow } from '#shared/contract/editing.ts';
import type { EditableKind } from '#shared/editing/forms.ts';
import { storedRecord } from '../content/content-store.ts';
import type { Library } from '../content/library.ts';
import type { EditNames } from './edit-names.ts';
import { allDrafts, type Draft, openVersions, type Version, versionsOf } from './edit-store.ts';
import type { EditPlace } from './lay-edits.ts';

const DISTRICT_OWNS = '这条由上级统一发布，本站不能直接修改';

/** The station's own records of a kind, drafts, and those that it shows of wider scopes. */
export function rows(
  { db, cache, station, library }: EditPlace & { readonly library: Library },
  kind: EditableKind,
  names: EditNames,
): EditRow[] {
  const drafts = new Map(
    allDrafts(db).flatMap((draft) => (draft.kind === kind ? [[draft.id, draft]] : [])),
  );
  const open = openVersions(db).filter((version) => version.kind === kind);
  const shown = library.records(kind).filter((record) => concerns(record, station));
  const own = library.ever(kind).filter(({ scope }) => scope === station);
  const ids = new Set([
    ...own.map(({ id }) => id),
    ...drafts.keys(),
    ...open.map(({ id }) => id),
    ...shown.map(({ id }) => id),
  ]);
  return [...ids]
    .map((id) => {
      const record =
        storedRecord(cache, { id, scope: station }) ?? shown.find((one) => one.id === id);
      const subject = { kind, id, draft: drafts.get(id), record, versions: versionsOf(db, id) };
      return rowOf(subject, names, station);
    })
    .toSorted((a, b) => Number(a.locked !== undefined) - Number(b.locked !== undefined));
}

/** What is known of a record that a row tells of. */
interface Subject {
  readonly kind: string;
  readonly id: string;
  readonly draft: Draft | undefined;
  readonly record: ContentRecord | undefined;
  readonly versions: readonly Version[];
}

/** A row of the overview: what it is, whether it is shown, and what became of its changes. */
export function rowOf(
  { kind, id, draft, record, versions }: Subject,
  names: EditNames,
  station: string,
): EditRow {
  const content = draft?.content ?? record ?? lastContent(versions);
  const isForeign = draft === undefined && record !== undefined && record.scope !== station;
  const completeness = record && completenessOf(kindNamed(kind as KindName), record);
  return {
    ...{ id, kind: kind as EditableKind, isShown: record !== undefined },
    title: names.titleOf(kind, content?.body),
    ...(isForeign ? { locked: DISTRICT_OWNS } : {}),
    hasDraft: draft !== undefined,
    progress: progressOf(versions),
    effectiveFrom: content?.effectiveFrom ?? '',
    ...(content?.validUntil === undefined ? {} : { validUntil: content.validUntil }),
    ...(completeness === undefined || completeness.missing.length === 0
      ? {}
      : { completeness: formatCompleteness(completeness) }),
  };
}

/** A record that is gone is known by what it last was. */
function lastContent(versions: readonly Version[]): ContentRecord | undefined {
  return versions.flatMap(({ before, after }) => after ?? before ?? []).at(-1);
}

const WORST_FIRST = ['conflict', 'refused', 'waiting', 'taken'] as const;

function progressOf(versions: readonly Version[]): EditProgress {
  return WORST_FIRST.find((state) => versions.some((one) => one.state === state)) ?? 'none';
}

/** Of wider records only those that speak of this station at all: its own outlet, its own roster, who serves it. */
function concerns({ kind, scope, body }: ContentRecord, station: string): boolean {
  if (scope === station) return true;
  const {
    code,
    station: of,
    serves,
  } = body as { code?: string; station?: string; serves?: string[] };
  if (kind === 'station') return code === station;
  if (kind === 'person') return serves?.includes(station) === true;
  return of === undefined || of === station;
}

/** How many there are, and of how many somebody should know; `soon` is the day until which an end is near. */
export function countOf(
  list: readonly EditRow[],
  soon: string,
): Pick<EditKindCount, 'count' | 'drafts' | 'waiting' | 'troubles' | 'ending'> {
  const own = list.filter(({ locked }) => locked === undefined);
  const count = (isMeant: (row: EditRow) => boolean) => own.filter(isMeant).length;
  return {
    count: own.length,
    drafts: count(({ hasDraft }) => hasDraft),
    waiting: count(({ progress }) => progress === 'waiting'),
    troubles: count(({ progress }) => progress === 'conflict' || progress === 'refused'),
    ending: count(
      ({ validUntil, isShown }) => isShown && validUntil !== undefined && validUntil < soon,
    ),
  };
}
