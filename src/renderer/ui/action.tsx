import type { Icon } from '@phosphor-icons/react';
import styles from './action.module.css';
import { Pressable } from './pressable.tsx';

export interface ActionProps {
  readonly label: string;
  readonly icon?: Icon | undefined;
  /** One primary action a page. */
  readonly emphasis?: 'primary' | 'plain' | 'danger';
  readonly isDisabled?: boolean;
  /** Whether the focus stays where it is when it is pressed: for what acts on something else. */
  readonly keepsFocus?: boolean;
  readonly onPress: () => void;
}

/** A button with a word on it that does something. */
export function Action({
  label,
  icon: IconShape,
  emphasis = 'plain',
  isDisabled = false,
  keepsFocus = false,
  onPress,
}: ActionProps) {
  return (
    <Pressable
      className={`${styles.action} ${styles[emphasis]}`}
      isDisabled={isDisabled}
      preventFocusOnPress={keepsFocus}
      onPress={onPress}
    >
      {IconShape && <IconShape className={styles.icon} weight="bold" aria-hidden />}
      <span>{label}</span>
    </Pressable>
  );
}
