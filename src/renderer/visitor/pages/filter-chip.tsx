import { CaretDownIcon, CheckIcon } from '@phosphor-icons/react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../../ui/action.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Pressable } from '../../ui/pressable.tsx';
import { Scroller } from '../../ui/scroller.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import styles from './filter-chip.module.css';

/** Filters beside each other. */
export function FilterBar({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.bar} aria-label={t('people.filters.label')}>
      {children}
    </fieldset>
  );
}

/** A filter that is on or off. */
export function FilterToggle({
  label,
  isOn,
  onToggle,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}) {
  return (
    <Pressable
      className={`${styles.chip} ${isOn ? styles.set : ''}`}
      aria-pressed={isOn}
      onPress={onToggle}
    >
      {isOn && <CheckIcon weight="bold" aria-hidden />}
      {label}
    </Pressable>
  );
}

/** A filter whose choices are in a sheet; the chip says what is chosen. */
export function FilterSheet({
  of,
  label,
  chosen,
  children,
}: {
  /** What is chosen by, whatever it is called in the page's language. */
  readonly of: string;
  readonly label: string;
  /** What is chosen, in words; undefined when nothing is. */
  readonly chosen: string | undefined;
  readonly children: (close: () => void) => ReactNode;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Pressable
        className={`${styles.chip} ${chosen === undefined ? '' : styles.set}`}
        aria-haspopup="dialog"
        data-filter={of}
        onPress={() => setOpen(true)}
      >
        {chosen === undefined ? label : t('people.filters.set', { label, chosen })}
        <CaretDownIcon weight="bold" aria-hidden />
      </Pressable>
      <Sheet title={label} isOpen={isOpen} onClose={close}>
        <div className={styles.choices}>
          <Scroller position={label}>
            <div className={styles.inside}>{children(close)}</div>
          </Scroller>
        </div>
        <Action label={t('display.done')} onPress={close} />
      </Sheet>
    </>
  );
}

/** Stands for "no wish" among the choices. */
const ALL = '';

/** One of several values, each with how many it leaves, or none of them. */
export function FilterChoice<Value extends string>({
  of,
  label,
  choices,
  chosen,
  nameOf,
  lang,
  onChoose,
}: {
  readonly of: string;
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly count: number }[];
  readonly chosen: Value | undefined;
  readonly nameOf: (value: Value) => string;
  /** Language of the names where it is not the page's. */
  readonly lang?: string | undefined;
  readonly onChoose: (value: Value | undefined) => void;
}) {
  const { t } = useTranslation();
  const chosenName = chosen === undefined ? undefined : nameOf(chosen);
  return (
    <FilterSheet of={of} label={label} chosen={chosenName}>
      {(close) => (
        <Choice<Value | typeof ALL>
          label={label}
          options={[
            { value: ALL, label: t('people.filters.all') },
            ...choices.map(({ value, count }) => ({
              value,
              label: `${nameOf(value)} ${count}`,
              lang,
            })),
          ]}
          chosen={chosen ?? ALL}
          onChoose={(value) => {
            close();
            onChoose(value === ALL ? undefined : value);
          }}
        />
      )}
    </FilterSheet>
  );
}
