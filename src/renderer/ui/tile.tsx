import type { Icon } from '@phosphor-icons/react';
import { Pressable } from './pressable.tsx';
import styles from './tile.module.css';

export interface TileProps {
  readonly icon: Icon;
  readonly label: string;
  readonly detail?: string | undefined;
  /** Large ones stand for the main services, small ones for the rest. */
  readonly size?: 'large' | 'small';
  readonly onPress: () => void;
}

/** An entry on home. */
export function Tile({ icon: IconShape, label, detail, size = 'small', onPress }: TileProps) {
  return (
    <Pressable className={`${styles.tile} ${styles[size]}`} onPress={onPress}>
      <IconShape className={styles.icon} weight="duotone" aria-hidden />
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </span>
    </Pressable>
  );
}
