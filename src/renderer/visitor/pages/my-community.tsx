import { useTranslation } from 'react-i18next';
import type { Communities, Place } from '#shared/contract/people.ts';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Choice } from '../../ui/choice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pressable } from '../../ui/pressable.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './my-community.module.css';

const ALL = 'all';

/**
 * Where a visitor lives: one touch from home, and the next on a community shows who serves it. The terminal's own street or
 * district stands there at once, at a centre of one district all communities do; of a city with a thousand of them its streets
 * come first.
 */
export function MyCommunityPage({ group }: { readonly group?: string | undefined }) {
  const { t } = useTranslation();
  const query = useReading(['communities'], (station, language) =>
    station.people.communities({ language }),
  );
  return (
    <PageBody>
      <PageTitle title={t('myCommunity.title')}>{t('myCommunity.pick')}</PageTitle>
      <Reading query={query}>
        {(communities) => <Groups communities={communities} wanted={group} />}
      </Reading>
    </PageBody>
  );
}

function Groups({
  communities: { groups },
  wanted,
}: {
  readonly communities: Communities;
  readonly wanted: string | undefined;
}) {
  const { t } = useTranslation();
  const { act } = useSession();
  const choose = (group: string) => act({ type: 'replace', to: { page: 'my-community', group } });
  const chosen = wanted ?? groups.find((group) => group.isHere)?.code ?? ALL;
  const group = groups.find((one) => chosen.startsWith(one.code));
  const ofCity = group === undefined && groups.some((one) => one.streets.length > 1);
  return (
    <>
      <Choice
        label={t('people.filters.place')}
        options={[
          { value: ALL, label: t('myCommunity.all') },
          ...groups.map(({ code, name }) => ({ value: code, label: name, lang: 'zh-CN' })),
        ]}
        chosen={group?.code ?? ALL}
        onChoose={choose}
      />
      {ofCity &&
        groups.map((one) => (
          <Section key={one.code} title={one.name} level={3}>
            <Streets streets={one.streets} onChoose={choose} />
          </Section>
        ))}
      {!ofCity &&
        (group === undefined ? groups : [within(group, chosen)])
          .flatMap((one) => sectionsOf(one))
          .map((section) => (
            <Section key={section.code} title={section.name} level={3}>
              <Places places={section.places} whole={section.whole} />
            </Section>
          ))}
    </>
  );
}

type Group = Communities['groups'][number];

/** A district with only the street that was chosen in it, or with all of them. */
function within(group: Group, chosen: string): Group {
  const street = group.streets.find(({ code }) => code === chosen);
  return street === undefined ? group : { ...group, streets: [street] };
}

/** Streets to choose from; one without listed communities leads at once to those who serve it. */
function Streets({
  streets,
  onChoose,
}: {
  readonly streets: Group['streets'];
  readonly onChoose: (code: string) => void;
}) {
  const go = useGo();
  return (
    <div className={styles.places}>
      {streets.map(({ code, name, communities }) => (
        <Pressable
          key={code}
          className={styles.place}
          onPress={() =>
            communities.length === 0 ? go({ page: 'serving', code }) : onChoose(code)
          }
        >
          <span lang="zh-CN">{name}</span>
        </Pressable>
      ))}
    </div>
  );
}

interface CommunitySection extends Place {
  readonly places: readonly Place[];
  /** The street as a whole, for those who do not find their community. */
  readonly whole?: Place | undefined;
}

/** Streets with their communities; streets of which none are listed stand together, so that no heading is without a list. */
function sectionsOf(group: Group): CommunitySection[] {
  const bare = group.streets.filter((street) => street.communities.length === 0);
  return [
    ...group.streets
      .filter((street) => street.communities.length > 0)
      .map((street) => ({
        code: street.code,
        name: street.name,
        places: street.communities,
        whole: street,
      })),
    ...(bare.length === 0 ? [] : [{ code: `${group.code}-`, name: group.name, places: bare }]),
  ];
}

function Places({
  places,
  whole,
}: {
  readonly places: readonly Place[];
  readonly whole: Place | undefined;
}) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <div className={styles.places}>
      {places.map(({ code, name }) => (
        <Pressable
          key={code}
          className={styles.place}
          onPress={() => go({ page: 'serving', code })}
        >
          <span lang="zh-CN">{name}</span>
        </Pressable>
      ))}
      {whole !== undefined && (
        <Pressable
          className={styles.place}
          onPress={() => go({ page: 'serving', code: whole.code })}
        >
          {t('myCommunity.whole', { street: whole.name })}
        </Pressable>
      )}
    </div>
  );
}
