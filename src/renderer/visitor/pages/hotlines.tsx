import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { hotlineViewSchema } from '#shared/contract/views.ts';
import { useReading } from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import styles from './hotlines.module.css';

type Hotline = z.infer<typeof hotlineViewSchema>;

const GROUPS = ['legal', 'emergency', 'government', 'supervision', 'other'] as const;

/** 12348 first and large, then the other numbers by kind (V5). */
export function HotlinesPage() {
  const { t } = useTranslation();
  const query = useReading(['hotlines'], (station, language) =>
    station.hotlines.list({ language }),
  );
  return (
    <PageBody>
      <PageTitle title={t('hotlines.title')}>{t('hotlines.staff')}</PageTitle>
      <Reading query={query}>
        {(hotlines) => (
          <>
            <LanguageState
              language={
                hotlines.find((hotline) => hotline.provenance.language !== 'own')?.provenance
                  .language ?? 'own'
              }
            />
            {GROUPS.map((group) => (
              <Group
                key={group}
                title={t(`hotlines.groups.${group}`)}
                hotlines={hotlines.filter((hotline) => hotline.body.group === group)}
              />
            ))}
          </>
        )}
      </Reading>
    </PageBody>
  );
}

function Group({
  title,
  hotlines,
}: {
  readonly title: string;
  readonly hotlines: readonly Hotline[];
}) {
  if (hotlines.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={styles.list}>
        {hotlines.map((hotline) => (
          <HotlineItem key={hotline.provenance.id} hotline={hotline} />
        ))}
      </ul>
    </Section>
  );
}

function HotlineItem({ hotline: { body, provenance } }: { readonly hotline: Hotline }) {
  const { t } = useTranslation();
  const isMain = body.number === '12348';
  return (
    <li
      className={`${styles.item} ${isMain ? styles.main : ''}`}
      lang={langOf(provenance.language)}
    >
      <div className={styles.words}>
        <bdi dir="ltr" className={styles.number}>
          {body.number}
        </bdi>
        <b>{body.name}</b>
        <span>{body.what}</span>
        <span className={styles.detail}>{[body.when, body.cost].filter(Boolean).join(' · ')}</span>
        {isMain && body.how !== '' && <span className={styles.detail}>{body.how}</span>}
        <Provenance provenance={provenance} />
      </div>
      {body.web && <Qr text={body.web.url} caption={t('hotlines.scan', { name: body.web.name })} />}
    </li>
  );
}
