import { useTranslation } from 'react-i18next';
import type { FaqView } from '#shared/contract/views.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Prose } from '../../ui/prose.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { Basis } from './basis.tsx';

/** One question: the answer in a sentence or two, then what to do, then the law (standards A-11). */
export function FaqPage({ id }: { readonly id: string }) {
  const query = useReading(['faq', id], (station, language) => station.faqs.get({ id, language }));
  return (
    <PageBody>
      <Reading query={query}>{(faq) => <Faq faq={faq} />}</Reading>
    </PageBody>
  );
}

function Faq({ faq: { body, provenance, services } }: { readonly faq: FaqView }) {
  const { t } = useTranslation();
  const go = useGo();
  const lang = langOf(provenance.language);
  return (
    <>
      <LanguageState language={provenance.language} />
      <PageTitle title={body.question} above={t(`faqs.topics.${body.topic}`)} lang={lang}>
        <strong lang={lang}>{body.answer}</strong>
      </PageTitle>
      {body.more !== '' && <Prose text={body.more} lang={lang} />}
      {services.length > 0 && (
        <Section title={t('faqs.services')}>
          <Rows columns="two">
            {services.map((service) => (
              <Row
                key={service.id}
                label={service.title}
                detail={service.summary}
                end={service.fee}
                lang={langOf(service.language)}
                onPress={() => go({ page: 'guide', id: service.id })}
              />
            ))}
          </Rows>
        </Section>
      )}
      <Section title={t('faqs.basis')}>
        <Basis citations={body.basis} />
      </Section>
      <Callout>{t('faqs.advice')}</Callout>
      <Provenance provenance={provenance} />
    </>
  );
}
