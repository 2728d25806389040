import { useTranslation } from 'react-i18next';
import { type FaqTopic, faqTopicSchema } from '#shared/content/kinds/faq.ts';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Choice } from '../../ui/choice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { SearchBar } from '../search-bar.tsx';

const FIRST_TOPIC: FaqTopic = 'work';

/** Questions as people ask them, by what they are about (V3, V4). */
export function FaqsPage({ topic = FIRST_TOPIC }: { readonly topic?: FaqTopic | undefined }) {
  const { t } = useTranslation();
  const { act } = useSession();
  const go = useGo();
  const query = useReading(['faqs'], (station, language) => station.faqs.list({ language }));
  return (
    <PageBody>
      <PageTitle title={t('faqs.title')} />
      <SearchBar />
      <Choice
        label={t('faqs.title')}
        options={faqTopicSchema.options.map((value) => ({
          value,
          label: t(`faqs.topics.${value}`),
        }))}
        chosen={topic}
        onChoose={(value) => act({ type: 'replace', to: { page: 'faqs', topic: value } })}
      />
      <Reading query={query}>
        {(faqs) => (
          <>
            <LanguageState
              language={faqs.find((faq) => faq.language !== 'own')?.language ?? 'own'}
            />
            <Rows columns="two">
              {faqs
                .filter((faq) => faq.topic === topic)
                .map((faq) => (
                  <Row
                    key={faq.id}
                    label={faq.question}
                    lang={langOf(faq.language)}
                    onPress={() => go({ page: 'faq', id: faq.id })}
                  />
                ))}
            </Rows>
          </>
        )}
      </Reading>
    </PageBody>
  );
}
