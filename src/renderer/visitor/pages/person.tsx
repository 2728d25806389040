import { useTranslation } from 'react-i18next';
import type { PersonCard } from '#shared/contract/people.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Initial } from '../../ui/initial.tsx';
import { Columns, PageBody, Stack } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { TextList } from '../../ui/text-list.tsx';
import { LanguageState } from '../language-state.tsx';
import { ContactActions } from './contact-actions.tsx';
import { OutletRow } from './outlet-row.tsx';
import styles from './person.module.css';
import { turnLine } from './turn-line.ts';

/** One person's card: what for, when and where, how to reach, and the card to carry away (V6). */
export function PersonPage({ id }: { readonly id: string }) {
  const query = useReading(['person', id], (station, language) =>
    station.people.get({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>{(card) => <Card card={card} />}</Reading>
    </PageBody>
  );
}

function Card({ card }: { readonly card: PersonCard }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.head}>
        <Initial name={card.name} size="large" />
        <PageTitle title={card.name} above={t(`people.roles.${card.role}`)} lang="zh-CN" />
        {card.sample && <span className={styles.sample}>{t('people.sample')}</span>}
      </div>
      <LanguageState language={card.language} />
      <Facts facts={useFacts(card)} />
      <ContactActions card={card} />
      <Columns>
        <When card={card} />
        <Stack>
          {card.duties.length > 0 && (
            <Section title={t('person.duties')}>
              <TextList items={card.duties} />
            </Section>
          )}
          <Section title={t('person.serves')}>
            <p lang="zh-CN">{card.serves.map(({ name }) => name).join(t('join.items'))}</p>
          </Section>
        </Stack>
      </Columns>
      {card.outlets.length > 0 && (
        <Section title={t('person.where')}>
          <Rows columns="two">
            {card.outlets.map((outlet) => (
              <OutletRow key={outlet.code} outlet={outlet} />
            ))}
          </Rows>
        </Section>
      )}
      <Provenance provenance={card.provenance} />
    </>
  );
}

/** What can be said in a word, without what is not known. */
function useFacts(card: PersonCard): Fact[] {
  const { t } = useTranslation();
  const facts: Fact[] = [
    { id: 'phone', label: t('station.phone'), value: card.phone ?? t('station.unknown') },
    { id: 'title', label: t('person.title'), value: card.title },
    { id: 'organisation', label: t('person.organisation'), value: card.organisation },
    {
      id: 'specialties',
      label: t('people.filters.specialty'),
      value: card.specialties.join(t('join.items')),
    },
    {
      id: 'languages',
      label: t('people.filters.spoken'),
      value: hasOnlyChinese(card)
        ? ''
        : card.languages.map((one) => t(`people.languages.${one}`)).join(t('join.items')),
    },
    { id: 'grade', label: t('people.filters.grade'), value: card.grade ?? '' },
  ];
  return facts.filter(({ value }) => value !== '');
}

/** Everybody speaks Chinese; only more than that is worth a line. */
function hasOnlyChinese({ languages }: PersonCard): boolean {
  return languages.every((language) => language === 'zh-CN');
}

/** When the person is there: now, then by the rosters, then as their record says. */
function When({ card: { now, next, hours } }: { readonly card: PersonCard }) {
  const { t } = useTranslation();
  return (
    <Section title={t('person.when')}>
      {now !== undefined && (
        <Callout title={t('people.now')}>
          {t('person.nowAt', { station: now.station.name, time: now.to })}
        </Callout>
      )}
      {now === undefined && <p>{t('person.notNow')}</p>}
      {next.length > 0 && (
        <ul className={styles.turns}>
          {next.map((turn) => (
            <li key={`${turn.date}${turn.from}${turn.station.code}`} className={styles.turn}>
              <b>{turnLine(t, turn)}</b>
              <span lang="zh-CN">
                {[turn.station.name, turn.window].filter(Boolean).join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {next.length === 0 && <p>{t('person.noTurns')}</p>}
      {hours.length > 0 && <TextList items={hours} />}
    </Section>
  );
}
