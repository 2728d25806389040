import type { ContentRecord } from '#shared/content/envelope.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { RosterBody } from '#shared/content/kinds/roster.ts';
import type { ServiceLocalBody } from '#shared/content/kinds/service-local.ts';
import type { EditRecord, EditReference } from '#shared/contract/editing.ts';
import type { NameOf } from '#shared/editing/describe.ts';
import { describeFields } from '#shared/editing/describe.ts';
import { formFor } from '#shared/editing/forms.ts';
import type { Library } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';

/** What fields can point to at this station, by their names. */
export interface EditNames {
  readonly references: EditRecord['references'];
  readonly windows: readonly string[];
  /** Whether a record of this id is there for this station. */
  readonly isKnown: (id: string) => boolean;
  readonly nameOf: NameOf;
  /** What staff call a record. */
  readonly titleOf: (kind: string, body: unknown) => string;
}

export function editNames(library: Library, stations: Stations): EditNames {
  const windows = stations.current('zh-CN').windows;
  const references = {
    person: library
      .records('person')
      .map(({ id, body }) => ({ value: id, label: `${body.name}（${body.title}）` })),
    window: windows.map(({ id, label, name }) => ({ value: id, label: `${label} ${name}` })),
    guide: library.records('service').map(({ id, body }) => ({ value: id, label: body.title })),
  };
  const names = new Map<string, string>(
    Object.values(references)
      .flat()
      .map(({ value, label }: EditReference) => [value, label]),
  );
  const nameOf: NameOf = (id) => names.get(id) ?? id;
  return {
    references,
    windows: windows.map(({ id }) => id),
    isKnown: (id) => {
      const kind = id.split('.')[0] ?? '';
      return isKindName(kind) && library.record(kind, id) !== undefined;
    },
    nameOf,
    titleOf: (kind, body) => titleOf(library, nameOf, kind, body),
  };
}

function titleOf(library: Library, nameOf: NameOf, kind: string, body: unknown): string {
  if (kind === 'station') return library.divisions.get(library.station) ?? '本站';
  if (kind === 'service-local') return nameOf((body as Partial<ServiceLocalBody>).service ?? '');
  if (!isKindName(kind)) return '';
  try {
    return kindNamed(kind).title(body);
  } catch {
    // A draft need not have what its title is made of.
    return '';
  }
}

/** Names of the shifts of a roster: a change of a shift points to one of them. */
export function shiftNames(body: unknown, nameOf: NameOf): NameOf {
  const shifts = (body as Partial<RosterBody> | undefined)?.shifts ?? [];
  const field = formFor('roster')?.fields.find(({ at }) => at === 'shifts')?.input;
  const fields = field?.type === 'list' ? field.fields : [];
  const known = new Map(shifts.map((shift) => [shift.id, describeFields(fields, shift, nameOf)]));
  return (id) => known.get(id) ?? nameOf(id);
}

/** A record without what only programs read. */
export function contentOf({ effectiveFrom, validUntil, body }: ContentRecord) {
  return { effectiveFrom, ...(validUntil === undefined ? {} : { validUntil }), body };
}
