import { useTranslation } from 'react-i18next';
import { type OutletLevel, outletLevelSchema } from '#shared/content/kinds/station.ts';
import type { StationSummary } from '#shared/contract/views.ts';
import type { OutletWishes, Route } from '../../session/route.ts';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Choice } from '../../ui/choice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pager, partOf } from '../../ui/pager.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { FilterBar, FilterToggle } from './filter-chip.tsx';
import { OutletRow } from './outlet-row.tsx';
import { PlaceFilter } from './place-filter.tsx';

const OUTLETS_A_PART = 24;

/** All outlets of the place by level and street; those that are open now on their own where wanted (V6). */
export function StationsPage({
  page: _page,
  ...wishes
}: Extract<Route, { readonly page: 'stations' }>) {
  const { t } = useTranslation();
  const query = useReading(['stations'], (station, language) =>
    station.stations.list({ language }),
  );
  return (
    <PageBody>
      <PageTitle title={t('station.others')} />
      <Reading query={query}>{(outlets) => <List outlets={outlets} wishes={wishes} />}</Reading>
    </PageBody>
  );
}

/** Nobody is left without somewhere to go. */
function NoneFit({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      <Callout tone="warn" action={<Action label={t('people.filters.clear')} onPress={onClear} />}>
        {t('station.noneFit')}
      </Callout>
      <Action label={t('hotlines.title')} onPress={() => go({ page: 'hotlines' })} />
    </>
  );
}

function List({
  outlets,
  wishes,
}: {
  readonly outlets: readonly StationSummary[];
  readonly wishes: OutletWishes;
}) {
  const { t } = useTranslation();
  const { act } = useSession();
  const wish = (next: OutletWishes) => act({ type: 'replace', to: { page: 'stations', ...next } });
  const levels = outletLevelSchema.options
    .map((level) => ({ level, count: outlets.filter((one) => one.level === level).length }))
    .filter(({ count }) => count > 0);
  const level = wishes.level ?? levels[0]?.level ?? 'station';
  const fitting = outlets.filter((outlet) => fits(outlet, { ...wishes, level }));
  const shown = partOf(fitting, wishes.part ?? 0, OUTLETS_A_PART);
  const { part: _part, ...kept } = wishes;
  return (
    <>
      <Choice<OutletLevel>
        label={t('station.level')}
        options={levels.map(({ level: value, count }) => ({
          value,
          label: `${t(`station.levels.${value}`)} ${count}`,
        }))}
        chosen={level}
        onChoose={(value) => wish({ ...kept, level: value })}
      />
      <FilterBar>
        <PlaceFilter
          chosen={areaOf(outlets, wishes.area)}
          deepest="street"
          onChoose={(area) => wish({ ...kept, area })}
        />
        <FilterToggle
          label={t('station.openNow')}
          isOn={wishes.openNow === true}
          onToggle={() => wish({ ...kept, openNow: wishes.openNow === true ? undefined : true })}
        />
      </FilterBar>
      {fitting.length === 0 && <NoneFit onClear={() => wish({ level })} />}
      {byArea(shown.items).map(({ area, members }) => (
        <Section key={area.code} title={area.name} level={3}>
          <Rows columns="two">
            {members.map((outlet) => (
              <OutletRow key={outlet.code} outlet={outlet} />
            ))}
          </Rows>
        </Section>
      ))}
      <Pager part={shown.part} parts={shown.parts} onPart={(part) => wish({ ...wishes, part })} />
    </>
  );
}

function fits({ code, level, open }: StationSummary, wishes: OutletWishes): boolean {
  return (
    level === wishes.level &&
    code.startsWith(wishes.area ?? '') &&
    (wishes.openNow !== true || open.state === 'open')
  );
}

/** The chosen area by name: that of an outlet in it, or above it. */
function areaOf(outlets: readonly StationSummary[], code: string | undefined) {
  return code === undefined ? undefined : outlets.find(({ area }) => area.code === code)?.area;
}

/** Outlets of a street under its name; districts and cities have few, and stand together under theirs. */
function byArea(outlets: readonly StationSummary[]) {
  return [...Map.groupBy(outlets, ({ area }) => area.code)].flatMap(([, members]) =>
    members[0] === undefined ? [] : [{ area: members[0].area, members }],
  );
}
