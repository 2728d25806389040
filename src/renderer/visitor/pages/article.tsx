import { PrinterIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import { formatCitations } from '#shared/content/citation.ts';
import { useReading } from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Prose } from '../../ui/prose.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import styles from './guide.module.css';
import actions from './guide-actions.module.css';
import { PrintButton } from './print-button.tsx';

/** An article in plain words; printed, it is a pamphlet. */
export function ArticlePage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useReading(['article', id], (station, language) =>
    station.reading.article({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {({ body, provenance }) => (
          <>
            <LanguageState language={provenance.language} />
            <PageTitle
              title={body.title}
              above={`${t('reading.articles')} › ${t(`faqs.topics.${body.topic}`)}`}
              lang={langOf(provenance.language)}
            >
              {body.summary}
            </PageTitle>
            <div className={actions.actions}>
              <PrintButton
                label={t('reading.printPamphlet')}
                icon={PrinterIcon}
                paper={{ type: 'pamphlet', id }}
              />
            </div>
            <Prose text={body.text} lang={langOf(provenance.language)} />
            <Section title={t('faqs.basis')}>
              <p className={styles.basis} lang="zh-CN">
                {formatCitations(body.basis)}
              </p>
            </Section>
            <Provenance provenance={provenance} />
          </>
        )}
      </Reading>
    </PageBody>
  );
}
