import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ServiceView } from '#shared/contract/views.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FlowChart } from '../../ui/flow-chart.tsx';
import { Columns, PageBody, Stack } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { TextList } from '../../ui/text-list.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { whereToGo } from '../where-to-go.ts';
import { Basis } from './basis.tsx';
import styles from './guide.module.css';
import { GuideActions } from './guide-actions.tsx';
import { Materials } from './materials.tsx';
import { OutletRow } from './outlet-row.tsx';

/** A service guide with its nine particulars, the flow chart, samples and questions (V2). */
export function GuidePage({ id }: { readonly id: string }) {
  const query = useReading(['guide', id], (station, language) =>
    station.guides.get({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>{(guide) => <Guide guide={guide} />}</Reading>
    </PageBody>
  );
}

function Guide({ guide }: { readonly guide: ServiceView }) {
  const { t } = useTranslation();
  const { body, provenance } = guide;
  return (
    <>
      <LanguageState language={provenance.language} />
      <PageTitle
        title={body.title}
        above={[t(`category.${body.category}.name`), body.group].filter(Boolean).join(' › ')}
        lang={langOf(provenance.language)}
      >
        {body.summary}
        {body.highlight !== undefined && (
          <strong className={styles.highlight}> {body.highlight}</strong>
        )}
      </PageTitle>
      <Facts facts={headline(guide, t)} />
      {body.urgent !== undefined && (
        <Callout tone="warn" title={t('guide.urgent')}>
          {body.urgent}
        </Callout>
      )}
      <HereAtThisStation guide={guide} />
      {guide.above && (
        <Section title={t('guide.above')}>
          <Rows>
            <OutletRow outlet={guide.above.outlet} />
          </Rows>
        </Section>
      )}
      <GuideActions id={provenance.id} takesNumber={guide.takesNumber} />
      <Section title={t('guide.materials')}>
        <Materials materials={body.materials} />
      </Section>
      <Columns>
        <Section title={t('guide.applicants')}>
          <TextList items={body.applicants} />
        </Section>
        <Section title={t('guide.conditions')}>
          <TextList items={body.conditions} />
        </Section>
      </Columns>
      <Section title={t('guide.steps')}>
        <FlowChart flow={body.steps} label={t('guide.flowLabel')} />
      </Section>
      <Details guide={guide} />
      <Related guide={guide} />
      <Provenance provenance={provenance} />
    </>
  );
}

/** What this station itself says about the guide. */
function HereAtThisStation({ guide: { local } }: { readonly guide: ServiceView }) {
  const { t } = useTranslation();
  if (local === undefined) return null;
  const facts = [
    { id: 'where', label: t('guide.local.where'), value: local.where },
    { id: 'phone', label: t('guide.local.phone'), value: local.phone ?? '' },
    { id: 'when', label: t('guide.local.when'), value: local.when },
  ].filter(({ value }) => value !== '');
  return (
    <Section title={t('guide.local.title')}>
      {facts.length > 0 && <Facts facts={facts} />}
      {local.note !== '' && <p className={styles.text}>{local.note}</p>}
    </Section>
  );
}

function headline(guide: ServiceView, t: TFunction) {
  const { body } = guide;
  return [
    { id: 'fee', label: t('guide.fee'), value: body.fee.headline },
    { id: 'time', label: t('guide.time'), value: body.timeLimit.headline },
    // The guide's own may be named as ours are.
    ...body.facts.map((fact) => ({ ...fact, id: `own-${fact.id}` })),
    {
      id: 'where',
      label: t('guide.where'),
      value: whereToGo(guide, t) || t('guide.askWindow'),
    },
  ];
}

function Details({ guide: { body } }: { readonly guide: ServiceView }) {
  const { t } = useTranslation();
  return (
    <Columns>
      <Stack>
        <Section title={t('guide.timeDetail')}>
          <p className={styles.text}>{body.timeLimit.detail}</p>
          <Basis citations={body.timeLimit.basis} />
        </Section>
        <Section title={t('guide.quality')}>
          <TextList items={body.quality} />
        </Section>
      </Stack>
      <Stack>
        <Section title={t('guide.feeDetail')}>
          <p className={styles.text}>{body.fee.detail}</p>
        </Section>
        <Section title={t('guide.feeBasis')}>
          <p className={styles.text}>{body.feeBasis.text}</p>
          <Basis citations={body.feeBasis.basis} />
        </Section>
        <Section title={t('guide.basis')}>
          <Basis citations={body.basis} />
        </Section>
      </Stack>
    </Columns>
  );
}

function Related({ guide }: { readonly guide: ServiceView }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      {guide.samples.length > 0 && (
        <Section title={t('guide.samples')}>
          <Rows columns="two">
            {guide.samples.map((sample) => (
              <Row
                key={sample.id}
                label={sample.title}
                onPress={() => go({ page: 'form', id: sample.id })}
              />
            ))}
          </Rows>
        </Section>
      )}
      {guide.faqs.length > 0 && (
        <Section title={t('guide.faqs')}>
          <Rows columns="two">
            {guide.faqs.map((faq) => (
              <Row
                key={faq.id}
                label={faq.question}
                lang={langOf(faq.language)}
                onPress={() => go({ page: 'faq', id: faq.id })}
              />
            ))}
          </Rows>
        </Section>
      )}
    </>
  );
}
