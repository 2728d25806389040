import { BuildingsIcon, HouseLineIcon, UserCircleCheckIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import type { PersonList } from '#shared/contract/people.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Tile } from '../../ui/tile.tsx';
import styles from './find.module.css';

/** Finding people and places: by community, by what they are, by who is there now, or by outlet (V6). */
export function FindPage() {
  const { t } = useTranslation();
  const query = useReading(['people', {}], (station, language) =>
    station.people.list({ language, filter: {} }),
  );
  return (
    <PageBody>
      <PageTitle title={t('find.title')} />
      <Reading query={query}>{(list) => <Entries list={list} />}</Reading>
    </PageBody>
  );
}

function Entries({ list }: { readonly list: PersonList }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      <div className={styles.tiles}>
        <Tile
          icon={HouseLineIcon}
          size="large"
          label={t('myCommunity.title')}
          detail={t('find.myCommunityDetail')}
          onPress={() => go({ page: 'my-community' })}
        />
        <Tile
          icon={UserCircleCheckIcon}
          size="large"
          label={t('find.onDuty')}
          detail={
            list.rostersKnown
              ? t('find.onDutyDetail', { count: list.choices.onDuty })
              : t('people.unknown')
          }
          onPress={() => go({ page: 'people', onDuty: true })}
        />
        <Tile
          icon={BuildingsIcon}
          size="large"
          label={t('station.others')}
          detail={t('find.outletsDetail')}
          onPress={() => go({ page: 'stations' })}
        />
      </div>
      <Section title={t('find.byRole')}>
        <Rows columns="two">
          {list.choices.roles.map(({ value, count }) => (
            <Row
              key={value}
              label={t(`people.roles.${value}`)}
              end={t('people.count', { count })}
              onPress={() => go({ page: 'people', role: value })}
            />
          ))}
        </Rows>
      </Section>
    </>
  );
}
