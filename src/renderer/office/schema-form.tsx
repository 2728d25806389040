import { useState } from 'react';
import { FIELD_NAMES } from '#shared/editing/field-names.ts';
import { valueName } from '#shared/editing/value-names.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { canonicalJson, isJsonObject } from '#shared/operations/json-value.ts';
import { freshId, useTargets } from './graph-nodes.ts';
import styles from './office.module.css';
import { OFFICE_TEXTS } from './office-texts.ts';
import { Button, SelectField, TextField } from './parts.tsx';

/** A kind's schema as JSON Schema has it; only what forms need of it. */
export interface FormSchema {
  readonly type?: string;
  readonly enum?: readonly JsonValue[];
  readonly const?: JsonValue;
  readonly anyOf?: readonly FormSchema[];
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
  readonly items?: FormSchema;
  readonly maxLength?: number;
  readonly default?: JsonValue;
}

interface FormPart {
  readonly schema: FormSchema;
  readonly name: string;
  /** The field whose values it takes, where its name is a place in a list. */
  readonly field?: string | undefined;
  readonly value: JsonValue | undefined;
  /** Undefined takes the field away. */
  readonly onChange: (value: JsonValue | undefined) => void;
}

/** From this length on a text gets several lines. */
const LONG = 60;

/** A field of any kind, made from its schema. What no field fits is written as JSON. */
export function SchemaField(part: FormPart) {
  const { schema, name, value } = part;
  const label = labelOf(name);
  if (schema.enum !== undefined) return <ChoiceField {...part} label={label} />;
  if (schema.type === 'boolean') return <CheckField {...part} label={label} />;
  if (schema.type === 'string') return <WordsField {...part} label={label} />;
  if (schema.type === 'integer' || schema.type === 'number')
    return <NumberField {...part} label={label} />;
  if (schema.type === 'object' && schema.properties !== undefined && isObjectOrNone(value))
    return <ObjectField {...part} label={label} />;
  if (schema.type === 'array' && schema.items !== undefined && isListOrNone(value))
    return <ListField {...part} label={label} />;
  return <JsonField {...part} label={label} />;
}

type Labelled = FormPart & { readonly label: string };

function labelOf(name: string): string {
  return FIELD_NAMES[name] ?? name;
}

/** A value of one line as it is written; nothing for nothing. */
function textOf(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObjectOrNone(value: JsonValue | undefined): boolean {
  return value === undefined || isJsonObject(value);
}

function isListOrNone(value: JsonValue | undefined): boolean {
  return value === undefined || Array.isArray(value);
}

function ChoiceField({ schema, name, field = name, label, value, onChange }: Labelled) {
  const options = (schema.enum ?? [])
    .map(textOf)
    .map((option) => [option, valueName(field, option)] as const);
  return (
    <SelectField
      label={label}
      value={textOf(value)}
      options={[['', OFFICE_TEXTS.none], ...options]}
      onChange={(next) => onChange(schema.enum?.find((option) => textOf(option) === next))}
    />
  );
}

function CheckField({ label, value, onChange }: Labelled) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

/** A text, or the choice of a node where the field points to one. */
function WordsField(part: Labelled) {
  const targets = useTargets(part.name);
  if (targets.length === 0) return <TextPart {...part} />;
  const value = textOf(part.value);
  const options = targets.map(({ id, name }) => [id, name] as const);
  // What it pointed to may be gone: it says so, and is not lost unseen.
  const gone = value === '' || targets.some(({ id }) => id === value) ? [] : [value];
  return (
    <SelectField
      label={part.label}
      value={value}
      options={[
        ['', OFFICE_TEXTS.none],
        ...gone.map((id) => [id, `${OFFICE_TEXTS.nodeGone} ${id}`] as const),
        ...options,
      ]}
      onChange={(next) => part.onChange(next === '' ? undefined : next)}
    />
  );
}

function TextPart({ schema, label, value, onChange }: Labelled) {
  const text = typeof value === 'string' ? value : '';
  // What is empty is not there: an optional field must be able to go away.
  const write = (next: string) => onChange(next === '' ? undefined : next);
  if ((schema.maxLength ?? LONG) < LONG)
    return <TextField label={label} value={text} onChange={write} />;
  return <LongText label={label} text={text} onChange={write} />;
}

function NumberField({ label, value, onChange }: Labelled) {
  const write = (next: string) => {
    const number = Number(next);
    onChange(next.trim() === '' || Number.isNaN(number) ? undefined : number);
  };
  return <TextField label={label} value={textOf(value)} onChange={write} />;
}

function ObjectField({ schema, label, value, onChange }: Labelled) {
  const fields = isJsonObject(value) ? value : {};
  return (
    <fieldset className={styles.box}>
      <legend>{label}</legend>
      {Object.entries(schema.properties ?? {}).map(([name, inner]) => (
        <SchemaField
          key={name}
          schema={inner}
          name={name}
          value={fields[name]}
          onChange={(next) => {
            const { [name]: _before, ...rest } = fields;
            onChange(next === undefined ? rest : { ...rest, [name]: next });
          }}
        />
      ))}
    </fieldset>
  );
}

function ListField({ schema, name, label, value, onChange }: Labelled) {
  const items: readonly JsonValue[] = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  const { items: inner = {} } = schema;
  const { id } = inner.properties ?? {};
  // An id that is one of a few is chosen, as any other of those.
  const isNumbered = id !== undefined && id.enum === undefined;
  const add = () => onChange([...items, isNumbered ? { id: freshId() } : emptyOf(inner)]);
  return (
    <fieldset className={styles.box}>
      <legend>{label}</legend>
      {items.map((item, at) => (
        // Items have no name of their own until they are written; their place is theirs while the form is open.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={at} className={styles.box}>
          <SchemaField
            schema={inner}
            name={String(at + 1)}
            field={name}
            value={item}
            onChange={(next) => onChange(items.with(at, next ?? emptyOf(inner)))}
          />
          <Button isDanger onPress={() => onChange(items.toSpliced(at, 1))}>
            {OFFICE_TEXTS.remove}
          </Button>
        </div>
      ))}
      <Button onPress={add}>{OFFICE_TEXTS.add}</Button>
    </fieldset>
  );
}

function JsonField({ label, value, onChange }: Labelled) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly of: string }>();
  const now = canonicalJson(value);
  // As it was typed while it says the same, or nothing whole yet; what is empty may be kept as an empty list.
  const isAsTyped = typed?.of === now || (typed?.of === '' && isEmpty(now));
  const text = typed !== undefined && isAsTyped ? typed.text : indented(value);
  const write = (next: string) => {
    const read = parsed(next);
    setTyped({ text: next, of: read === undefined ? now : canonicalJson(read.value) });
    if (read !== undefined) onChange(read.value);
  };
  return <LongText label={label} text={text} onChange={write} />;
}

function isEmpty(json: string): boolean {
  return ['', '""', '{}', '[]'].includes(json);
}

function indented(value: JsonValue | undefined): string {
  return value === undefined ? '' : JSON.stringify(value, undefined, 2);
}

/** What a text says as JSON, nothing for an empty one; undefined while it is half-written. */
function parsed(text: string): { readonly value: JsonValue | undefined } | undefined {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return undefined;
  }
}

function LongText({
  label,
  text,
  onChange,
}: {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  return (
    <label className={styles.label}>
      {label}
      <textarea
        className={styles.input}
        rows={Math.min(12, Math.max(3, text.split('\n').length + 1))}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function emptyOf({ type, default: given }: FormSchema): JsonValue {
  if (given !== undefined) return given;
  if (type === 'object') return {};
  if (type === 'array') return [];
  return type === 'integer' || type === 'number' ? 0 : '';
}
