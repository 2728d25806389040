import { PrinterIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Prose } from '../../ui/prose.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { langOf } from '../language-state.tsx';
import { Basis } from './basis.tsx';
import actions from './guide-actions.module.css';
import { PrintButton } from './print-button.tsx';
import { RecordBody } from './record-body.tsx';

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
          <RecordBody
            title={body.title}
            above={`${t('reading.articles')} › ${t(`faqs.topics.${body.topic}`)}`}
            about={body.summary}
            provenance={provenance}
          >
            <div className={actions.actions}>
              <PrintButton
                label={t('reading.printPamphlet')}
                icon={PrinterIcon}
                paper={{ type: 'pamphlet', id }}
              />
            </div>
            <Prose text={body.text} lang={langOf(provenance.language)} />
            <Section title={t('faqs.basis')}>
              <Basis citations={body.basis} />
            </Section>
          </RecordBody>
        )}
      </Reading>
    </PageBody>
  );
}
