import { useTranslation } from 'react-i18next';
import type { GridCard } from '#shared/contract/people.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { LanguageState } from '../language-state.tsx';
import styles from './grid.module.css';
import { OutletRow } from './outlet-row.tsx';
import { PersonRow } from './person-row.tsx';

/** The card of a grid: its five contacts, its notary office, and where a dispute goes from here (place CZ). */
export function GridPage({ code }: { readonly code: string }) {
  const query = useReading(['grid', code], (station, language) =>
    station.people.grid({ code, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>{(card) => <Card card={card} />}</Reading>
    </PageBody>
  );
}

function Card({ card }: { readonly card: GridCard }) {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={card.name} above={card.community.name}>
        {card.area}
      </PageTitle>
      <LanguageState language={card.provenance.language} />
      <Section title={t('grid.contacts')}>
        <Rows columns="two">
          {card.contacts.map(({ duty, person, phone }) => (
            <PersonRow
              key={`${duty}${person.id}`}
              person={person}
              detail={
                <>
                  {t(`grid.duties.${duty}`)}{' '}
                  <bdi className={styles.phone} dir="ltr">
                    {phone}
                  </bdi>
                </>
              }
            />
          ))}
        </Rows>
        {card.missing.length > 0 && (
          <Callout tone="warn">
            {t('grid.missing', {
              duties: card.missing.map((duty) => t(`grid.duties.${duty}`)).join(t('join.items')),
            })}
          </Callout>
        )}
      </Section>
      <Escalation card={card} />
      {card.notaryOffice !== undefined && (
        <Section title={t('grid.notaryOffice')}>
          <Rows columns="two">
            <OutletRow outlet={card.notaryOffice} />
          </Rows>
        </Section>
      )}
      <Provenance provenance={card.provenance} />
    </>
  );
}

/** From the grid to the street to the district, by the place's own rule, each step with the door that it leads to. */
function Escalation({ card: { escalation } }: { readonly card: GridCard }) {
  const { t } = useTranslation();
  if (escalation.length === 0) return null;
  return (
    <Section title={t('grid.escalation')}>
      <ol className={styles.steps}>
        {escalation.map(({ id, who, takes, people, outlet }) => (
          <li key={id} className={styles.step}>
            <b lang="zh-CN">{who}</b>
            <span lang="zh-CN">{takes}</span>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} detail={t('grid.duties.mediator')} />
            ))}
            {outlet !== undefined && <OutletRow outlet={outlet} />}
          </li>
        ))}
      </ol>
    </Section>
  );
}
