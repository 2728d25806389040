import { FIELD_NAMES } from '#shared/editing/field-names.ts';
import type { Draft } from '#shared/office/office-views.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
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
        cells: [fieldText(field), <Value key="from" of={from} />, <Value key="to" of={to} />],
      }))}
    />
  );
}

/** A value as an editor reads it. */
export function Value({ of }: { readonly of: JsonValue | undefined }) {
  const text = typeof of === 'string' ? of : JSON.stringify(of, undefined, 1);
  return <div className={styles.value}>{of === undefined ? OFFICE_TEXTS.none : text}</div>;
}

/** `/body/materials/id-card/name` as 正文内容 › 申请材料 › id-card › 名称. */
export function fieldText(field: string): string {
  return field
    .split(/[/.]/)
    .filter((step) => step !== '')
    .map((step) => (step === '#' ? FIELD_NAMES.order : (FIELD_NAMES[step] ?? step)))
    .join(' › ');
}
