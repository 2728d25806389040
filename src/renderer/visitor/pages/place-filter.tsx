import { useTranslation } from 'react-i18next';
import type { Communities, Place } from '#shared/contract/people.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Choice } from '../../ui/choice.tsx';
import { Reading } from '../../ui/reading.tsx';
import { FilterSheet } from './filter-chip.tsx';

const ALL = '';

/** Chooses a district, a street in it, a community in that, a grid of it where it has some; each touch narrows what is listed behind the sheet. */
export function PlaceFilter({
  chosen,
  deepest,
  onChoose,
}: {
  readonly chosen: Place | undefined;
  /** How far down one can choose. */
  readonly deepest: 'street' | 'grid';
  readonly onChoose: (code: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const query = useReading(['communities'], (station, language) =>
    station.people.communities({ language }),
  );
  return (
    <FilterSheet of="place" label={t('people.filters.place')} chosen={chosen?.name}>
      {() => (
        <Reading query={query}>
          {(communities) => (
            <Levels
              communities={communities}
              code={chosen?.code ?? ALL}
              deepest={deepest}
              onChoose={onChoose}
            />
          )}
        </Reading>
      )}
    </FilterSheet>
  );
}

function Levels({
  communities,
  code,
  deepest,
  onChoose,
}: {
  readonly communities: Communities;
  readonly code: string;
  readonly deepest: 'street' | 'grid';
  readonly onChoose: (code: string | undefined) => void;
}) {
  const group = communities.groups.find((one) => code.startsWith(one.code));
  const streets = group?.streets ?? [];
  const street = streets.find((one) => code.startsWith(one.code));
  const below = deepest === 'street' ? [] : (street?.communities ?? []);
  const community = below.find((one) => code.startsWith(one.code));
  return (
    <>
      <Level places={communities.groups} code={code} above={undefined} onChoose={onChoose} />
      {/* A group that is a street itself has no streets to choose from. */}
      {group !== undefined && group.code !== street?.code && (
        <Level places={streets} code={code} above={group.code} onChoose={onChoose} />
      )}
      {below.length > 0 && (
        <Level places={below} code={code} above={street?.code} onChoose={onChoose} />
      )}
      {community !== undefined && community.grids.length > 0 && (
        <Level places={community.grids} code={code} above={community.code} onChoose={onChoose} />
      )}
    </>
  );
}

/** The places of one level; "all of it" takes the one above. */
function Level({
  places,
  code,
  above,
  onChoose,
}: {
  readonly places: readonly Place[];
  readonly code: string;
  readonly above: string | undefined;
  readonly onChoose: (code: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const chosen = places.find((place) => code.startsWith(place.code));
  return (
    <Choice
      label={t('people.filters.place')}
      options={[
        { value: ALL, label: t('people.filters.all') },
        ...places.map((place) => ({ value: place.code, label: place.name, lang: 'zh-CN' })),
      ]}
      chosen={chosen?.code ?? ALL}
      onChoose={(value) => onChoose(value === ALL ? above : value)}
    />
  );
}
