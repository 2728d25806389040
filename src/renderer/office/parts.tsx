import { type QueryKey, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type MouseEvent, type ReactNode, useId, useRef, useState } from 'react';
import styles from './office.module.css';
import { isUnreachable, sentenceOf } from './office-client.ts';
import { OFFICE_TEXTS } from './office-texts.ts';

/** A page of the office: heading, then what it is about. */
export function OfficePage({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.page} aria-label={title}>
      <h1 className={styles.title}>{title}</h1>
      {children}
    </section>
  );
}

/**
 * What was asked for, or the sentence that says why it is not there. What was there before stays below the sentence: somebody may
 * be writing in it.
 */
export function Asked<Data>({
  about,
  ask,
  children,
}: {
  readonly about: QueryKey;
  readonly ask: () => Promise<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  const { data, error } = useQuery({ queryKey: about, queryFn: ask });
  return (
    <>
      {error !== null && <Fault sentence={sentenceOf(error)} />}
      {data !== undefined && children(data)}
      {data === undefined && error === null && <p role="status">{OFFICE_TEXTS.loading}</p>}
    </>
  );
}

/**
 * Something that a person does; once the server has answered, with yes or no, everything on the page is asked for again, unless
 * nobody is logged in yet. A server that does not answer has nothing else to tell, either.
 */
export function useDoing<Input, Result>(
  act: (input: Input) => Promise<Result>,
  onDone: (result: Result, input: Input) => void = () => {},
  refreshes = true,
) {
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: act,
    onSuccess: (result, input) => onDone(result, input),
    onSettled: (_, fault) =>
      refreshes && !isUnreachable(fault) ? queries.invalidateQueries() : undefined,
  });
  return {
    act: (input: Input) => mutate(input),
    isPending,
    fault: error === null ? undefined : sentenceOf(error),
  };
}

/** A sentence about something that did not work. */
export function Fault({ sentence }: { readonly sentence: string | undefined }) {
  return (
    <p className={styles.fault} role="alert">
      {sentence}
    </p>
  );
}

export function Button({
  children,
  onPress,
  onLeave,
  isMain = false,
  isDanger = false,
  isOff = false,
}: {
  readonly children: ReactNode;
  /** Absent: hands in the form that it stands in. */
  readonly onPress?: (event: MouseEvent) => void;
  readonly onLeave?: () => void;
  readonly isMain?: boolean;
  readonly isDanger?: boolean;
  readonly isOff?: boolean;
}) {
  const looks = [styles.button, isMain ? styles.main : '', isDanger ? styles.danger : ''].join(' ');
  return (
    <button
      type={onPress === undefined ? 'submit' : 'button'}
      className={looks}
      disabled={isOff}
      onClick={onPress}
      onBlur={onLeave}
    >
      {children}
    </button>
  );
}

/** Nobody reads a question faster; two presses within this time are a double click, or a key held down. */
const READING_MS = 700;

/** Something that is not done at the first press: that one asks, and names whom or what it is about. Going away takes it back. */
export function AskTwice({
  label,
  question,
  onSure,
}: {
  readonly label: string;
  readonly question: string;
  readonly onSure: () => void;
}) {
  const [isAsked, setAsked] = useState(false);
  const pressedAt = useRef(Number.NEGATIVE_INFINITY);
  const press = ({ timeStamp }: MouseEvent) => {
    const isTooSoon = timeStamp - pressedAt.current < READING_MS;
    pressedAt.current = timeStamp;
    if (isAsked && isTooSoon) return;
    setAsked(!isAsked);
    if (isAsked) onSure();
  };
  return (
    <span aria-live="polite">
      <Button isDanger onPress={press} onLeave={() => setAsked(false)}>
        {isAsked ? question : label}
      </Button>
    </span>
  );
}

/** A field of one line. */
export function TextField({
  label,
  value,
  onChange,
  type = 'text',
  name,
  options = [],
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'date' | 'datetime-local';
  readonly name?: string;
  /** Offered while somebody writes; anything else may be written, too. */
  readonly options?: readonly string[];
}) {
  const list = useId();
  return (
    <label className={styles.label}>
      {label}
      <input
        className={styles.input}
        type={type}
        name={name}
        autoComplete={type === 'password' ? 'off' : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        list={options.length === 0 ? undefined : list}
      />
      {options.length > 0 && (
        <datalist id={list}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </label>
  );
}

/** A choice of one of several. */
export function SelectField({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className={styles.label}>
      {label}
      <select
        className={styles.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A table with a heading for each column; says so when there is nothing in it. */
export function Table({
  columns,
  rows,
}: {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
}) {
  if (rows.length === 0) return <p className={styles.empty}>{OFFICE_TEXTS.empty}</p>;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) =>
              // The column of what can be done has no name; an empty heading would be read out as one.
              column === '' ? (
                <td key={column} />
              ) : (
                <th key={column} scope="col">
                  {column}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {cells.map((cell, at) => (
                <td key={columns[at] ?? at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Hands what a program will read to the person at the desk. */
export function saveFile(name: string, content: unknown): void {
  saveBlob(name, new Blob([JSON.stringify(content)], { type: 'application/json' }));
}

/** Hands a file to the person at the desk. */
export function saveBlob(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
