import { useTranslation } from 'react-i18next';
import { addDays, minutesOf } from '#shared/time/local-date.ts';
import { weekday } from '../i18n/dates.ts';
import { Pressable } from '../ui/pressable.tsx';
import styles from './staff.module.css';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}$/;
const MONTH_DAY = /^\d{2}-\d{2}$/;
/** A leap year, so that 29 February can be reached. */
const LEAP_YEAR = '2028';
const DAY_MINUTES = 24 * 60;

interface StepsProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
}

/** A day, by steps of a day and a month: no date has to be typed on a screen. */
export function DateSteps({ today, ...props }: StepsProps & { readonly today: string }) {
  const { t } = useTranslation();
  const { value } = props;
  const date = DATE.test(value) ? value : undefined;
  const by = (step: (from: string) => string) => props.onChange(step(date ?? today));
  return (
    <Steps
      {...props}
      shown={date === undefined ? t('staff.notChosen') : `${date} ${weekday(t, date)}`}
      steps={[
        { label: t('staff.monthBack'), act: () => by((from) => addMonths(from, -1)) },
        { label: t('staff.dayBack'), act: () => by((from) => addDays(from, -1)) },
        {
          label: t('staff.dayOn'),
          act: () => by((from) => (date === undefined ? from : addDays(from, 1))),
        },
        { label: t('staff.monthOn'), act: () => by((from) => addMonths(from, 1)) },
      ]}
    />
  );
}

/** A day of every year. */
export function MonthDaySteps(props: StepsProps) {
  const { t } = useTranslation();
  const known = MONTH_DAY.test(props.value);
  const date = `${LEAP_YEAR}-${known ? props.value : '01-01'}`;
  const by = (next: string) => props.onChange(next.slice(5));
  return (
    <Steps
      {...props}
      shown={known ? props.value : t('staff.notChosen')}
      steps={[
        { label: t('staff.monthBack'), act: () => by(addMonths(date, -1)) },
        { label: t('staff.dayBack'), act: () => by(addDays(date, -1)) },
        { label: t('staff.dayOn'), act: () => by(addDays(date, 1)) },
        { label: t('staff.monthOn'), act: () => by(addMonths(date, 1)) },
      ]}
    />
  );
}

/** A time of day, by steps of an hour and a quarter. */
export function TimeSteps(props: StepsProps) {
  const { t } = useTranslation();
  const known = TIME.test(props.value);
  const by = (minutes: number) => {
    const next = (known ? minutesOf(props.value) : 9 * 60) + (known ? minutes : 0);
    const clamped = Math.min(DAY_MINUTES, Math.max(0, next));
    const two = (number: number) => String(number).padStart(2, '0');
    props.onChange(`${two(Math.floor(clamped / 60))}:${two(clamped % 60)}`);
  };
  return (
    <Steps
      {...props}
      shown={known ? props.value : t('staff.notChosen')}
      steps={[
        { label: t('staff.hourBack'), act: () => by(-60) },
        { label: t('staff.quarterBack'), act: () => by(-15) },
        { label: t('staff.quarterOn'), act: () => by(15) },
        { label: t('staff.hourOn'), act: () => by(60) },
      ]}
    />
  );
}

function Steps({
  label,
  shown,
  steps,
  error,
}: {
  readonly label: string;
  readonly shown: string;
  readonly steps: readonly { readonly label: string; readonly act: () => void }[];
  readonly error?: string | undefined;
}) {
  const [first, second, third, fourth] = steps.map((step) => (
    <Pressable key={step.label} className={styles.step} onPress={step.act} isTyping>
      {step.label}
    </Pressable>
  ));
  return (
    <fieldset className={styles.field} aria-label={label}>
      <span className={styles.label}>{label}</span>
      <span className={styles.steps}>
        {first}
        {second}
        <output className={styles.stepped}>{shown}</output>
        {third}
        {fourth}
      </span>
      {error !== undefined && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </fieldset>
  );
}

/** The same day of another month, or its last one. */
function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const at = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  return `${at.toISOString().slice(0, 8)}${String(Math.min(day, last)).padStart(2, '0')}`;
}
