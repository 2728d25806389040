import { useTranslation } from 'react-i18next';
import type { Serving } from '#shared/contract/people.ts';
import { fullDate } from '../../i18n/dates.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { OutletRow } from './outlet-row.tsx';
import { PersonRow } from './person-row.tsx';

/** Who serves a community: its own people, those of its street and district, and where one can go. */
export function ServingPage({ code }: { readonly code: string }) {
  const query = useReading(['serving', code], (station, language) =>
    station.people.serving({ code, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>{(serving) => <Content serving={serving} />}</Reading>
    </PageBody>
  );
}

function Content({ serving }: { readonly serving: Serving }) {
  const { t } = useTranslation();
  const go = useGo();
  const { place, above, grids, groups, outlets, asOf } = serving;
  const hasOwn = groups.some((group) => group.place.code === place.code);
  return (
    <>
      <PageTitle
        title={t('serving.title', { place: place.name })}
        above={above.map(({ name }) => name).join(' ')}
      />
      {!hasOwn && <Callout>{t('serving.noneOfItsOwn')}</Callout>}
      {grids.length > 0 && (
        <Section title={t('serving.grids')}>
          <Rows columns="two">
            {grids.map((grid) => (
              <Row
                key={grid.code}
                label={grid.name}
                detail={grid.area}
                lang="zh-CN"
                onPress={() => go({ page: 'grid', code: grid.code })}
              />
            ))}
          </Rows>
        </Section>
      )}
      {groups.map((group) => (
        <Section
          key={group.place.code}
          title={
            group.place.code === place.code
              ? group.place.name
              : t('serving.whole', { place: group.place.name })
          }
        >
          <Rows columns="two">
            {group.people.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </Rows>
          {group.more > 0 && (
            <Row
              label={t('serving.more', { count: group.more })}
              onPress={() => go({ page: 'people', place: group.place.code })}
            />
          )}
        </Section>
      ))}
      <Section title={t('serving.outlets')}>
        <Rows columns="two">
          {outlets.map((outlet) => (
            <OutletRow key={outlet.code} outlet={outlet} />
          ))}
        </Rows>
      </Section>
      {asOf !== undefined && <p>{t('people.asOf', { date: fullDate(t, asOf) })}</p>}
    </>
  );
}
