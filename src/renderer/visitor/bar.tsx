import {
  ArrowLeftIcon,
  HouseIcon,
  SignOutIcon,
  TextAaIcon,
  TranslateIcon,
} from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageLanguage } from '#shared/contract/views.ts';
import type { Route } from '../session/route.ts';
import { isFresh, useSession } from '../session/session.ts';
import { Pressable } from '../ui/pressable.tsx';
import styles from './bar.module.css';
import { DisplaySheet } from './display-sheet.tsx';
import { LanguageSheet } from './language-sheet.tsx';

/** The one bar, at the same place and with the same buttons on every page (standards A-47). */
export function Bar({
  route,
  languages,
}: {
  readonly route: Route;
  readonly languages: readonly PageLanguage[];
}) {
  const { t } = useTranslation();
  const { session, act } = useSession();
  const [sheet, setSheet] = useState<'display' | 'language'>();
  const close = () => setSheet(undefined);
  return (
    <nav className={styles.bar} aria-label={t('bar.label')}>
      <Pressable
        className={styles.button}
        isDisabled={session.trail.length < 2}
        onPress={() => act({ type: 'back' })}
      >
        <ArrowLeftIcon className={`${styles.icon} ${styles.arrow}`} weight="bold" aria-hidden />
        <span>{t('bar.back')}</span>
      </Pressable>
      <Pressable
        className={`${styles.button} ${route.page === 'home' ? styles.here : ''}`}
        aria-current={route.page === 'home' ? 'page' : undefined}
        onPress={() => act({ type: 'home' })}
      >
        <HouseIcon
          className={styles.icon}
          weight={route.page === 'home' ? 'fill' : 'bold'}
          aria-hidden
        />
        <span>{t('bar.home')}</span>
      </Pressable>
      <Pressable
        className={`${styles.button} ${styles.help}`}
        onPress={() => act({ type: 'go', to: { page: 'hotlines' } })}
      >
        <bdi dir="ltr" className={styles.number}>
          12348
        </bdi>
        <span>{t('bar.help')}</span>
      </Pressable>
      <Pressable className={styles.button} onPress={() => setSheet('display')}>
        <TextAaIcon className={styles.icon} weight="bold" aria-hidden />
        <span>{t('bar.display')}</span>
      </Pressable>
      <Pressable className={styles.button} onPress={() => setSheet('language')}>
        <TranslateIcon className={styles.icon} weight="bold" aria-hidden />
        <span>{t('bar.language')}</span>
      </Pressable>
      <Pressable
        className={styles.button}
        isDisabled={isFresh(session)}
        onPress={() => act({ type: 'leave' })}
      >
        <SignOutIcon className={`${styles.icon} ${styles.arrow}`} weight="bold" aria-hidden />
        <span>{t('bar.leave')}</span>
      </Pressable>
      <DisplaySheet isOpen={sheet === 'display'} onClose={close} />
      <LanguageSheet isOpen={sheet === 'language'} languages={languages} onClose={close} />
    </nav>
  );
}
