import { FIELD_NAMES } from '#shared/editing/field-names.ts';
import { valueName } from '#shared/editing/value-names.ts';
import type { Draft } from '#shared/office/office-views.ts';
import { isJsonObject, type JsonValue } from '#shared/operations/json-value.ts';
import styles from './office.module.css';
import { OFFICE_TEXTS } from './office-texts.ts';
import { Table } from './parts.tsx';

/** Field by field, what was and what is to be. */
export function Differences({ of }: { readonly of: Draft['differences'] }) {
  if (of.length === 0) return <p className={styles.empty}>{OFFICE_TEXTS.noDifferences}</p>;
  return (
    <Table
      columns={[OFFICE_TEXTS.name, OFFICE_TEXTS.before, OFFICE_TEXTS.after]}
      rows={of.map(({ field, from, to }) => ({
        id: field,
        cells: [
          fieldText(field),
          <Value key="from" field={field} of={from} />,
          <Value key="to" field={field} of={to} />,
        ],
      }))}
    />
  );
}

/** A value as an editor reads it: names of fields and values in words, parts below each other. */
export function Value({
  field,
  of,
}: {
  /** The path of the field that has it. */
  readonly field: string;
  readonly of: JsonValue | undefined;
}) {
  return <div className={styles.value}>{<Words name={nameIn(field)} of={of} />}</div>;
}

function Words({ name, of }: { readonly name: string; readonly of: JsonValue | undefined }) {
  if (of === undefined || of === null) return OFFICE_TEXTS.none;
  if (typeof of === 'boolean') return of ? OFFICE_TEXTS.yes : OFFICE_TEXTS.no;
  if (typeof of === 'string') return valueName(name, of);
  if (Array.isArray(of)) return <Listed name={name} of={of as readonly JsonValue[]} />;
  if (!isJsonObject(of)) return JSON.stringify(of);
  return (
    <ul className={styles.parts}>
      {Object.entries(of).map(([part, value]) => (
        <li key={part}>
          {FIELD_NAMES[part] ?? part}
          {OFFICE_TEXTS.colon}
          <Words name={part in FIELD_NAMES ? part : name} of={value} />
        </li>
      ))}
    </ul>
  );
}

function Listed({ name, of }: { readonly name: string; readonly of: readonly JsonValue[] }) {
  if (of.length === 0) return OFFICE_TEXTS.none;
  if (of.every((item) => typeof item === 'string'))
    return of.map((item) => valueName(name, item)).join(OFFICE_TEXTS.between);
  return (
    <ol className={styles.parts}>
      {of.map((item, at) => (
        // A list that is only read does not change its order.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={at}>
          <Words name={name} of={item} />
        </li>
      ))}
    </ol>
  );
}

/** The name of the field at the end of a path, past the keys of items. */
function nameIn(path: string): string {
  return stepsOf(path).findLast((step) => Object.hasOwn(FIELD_NAMES, step)) ?? '';
}

function stepsOf(path: string): string[] {
  return path.split(/[/.]/).filter((step) => step !== '');
}

/** `/body/materials/id-card/name` as 正文内容 › 申请材料 › id-card › 名称. */
export function fieldText(field: string): string {
  return stepsOf(field)
    .map((step) => (step === '#' ? FIELD_NAMES.order : (FIELD_NAMES[step] ?? step)))
    .join(' › ');
}
