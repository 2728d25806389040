import {
  ClockCountdownIcon,
  DeviceMobileIcon,
  PhoneIcon,
  PrinterIcon,
  TicketIcon,
} from '@phosphor-icons/react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCitations } from '#shared/content/citation.ts';
import type { TriageOutcome } from '#shared/content/kinds/triage.ts';
import type { TriageEndView, TriageView } from '#shared/contract/triage.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Columns, Stack } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TextList } from '../../ui/text-list.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { whereToGo } from '../where-to-go.ts';
import { AskSomebody } from './ask-somebody.tsx';
import { PrintButton } from './print-button.tsx';
import styles from './triage.module.css';
import { Restart } from './triage-restart.tsx';

interface EndProps {
  readonly triage: TriageView;
  readonly outcome: TriageOutcome;
  readonly end: TriageEndView;
}

/** Where the answers led: what to do now, where, with what, by when, and who next. */
export function TriageEnd({ triage: { body, provenance }, outcome, end }: EndProps) {
  const { t } = useTranslation();
  const lang = langOf(provenance.language);
  return (
    <>
      <LanguageState language={provenance.language} />
      <PageTitle title={outcome.title} above={`${t('triage.end')} › ${body.title}`} lang={lang}>
        {outcome.text}
      </PageTitle>
      {outcome.call !== undefined && (
        <div className={styles.call}>
          <PhoneIcon size="2rem" weight="fill" aria-hidden />
          <span>{t('triage.callNow')}</span>
          <bdi dir="ltr" className={styles.number}>
            {outcome.call}
          </bdi>
        </div>
      )}
      <Callout tone="warn" title={t('triage.now')}>
        <span lang={lang}>{outcome.urgent}</span>
      </Callout>
      <Facts facts={facts(outcome, end, t)} />
      <Taking id={provenance.id} outcome={outcome} end={end} />
      <Columns>
        {outcome.papers.length > 0 && (
          <Section title={t('triage.papers')}>
            <TextList items={outcome.papers} />
          </Section>
        )}
        <Stack>
          <Deadlines outcome={outcome} lang={lang} />
        </Stack>
      </Columns>
      <Onward end={end} />
      <Ladder end={end} />
      <Callout>{t('triage.caveat')}</Callout>
      <AskSomebody knowsWho />
      <Restart id={provenance.id} />
      <Provenance provenance={provenance} />
    </>
  );
}

function facts(outcome: TriageOutcome, end: TriageEndView, t: TFunction) {
  const where =
    outcome.level === 'elsewhere' ? outcome.where : whereToGo(end, t) || t('triage.askAnyWindow');
  const [first] = end.ladder;
  return [
    { id: 'where', label: t('triage.where'), value: where },
    ...(first === undefined ? [] : [{ id: 'first', label: t('triage.first'), value: first.who }]),
  ];
}

interface TakingProps {
  readonly id: string;
  readonly outcome: TriageOutcome;
  readonly end: TriageEndView;
}

/** A queue number, and the page to take along; first what brings the visitor on. */
function Taking({ id, outcome, end }: TakingProps) {
  const { t } = useTranslation();
  const go = useGo();
  const [isTaking, setTaking] = useState(false);
  const guide = end.takesNumberFor;
  const isHere = isDoneHere(outcome, end);
  const queue = guide !== undefined && (
    <Action
      label={t(isHere ? 'take.fromGuide' : 'triage.takeToAsk')}
      icon={TicketIcon}
      emphasis={isHere ? 'primary' : 'plain'}
      onPress={() => go({ page: 'take', guide })}
    />
  );
  return (
    <div className={styles.actions}>
      {isHere && queue}
      <Action
        label={t('guide.takeaway')}
        icon={DeviceMobileIcon}
        emphasis={isHere ? 'plain' : 'primary'}
        onPress={() => setTaking(true)}
      />
      <PrintButton
        label={t('triage.print')}
        icon={PrinterIcon}
        paper={{ type: 'triage-end', id, outcome: outcome.id }}
      />
      {!isHere && queue}
      <Sheet title={t('guide.takeaway')} isOpen={isTaking} onClose={() => setTaking(false)}>
        <Takeaway id={id} outcome={outcome.id} />
        <Action label={t('close')} onPress={() => setTaking(false)} />
      </Sheet>
    </div>
  );
}

/** Whether a window of this place does the matter: not what belongs to another body, nor what a call must come before. */
function isDoneHere(outcome: TriageOutcome, end: TriageEndView): boolean {
  return (
    end.takesNumberFor !== undefined &&
    end.windows.length > 0 &&
    outcome.level !== 'elsewhere' &&
    outcome.call === undefined
  );
}

function Takeaway({ id, outcome }: { readonly id: string; readonly outcome: string }) {
  const { t } = useTranslation();
  const query = useReading(['triage-takeaway', id, outcome], (station) =>
    station.triage.takeaway({ id, outcome }),
  );
  return (
    <Reading query={query}>
      {({ text }) => <Qr text={text} caption={t('triage.takeawayCaption')} size="large" />}
    </Reading>
  );
}

function Deadlines({
  outcome,
  lang,
}: {
  readonly outcome: TriageOutcome;
  readonly lang: string | undefined;
}) {
  const { t } = useTranslation();
  if (outcome.deadlines.length === 0) return null;
  return (
    <Section title={t('triage.deadlines')}>
      <ul className={styles.deadlines}>
        {outcome.deadlines.map((deadline) => (
          <li key={deadline.id} className={styles.deadline}>
            <ClockCountdownIcon className={styles.clock} weight="fill" aria-hidden />
            <span>
              <span lang={lang}>{deadline.text}</span>
              <span className={styles.basis} lang="zh-CN">
                {formatCitations(deadline.basis)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The guides that fit, and the forms that go with them. */
function Onward({ end }: { readonly end: TriageEndView }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      {end.services.length > 0 && (
        <Section title={t('triage.services')}>
          <Rows columns="two">
            {end.services.map((service) => (
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
      {end.forms.length > 0 && (
        <Section title={t('guide.samples')}>
          <Rows columns="two">
            {end.forms.map((form) => (
              <Row
                key={form.id}
                label={form.title}
                onPress={() => go({ page: 'form', id: form.id })}
              />
            ))}
          </Rows>
        </Section>
      )}
    </>
  );
}

/** Who takes it first and who next, by the place's own rule; Chinese, as the place wrote it. */
function Ladder({ end }: { readonly end: TriageEndView }) {
  const { t } = useTranslation();
  const go = useGo();
  if (end.ladder.length === 0) return null;
  return (
    <Section title={t('triage.ladder')}>
      <ol className={styles.ladder}>
        {end.ladder.map((step, at) => (
          <li key={step.id} className={styles.step}>
            <span className={styles.place} aria-hidden>
              {at + 1}
            </span>
            <span>
              <span className={styles.who} lang="zh-CN">
                {step.who}
              </span>
              <span lang="zh-CN">{step.takes}</span>
            </span>
          </li>
        ))}
      </ol>
      <Rows columns="two">
        {end.ladder.flatMap(({ id, outlet, here }) =>
          outlet === undefined ? (
            []
          ) : (
            <Row
              key={id}
              label={outlet.name}
              detail={here ? t('triage.here') : (outlet.phone ?? outlet.address)}
              lang="zh-CN"
              onPress={() => go({ page: 'station', code: outlet.code })}
            />
          ),
        )}
      </Rows>
    </Section>
  );
}
