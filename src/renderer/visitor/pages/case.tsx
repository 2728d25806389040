import { useTranslation } from 'react-i18next';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { Prose } from '../../ui/prose.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { langOf } from '../language-state.tsx';
import { Basis } from './basis.tsx';
import { RecordBody } from './record-body.tsx';

/** A typical case: what happened, how it ended, what to learn from it. */
export function CasePage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useReading(['case', id], (station, language) =>
    station.reading.case({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {({ body, provenance }) => {
          const lang = langOf(provenance.language);
          return (
            <RecordBody
              title={body.title}
              above={`${t('reading.cases')} › ${t(`category.${body.category}.name`)}`}
              provenance={provenance}
            >
              <Section title={t('reading.facts')}>
                <Prose text={body.facts} lang={lang} />
              </Section>
              <Section title={t('reading.outcome')}>
                <Prose text={body.outcome} lang={lang} />
              </Section>
              {body.lesson !== '' && (
                <Callout title={t('reading.lesson')}>
                  <span lang={lang}>{body.lesson}</span>
                </Callout>
              )}
              <Section title={t('faqs.basis')}>
                <Basis citations={body.basis} />
              </Section>
            </RecordBody>
          );
        }}
      </Reading>
    </PageBody>
  );
}
