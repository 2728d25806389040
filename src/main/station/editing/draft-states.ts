import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { DraftContent } from '#shared/editing/check-draft.ts';
import { cleanBody } from '#shared/editing/clean-text.ts';
import type { EditForm } from '#shared/editing/edit-field.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { isStationOwned } from '#shared/operations/station-editing.ts';
import { changesTo, withContent } from './decide-conflict.ts';
import { contentOf } from './edit-names.ts';
import type { Draft } from './edit-store.ts';
import { type Envelopes, envelopeOf } from './envelope-of.ts';

/** Changes of fields that the form does not give out are dropped: whatever a page sends, the district's fields stay. */
export function unlocked(
  content: DraftContent,
  known: unknown,
  form: EditForm | undefined,
): DraftContent {
  const cleaned = cleanBody(content.body);
  if (form === undefined || typeof cleaned !== 'object' || cleaned === null) return content;
  const open = new Set(
    form.fields.filter(({ locked }) => locked === undefined).map(({ at }) => at),
  );
  const isKept = ([name]: readonly [string, unknown]) => !open.has(name);
  const kept = Object.entries((known ?? {}) as object).filter(isKept);
  const own = Object.entries(cleaned).filter((entry) => !isKept(entry));
  const { effectiveFrom, validUntil } = content;
  return {
    effectiveFrom,
    ...(validUntil === undefined || validUntil === '' ? {} : { validUntil }),
    body: Object.fromEntries([...kept, ...own]),
  };
}

const STAMPS = 2 ** 47;

/**
 * The stamp of a draft's next state. A new draft begins anywhere: were it always at the same number, a page that still shows a
 * former draft of the record, or one from before a restored backup, would write over it unseen.
 */
export function stampAfter(draft: Draft | undefined): number {
  return draft === undefined ? randomInt(1, STAMPS) : draft.stamp + 1;
}

/** What there is in place of the state that a page started from. */
export function newer(draft: Draft | undefined, own: ContentRecord | undefined) {
  return {
    state: 'newer' as const,
    ...(draft && { draft: draftView(draft) }),
    ...(own && { shown: contentOf(own) }),
  };
}

/** What a new draft starts from: the state that its writer saw, which need not be on show any more (invariant 5). */
export function begunFrom(
  options: Envelopes,
  id: string,
  kind: string,
  from: DraftContent | undefined,
  own: ContentRecord | undefined,
): ContentRecord | undefined {
  if (from === undefined) return undefined;
  if (own === undefined) return envelopeOf(options, id, kind, from, undefined, '本站');
  return isDeepStrictEqual(from, contentOf(own)) ? own : withContent(own, from);
}

/** The kind of a record that is not there any more although somebody is changing it; ids begin with it. */
export function kindOfGone(
  id: string,
  from: DraftContent | undefined,
  station: string,
): string | undefined {
  const [kind = ''] = id.split('.');
  const wasThere = from !== undefined || id.startsWith(madeHere(kind, station));
  return wasThere && isStationOwned(kind) ? kind : undefined;
}

/** How the ids of records begin that were made at a station. */
export function madeHere(kind: string, station: string): string {
  return `${kind}.at-${station.toLowerCase()}-`;
}

/** A draft over what is on show now: its own changes only, so that what others changed meanwhile stays. */
export function rebased(draft: Draft, shown: ContentRecord | undefined) {
  const { base, content } = draft;
  if (base !== undefined && shown === undefined) return { outcome: 'gone' as const };
  if (shown === undefined || JSON.stringify(base) === JSON.stringify(shown))
    return { outcome: 'merged' as const, value: content as unknown as JsonValue };
  // Begun where nothing was, while somebody else published it: all that differs was seen by nobody here.
  const changes = changesTo(base, withContent(base ?? shown, content));
  const merged = mergeChanges(editablePart(shown), changes);
  if (merged.outcome === 'conflict') return merged;
  const value = contentOf(withContent(shown, merged.value as unknown as DraftContent));
  return { outcome: 'merged' as const, value: value as unknown as JsonValue };
}

/** A draft as pages know it. */
export function draftView({ content, stamp, editor, changedAt }: Draft) {
  return { content, stamp, editor, changedAt };
}
