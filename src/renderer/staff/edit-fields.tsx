import { LockIcon, PlusIcon, TrashIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditRecord, EditReference } from '#shared/contract/editing.ts';
import type { DraftFault } from '#shared/editing/check-draft.ts';
import { describeFields, describeValue, type NameOf } from '#shared/editing/describe.ts';
import type { EditField, EditOption } from '#shared/editing/edit-field.ts';
import { Action } from '../ui/action.tsx';
import { Choice } from '../ui/choice.tsx';
import { Pressable } from '../ui/pressable.tsx';
import { Row, Rows } from '../ui/row.tsx';
import styles from './staff.module.css';
import { DateSteps, MonthDaySteps, TimeSteps } from './steps.tsx';
import { TextField } from './text-field.tsx';

/** What every field of a form knows of the record around it. */
export interface FormPlace {
  readonly references: EditRecord['references'];
  readonly shifts: readonly EditReference[];
  readonly nameOf: NameOf;
  readonly today: string;
  readonly faults: readonly DraftFault[];
  /** Opens an item of a list as a page of its own. */
  readonly onOpen: (path: string) => void;
}

type Values = Readonly<Record<string, unknown>>;

const valuesOf = (value: unknown): Values =>
  typeof value === 'object' && value !== null ? (value as Values) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The fields of a form, or of one item of a list in it; `path` says where in the body they lie. */
export function EditFields({
  fields,
  value,
  path,
  place,
  onChange,
}: {
  readonly fields: readonly EditField[];
  readonly value: unknown;
  readonly path: string;
  readonly place: FormPlace;
  readonly onChange: (value: Values) => void;
}) {
  const values = valuesOf(value);
  const set = (at: string, next: unknown) => {
    const { [at]: _, ...others } = values;
    onChange(next === undefined ? others : { ...values, [at]: next });
  };
  return fields.map((field) => (
    <div key={field.at} className={styles.part}>
      {field.locked === undefined ? (
        <EditInput
          field={field}
          value={values[field.at]}
          path={path === '' ? field.at : `${path}.${field.at}`}
          place={place}
          onChange={(next) => set(field.at, next)}
        />
      ) : (
        <LockedField field={field} value={values[field.at]} nameOf={place.nameOf} />
      )}
      {field.hint !== undefined && <p className={styles.hint}>{field.hint}</p>}
    </div>
  ));
}

function LockedField({
  field,
  value,
  nameOf,
}: {
  readonly field: EditField;
  readonly value: unknown;
  readonly nameOf: NameOf;
}) {
  return (
    <div className={styles.locked}>
      <span className={styles.label}>{field.label}</span>
      <span>{describeValue(field.input, value, nameOf)}</span>
      <small className={styles.lock}>
        <LockIcon weight="bold" aria-hidden /> {field.locked}
      </small>
    </div>
  );
}

interface InputProps {
  readonly field: EditField;
  readonly value: unknown;
  readonly path: string;
  readonly place: FormPlace;
  readonly onChange: (value: unknown) => void;
}

function EditInput(props: InputProps) {
  const { t } = useTranslation();
  const { field, value, path, place, onChange } = props;
  const { input, label } = field;
  const error = place.faults.find((fault) => fault.isGrave && fault.field === path)?.sentence;
  const shared = { label, error, value: textOf(value), onChange };
  switch (input.type) {
    case 'text':
      return (
        <TextField
          {...shared}
          keys={input.keys}
          isLong={input.isLong}
          maxLength={input.isLong === true ? 800 : 60}
          onChange={(text) => onChange(text === '' ? undefined : text)}
        />
      );
    case 'date':
      return <DateSteps {...shared} today={place.today} />;
    case 'month-day':
      return <MonthDaySteps {...shared} />;
    case 'time':
      return <TimeSteps {...shared} />;
    case 'switch':
      return (
        <Labelled label={label} error={error}>
          <Choice
            label={label}
            options={[
              { value: 'yes', label: t('staff.yes') },
              { value: 'no', label: t('staff.no') },
            ]}
            chosen={value === true ? 'yes' : 'no'}
            onChoose={(chosen) => onChange(chosen === 'yes')}
          />
        </Labelled>
      );
    case 'choice':
      return (
        <Labelled label={label} error={error}>
          <Choice
            label={label}
            options={input.options.map((option) => ({ ...option, value: String(option.value) }))}
            chosen={String(value)}
            onChoose={(chosen) =>
              onChange(input.options.find((option) => String(option.value) === chosen)?.value)
            }
          />
        </Labelled>
      );
    case 'weekdays':
    case 'choices':
      return <Several {...props} error={error} />;
    case 'reference':
      return <Reference {...props} error={error} />;
    case 'texts':
    case 'dates':
      return <Texts {...props} error={error} />;
    case 'group':
      return <Group {...props} error={error} />;
    case 'list':
      return <Items {...props} error={error} />;
  }
}

function Labelled({
  label,
  error,
  children,
}: {
  readonly label: string;
  readonly error: string | undefined;
  readonly children: React.ReactNode;
}) {
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
      {error !== undefined && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

type Told = InputProps & { readonly error: string | undefined };

/** Some of several, each a button that stays pressed. */
function Several({ field: { input, label }, value, error, onChange }: Told) {
  const { t } = useTranslation();
  const options: readonly EditOption[] =
    input.type === 'choices'
      ? input.options
      : DAYS.map((day) => ({ value: day, label: t(`date.weekdays.${day}`) }));
  const chosen = listOf(value);
  return (
    <Labelled label={label} error={error}>
      <fieldset className={styles.several} aria-label={label}>
        {options.map((option) => {
          const isChosen = chosen.includes(option.value);
          const next = options.filter((one) =>
            one.value === option.value ? !isChosen : chosen.includes(one.value),
          );
          return (
            <Pressable
              key={option.value}
              className={`${styles.toggle} ${isChosen ? styles.on : ''}`}
              aria-pressed={isChosen}
              onPress={() => onChange(next.map((one) => one.value))}
            >
              {option.label}
            </Pressable>
          );
        })}
      </fieldset>
    </Labelled>
  );
}

/** One of those that are there; the list opens on touch. */
function Reference({ field: { input, label }, value, place, error, onChange }: Told) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (input.type !== 'reference') return null;
  const options = input.to === 'shift' ? place.shifts : place.references[input.to];
  const chosen = options.find((option) => option.value === value);
  const choose = (next: unknown) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Labelled label={label} error={error}>
      <Rows>
        <Row
          label={chosen?.label ?? (textOf(value) === '' ? t('staff.notChosen') : t('staff.gone'))}
          end={t(isOpen ? 'staff.close' : 'staff.choose')}
          onPress={() => setOpen(!isOpen)}
        />
      </Rows>
      {isOpen && (
        <div className={styles.options}>
          {options.map((option) => (
            <Pressable
              key={option.value}
              className={`${styles.toggle} ${option.value === value ? styles.on : ''}`}
              aria-pressed={option.value === value}
              onPress={() => choose(option.value)}
            >
              {option.label}
            </Pressable>
          ))}
          <Pressable
            className={styles.toggle}
            onPress={() => choose(input.to === 'person' ? null : undefined)}
          >
            {t('staff.nobody')}
          </Pressable>
          {options.length === 0 && <p>{t('staff.noOptions')}</p>}
        </div>
      )}
    </Labelled>
  );
}

function Texts({ field: { input, label }, value, place, error, onChange }: Told) {
  const { t } = useTranslation();
  const texts = listOf(value).map(textOf);
  const put = (at: number, next: string | undefined) =>
    onChange(texts.flatMap((text, index) => (index === at ? (next ?? []) : text)));
  return (
    <Labelled label={label} error={error}>
      {texts.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: plain texts have no other name
        <div key={at} className={styles.line}>
          {input.type === 'dates' ? (
            <DateSteps
              label={`${label} ${at + 1}`}
              value={text}
              today={place.today}
              onChange={(next) => put(at, next)}
            />
          ) : (
            <TextField
              label={`${label} ${at + 1}`}
              value={text}
              maxLength={30}
              onChange={(next) => put(at, next)}
            />
          )}
          <Action label={t('staff.remove')} icon={TrashIcon} onPress={() => put(at, undefined)} />
        </div>
      ))}
      <Action
        label={t('staff.add', { noun: label })}
        icon={PlusIcon}
        onPress={() => onChange([...texts, input.type === 'dates' ? place.today : ''])}
      />
    </Labelled>
  );
}

function Group({ field: { input, label }, value, path, place, error, onChange }: Told) {
  const { t } = useTranslation();
  if (input.type !== 'group') return null;
  if (value === undefined)
    return (
      <Labelled label={label} error={error}>
        <Action label={t('staff.fillIn')} icon={PlusIcon} onPress={() => onChange({})} />
      </Labelled>
    );
  return (
    <Labelled label={label} error={error}>
      <div className={styles.group}>
        <EditFields {...{ fields: input.fields, value, path, place }} onChange={onChange} />
        <Action label={t('staff.leaveOut')} icon={TrashIcon} onPress={() => onChange(undefined)} />
      </div>
    </Labelled>
  );
}

/** A list of items; each opens as a page of its own. */
function Items({ field: { input, label }, value, path, place, error, onChange }: Told) {
  const { t } = useTranslation();
  if (input.type !== 'list') return null;
  const items = listOf(value);
  const add = () => {
    const id = `i${crypto.randomUUID().slice(0, 8)}`;
    onChange([...items, input.hasIds ? { id } : {}]);
    place.onOpen(`${path}.${items.length}`);
  };
  return (
    <Labelled label={label} error={error}>
      <Rows>
        {items.map((item, at) => {
          const isFaulty = place.faults.some(
            (fault) => fault.isGrave && fault.field.startsWith(`${path}.${at}.`),
          );
          return (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is what is opened
              key={at}
              label={describeFields(input.fields, item, place.nameOf)}
              end={isFaulty ? t('staff.faulty') : undefined}
              onPress={() => place.onOpen(`${path}.${at}`)}
            />
          );
        })}
      </Rows>
      {items.length === 0 && <p className={styles.hint}>{t('staff.noItems')}</p>}
      {input.isFixed !== true && (
        <Action label={t('staff.add', { noun: input.noun })} icon={PlusIcon} onPress={add} />
      )}
    </Labelled>
  );
}

/** The fields and the value of an item, by its path through a form. */
export function itemAt(
  fields: readonly EditField[],
  body: unknown,
  path: string,
): {
  readonly fields: readonly EditField[];
  readonly value: unknown;
  readonly noun: string;
  readonly isFixed: boolean;
} {
  const steps = path.split('.');
  let at = { fields, value: body, noun: '', isFixed: true };
  for (let step = 0; step + 1 < steps.length; step += 2) {
    const [name = '', place = ''] = [steps[step], steps[step + 1]];
    const input = at.fields.find((field) => field.at === name)?.input;
    if (input?.type !== 'list') return at;
    const value = listOf(valuesOf(at.value)[name])[Number(place)];
    at = { fields: input.fields, value, noun: input.noun, isFixed: input.isFixed === true };
  }
  return at;
}

/** A body with an item replaced; taken out of its list when it is undefined. */
export function withItem(body: unknown, path: string, item: unknown): unknown {
  const [name = '', place = '', ...rest] = path.split('.');
  const list = listOf(valuesOf(body)[name]);
  const next = list.flatMap((one, at) => {
    if (at !== Number(place)) return [one];
    if (rest.length > 0) return [withItem(one, rest.join('.'), item)];
    return item === undefined ? [] : [item];
  });
  return { ...valuesOf(body), [name]: next };
}
