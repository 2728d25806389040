import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PersonList, PersonSummary } from '#shared/contract/people.ts';
import type { PersonFilter } from '#shared/people/person-filter.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { fullDate, monthDay, weekday } from '../../i18n/dates.ts';
import type { Route } from '../../session/route.ts';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pager, partOf } from '../../ui/pager.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { FilterBar, FilterChoice, FilterToggle } from './filter-chip.tsx';
import { PersonRow } from './person-row.tsx';
import { PlaceFilter } from './place-filter.tsx';

/** As many as fill a screen and a half: more would be a long way down, fewer many pages. */
const PEOPLE_A_PART = 20;

/** People by what a visitor looks for; the wishes are in the route, so that "back" from a card finds them as they were. */
export function PeoplePage({ part = 0, ...route }: Extract<Route, { readonly page: 'people' }>) {
  const { t } = useTranslation();
  const { page: _page, ...filter } = route;
  const query = useReading(['people', filter], (station, language) =>
    station.people.list({ language, filter }),
  );
  return (
    <PageBody>
      <PageTitle
        title={filter.role === undefined ? t('people.title') : t(`people.roles.${filter.role}`)}
        above={t('find.title')}
      />
      <Reading query={query}>{(list) => <List list={list} filter={filter} part={part} />}</Reading>
    </PageBody>
  );
}

function List({
  list,
  filter,
  part,
}: {
  readonly list: PersonList;
  readonly filter: PersonFilter;
  readonly part: number;
}) {
  const { t } = useTranslation();
  const go = useGo();
  const wish = useWish();
  const shown = partOf(list.people, part, PEOPLE_A_PART);
  const { place } = list;
  return (
    <>
      <Filters list={list} filter={filter} />
      <p>
        {[
          t('people.count', { count: list.people.length }),
          list.asOf === undefined ? '' : t('people.asOf', { date: fullDate(t, list.asOf) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {place?.isGrid === true && (
        <Row
          label={t('grid.card', { grid: place.name })}
          onPress={() => go({ page: 'grid', code: place.code })}
        />
      )}
      {!list.rostersKnown && <Callout tone="warn">{t('people.unknown')}</Callout>}
      {list.people.length === 0 && <Nobody filter={filter} />}
      {byArea(shown.items).map(({ area, members }) => (
        <Section key={`${area.code}${members[0]?.id}`} title={area.name} level={3}>
          <Rows columns="two">
            {members.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </Rows>
        </Section>
      ))}
      <Pager part={shown.part} parts={shown.parts} onPart={(next) => wish(filter, next)} />
    </>
  );
}

/** Honest about an empty list, with a way on. */
function Nobody({ filter }: { readonly filter: PersonFilter }) {
  const { t } = useTranslation();
  const go = useGo();
  const wish = useWish();
  const wider = widened(filter);
  return (
    <>
      <Callout
        tone="warn"
        title={t(filter.onDuty === true ? 'people.nobodyNow' : 'people.nobody')}
        action={<Action label={t(wider.label)} onPress={() => wish(wider.filter)} />}
      >
        {t('people.instead')}
      </Callout>
      <Action label={t('hotlines.title')} onPress={() => go({ page: 'hotlines' })} />
    </>
  );
}

/** The wish that is given up first: when, then where; whom one looks for is kept as long as it can be. */
function widened({ onDuty, ...anyTime }: PersonFilter) {
  if (onDuty === true) return { label: 'people.anyTime', filter: anyTime } as const;
  const { place, ...anywhere } = anyTime;
  if (place !== undefined && Object.keys(anywhere).length > 0)
    return { label: 'people.anywhere', filter: anywhere } as const;
  return { label: 'people.filters.clear', filter: {} } as const;
}

function Filters({ list, filter }: { readonly list: PersonList; readonly filter: PersonFilter }) {
  const { t } = useTranslation();
  const wish = useWish();
  const { roles, specialties, languages, grades, helps, onDuty, days } = list.choices;
  const { today } = list;
  return (
    <FilterBar>
      <FilterToggle
        label={t('people.filters.onDuty', { count: onDuty })}
        isOn={filter.onDuty === true}
        onToggle={() => wish({ ...filter, onDuty: filter.onDuty === true ? undefined : true })}
      />
      {(days.length > 0 || filter.day !== undefined) && (
        <FilterChoice
          of="day"
          label={t('people.filters.day')}
          choices={days}
          chosen={filter.day}
          nameOf={(day) => dayName(t, day, today)}
          onChoose={(day) => wish({ ...filter, day })}
        />
      )}
      <FilterChoice
        of="role"
        label={t('people.filters.role')}
        choices={roles}
        chosen={filter.role}
        nameOf={(role) => t(`people.roles.${role}`)}
        onChoose={(role) => wish({ ...filter, role })}
      />
      <PlaceFilter
        chosen={list.place}
        deepest="grid"
        onChoose={(place) => wish({ ...filter, place })}
      />
      {(helps.length > 1 || filter.help !== undefined) && (
        <FilterChoice
          of="help"
          label={t('people.filters.help')}
          choices={helps}
          chosen={filter.help}
          nameOf={(help) => t(`people.helps.${help}`)}
          onChoose={(help) => wish({ ...filter, help })}
        />
      )}
      {(specialties.length > 1 || filter.specialty !== undefined) && (
        <FilterChoice
          of="specialty"
          label={t('people.filters.specialty')}
          choices={specialties}
          chosen={filter.specialty}
          nameOf={(specialty) => specialty}
          lang="zh-CN"
          onChoose={(specialty) => wish({ ...filter, specialty })}
        />
      )}
      {(languages.length > 1 || filter.spoken !== undefined) && (
        <FilterChoice
          of="spoken"
          label={t('people.filters.spoken')}
          choices={languages}
          chosen={filter.spoken}
          nameOf={(language) => t(`people.languages.${language}`)}
          onChoose={(spoken) => wish({ ...filter, spoken })}
        />
      )}
      {(grades.length > 1 || filter.grade !== undefined) && (
        <FilterChoice
          of="grade"
          label={t('people.filters.grade')}
          choices={grades}
          chosen={filter.grade}
          nameOf={(grade) => grade}
          lang="zh-CN"
          onChoose={(grade) => wish({ ...filter, grade })}
        />
      )}
      {Object.values(filter).some((value) => value !== undefined) && (
        <FilterToggle label={t('people.filters.clear')} isOn={false} onToggle={() => wish({})} />
      )}
    </FilterBar>
  );
}

/** "今天", or "11月25日 星期三". */
function dayName(t: TFunction, day: LocalDate, today: LocalDate): string {
  return day === today ? t('date.today') : `${monthDay(t, day)} ${weekday(t, day)}`;
}

/** Changes what is looked for; the list begins anew at its first part. */
function useWish() {
  const { act } = useSession();
  return (filter: PersonFilter, part?: number) =>
    act({ type: 'replace', to: { page: 'people', ...filter, ...(part ? { part } : {}) } });
}

/** People who follow each other in the same street stand under its name. */
function byArea(people: readonly PersonSummary[]) {
  const groups: { area: PersonSummary['area']; members: PersonSummary[] }[] = [];
  for (const person of people) {
    const last = groups.at(-1);
    if (last?.area.code === person.area.code) last.members.push(person);
    else groups.push({ area: person.area, members: [person] });
  }
  return groups;
}
