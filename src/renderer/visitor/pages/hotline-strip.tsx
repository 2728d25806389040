import { useTranslation } from 'react-i18next';
import type { HomeView } from '#shared/contract/views.ts';
import { useGo } from '../../session/session.ts';
import { Pressable } from '../../ui/pressable.tsx';
import { Qr } from '../../ui/qr.tsx';
import { langOf } from '../language-state.tsx';
import styles from './hotline-strip.module.css';

/** 12348, readable from a step away, and the district's platform by QR (requirements WH, V5). */
export function HotlineStrip({
  hotline,
  supervision,
  web,
}: {
  readonly hotline: HomeView['hotline'];
  readonly supervision: HomeView['supervision'];
  readonly web: HomeView['station']['web'];
}) {
  const { t } = useTranslation();
  const go = useGo();
  const lang = hotline && langOf(hotline.provenance.language);
  return (
    <div className={styles.strip}>
      <Pressable className={styles.call} onPress={() => go({ page: 'hotlines' })}>
        <bdi dir="ltr" className={styles.number}>
          {hotline?.body.number ?? '12348'}
        </bdi>
        <span className={styles.words}>
          <span className={styles.name} lang={lang}>
            {hotline?.body.name ?? t('home.hotlineName')}
          </span>
          {/* Hours and cost differ from place to place: the record answers for them, not the program. */}
          {hotline === undefined ? (
            <span>{t('home.hotlineAsk')}</span>
          ) : (
            <span lang={lang}>
              {[hotline.body.when, hotline.body.cost].filter(Boolean).join(' · ')}
            </span>
          )}
          {supervision && (
            <span>
              {t('home.supervision')} <bdi dir="ltr">{supervision.body.number}</bdi>
            </span>
          )}
        </span>
      </Pressable>
      {web && <Qr text={web.url} caption={web.name} />}
    </div>
  );
}
