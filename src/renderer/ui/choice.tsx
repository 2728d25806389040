import { CheckIcon } from '@phosphor-icons/react';
import styles from './choice.module.css';
import { Pressable } from './pressable.tsx';

export interface ChoiceOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Language of the label, where it is not the page's. */
  readonly lang?: string | undefined;
}

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly ChoiceOption<Value>[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of several, each a button; the chosen one has a tick, because colour is never the only sign. */
export function Choice<Value extends string>({
  label,
  options,
  chosen,
  onChoose,
}: ChoiceProps<Value>) {
  return (
    <fieldset className={styles.choice} aria-label={label}>
      {options.map((option) => (
        <Pressable
          key={option.value}
          className={`${styles.option} ${option.value === chosen ? styles.chosen : ''}`}
          aria-pressed={option.value === chosen}
          onPress={() => onChoose(option.value)}
        >
          {option.value === chosen && <CheckIcon weight="bold" aria-hidden />}
          <span lang={option.lang}>{option.label}</span>
        </Pressable>
      ))}
    </fieldset>
  );
}
