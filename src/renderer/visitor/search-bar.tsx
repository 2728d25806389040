import { MagnifyingGlassIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import { useGo } from '../session/session.ts';
import { Pressable } from '../ui/pressable.tsx';
import styles from './search-bar.module.css';

/** The way to the search page, where a search box would be looked for. */
export function SearchBar() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Pressable className={styles.bar} onPress={() => go({ page: 'search' })}>
      <MagnifyingGlassIcon className={styles.icon} weight="bold" aria-hidden />
      <span className={styles.words}>
        <span className={styles.name}>{t('search.open')}</span>
        <span className={styles.example}>{t('search.placeholder')}</span>
      </span>
      <span className={styles.go} aria-hidden>
        {t('search.go')}
      </span>
    </Pressable>
  );
}
