import { ArrowLeftIcon, ArrowRightIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import styles from './pager.module.css';
import { Pressable } from './pressable.tsx';

export interface PagerProps {
  /** The part that is shown, from 0. */
  readonly part: number;
  readonly parts: number;
  readonly onPart: (part: number) => void;
}

/** Large buttons through a list that is too long for one page; nothing where it is not. */
export function Pager({ part, parts, onPart }: PagerProps) {
  const { t } = useTranslation();
  if (parts <= 1) return null;
  return (
    <nav className={styles.pager} aria-label={t('pager.label')}>
      <Pressable className={styles.button} isDisabled={part === 0} onPress={() => onPart(part - 1)}>
        <ArrowLeftIcon className={styles.arrow} weight="bold" aria-hidden />
        {t('pager.previous')}
      </Pressable>
      <span className={styles.where} aria-live="polite">
        {t('pager.where', { part: part + 1, parts })}
      </span>
      <Pressable
        className={styles.button}
        isDisabled={part >= parts - 1}
        onPress={() => onPart(part + 1)}
      >
        {t('pager.next')}
        <ArrowRightIcon className={styles.arrow} weight="bold" aria-hidden />
      </Pressable>
    </nav>
  );
}

/** The part of a list that a page shows, and how many there are; a part beyond the end is the last. */
export function partOf<Item>(
  items: readonly Item[],
  part: number,
  size: number,
): { readonly items: readonly Item[]; readonly part: number; readonly parts: number } {
  const parts = Math.max(1, Math.ceil(items.length / size));
  const at = Math.min(Math.max(0, part), parts - 1);
  return { items: items.slice(at * size, (at + 1) * size), part: at, parts };
}
