import { useTranslation } from 'react-i18next';
import { formatCitations } from '#shared/content/citation.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Prose } from '../../ui/prose.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import styles from './guide.module.css';

/** A typical case: what happened, how it ended, what to learn from it. */
export function CasePage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useReading(['case', id], (station, language) =>
    station.reading.case({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {({ body, provenance }) => (
          <>
            <LanguageState language={provenance.language} />
            <PageTitle
              title={body.title}
              above={`${t('reading.cases')} › ${t(`category.${body.category}.name`)}`}
              lang={langOf(provenance.language)}
            />
            <Section title={t('reading.facts')}>
              <Prose text={body.facts} lang={langOf(provenance.language)} />
            </Section>
            <Section title={t('reading.outcome')}>
              <Prose text={body.outcome} lang={langOf(provenance.language)} />
            </Section>
            {body.lesson !== '' && (
              <Callout title={t('reading.lesson')}>
                <span lang={langOf(provenance.language)}>{body.lesson}</span>
              </Callout>
            )}
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
