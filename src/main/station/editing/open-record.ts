import type { ContentRecord } from '#shared/content/envelope.ts';
import { type KindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { EditDecision, EditRecord } from '#shared/contract/editing.ts';
import { StationError } from '#shared/contract/errors.ts';
import { describeChanges, describeConflict } from '#shared/editing/describe.ts';
import type { EditForm } from '#shared/editing/edit-field.ts';
import { type EditableKind, formFor } from '#shared/editing/forms.ts';
import { storedRecord } from '../content/content-store.ts';
import type { Library } from '../content/library.ts';
import { conflictOver, mayDecideOwn } from './decide-conflict.ts';
import { draftView } from './draft-states.ts';
import { contentOf, type EditNames, shiftNames } from './edit-names.ts';
import { rowOf } from './edit-rows.ts';
import { draftOf, type Version, versionsOf } from './edit-store.ts';
import type { EditPlace } from './lay-edits.ts';

/**
 * A record as its page shows it: what is shown, its draft, its history and what is to be decided. Throws
 * `StationError('not-found')` for what was never here or has no form.
 */
export function openRecord(
  { db, cache, station, library }: EditPlace & { readonly library: Library },
  id: string,
  known: EditNames,
): EditRecord {
  const draft = draftOf(db, id);
  const own = storedRecord(cache, { id, scope: station });
  const versions = versionsOf(db, id);
  const wide = own === undefined && draft === undefined ? wideRecord(library, id) : undefined;
  const last = versions.at(-1);
  const kind = draft?.kind ?? own?.kind ?? wide?.kind ?? last?.kind;
  const form = kind === undefined ? undefined : formFor(kind);
  if (kind === undefined || form === undefined) throw new StationError('not-found');
  const record = own ?? wide;
  const row = rowOf({ kind, id, draft, record, versions }, known, station);
  const at = draft?.content.body ?? record?.body;
  const nameOf = kind === 'roster' ? shiftNames(at, known.nameOf) : known.nameOf;
  const decision = decisionOf(versions, form, nameOf);
  return {
    ...row,
    label: kindNamed(kind as KindName).label,
    mustEnd: kindNamed(kind as KindName).mustEnd,
    ...(record === undefined ? {} : { shown: contentOf(record) }),
    ...(draft === undefined ? {} : { draft: draftView(draft) }),
    fields: form.fields,
    references: known.references,
    ...(decision === undefined ? {} : { decision }),
    versions: versions.toReversed().map((version) => ({
      seq: version.seq,
      at: version.at,
      editor: version.editorName,
      action: version.action,
      ...(version.restores === undefined ? {} : { restores: version.restores }),
      progress: version.state,
      changes: describeChanges(form.fields, version.before, version.after, nameOf),
    })),
  };
}
/** A record of a wider scope that this station shows. */
export function wideRecord(library: Library, id: string): ContentRecord | undefined {
  const form = formFor(id.split('.')[0] ?? '');
  return form && library.record(form.kind as EditableKind, id);
}

function decisionOf(
  versions: readonly Version[],
  form: EditForm,
  nameOf: (id: string) => string,
): EditDecision | undefined {
  const open = versions.find(({ state }) => state === 'conflict' || state === 'refused');
  if (open === undefined) return undefined;
  const { seq, outcome, state } = open;
  if (state === 'refused') return { type: 'refused', seq, message: outcome.message ?? '' };
  const fields = outcome.fields ?? [];
  return {
    ...{ type: 'conflict', seq, over: conflictOver(open), mayOwn: mayDecideOwn(open) },
    fields: fields.map((field) => describeConflict(form.fields, field, nameOf)),
  };
}
