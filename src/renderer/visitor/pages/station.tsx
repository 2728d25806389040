import { useTranslation } from 'react-i18next';
import type { StationView } from '#shared/contract/views.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Columns, PageBody, Stack } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { FloorPlanFigure } from './floor-plan.tsx';
import { HoursTable } from './hours-table.tsx';

/** One outlet: where, when, which windows. Without a code, the one that this terminal stands in. */
export function StationPage({ code }: { readonly code?: string | undefined }) {
  const query = useReading(['station', code ?? ''], (station, language) =>
    code === undefined
      ? station.stations.current({ language })
      : station.stations.get({ code, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {(station) => <Station station={station} isHere={code === undefined} />}
      </Reading>
    </PageBody>
  );
}

function Station({ station, isHere }: { readonly station: StationView; readonly isHere: boolean }) {
  const { t } = useTranslation();
  const go = useGo();
  const unknown = t('station.unknown');
  return (
    <>
      <PageTitle title={station.name} above={t(`station.levels.${station.level}`)} lang="zh-CN" />
      <Facts
        facts={[
          { id: 'address', label: t('station.address'), value: station.address ?? unknown },
          { id: 'phone', label: t('station.phone'), value: station.phone ?? unknown },
        ]}
      />
      {station.gettingThere !== undefined && (
        <Callout title={t('station.getting')}>{station.gettingThere}</Callout>
      )}
      <Columns>
        <Section title={t('station.hours')}>
          <HoursTable station={station} />
          {station.hoursProvenance && <Provenance provenance={station.hoursProvenance} />}
        </Section>
        <Stack>
          {station.windows.length > 0 && (
            <Section title={t('station.windows')}>
              <Facts
                facts={station.windows.map((window) => ({
                  id: window.id,
                  label: [window.label, window.accessible ? t('station.accessible') : '']
                    .filter(Boolean)
                    .join(' · '),
                  value: window.name,
                }))}
              />
            </Section>
          )}
          {station.barrierFree.length > 0 && (
            <Section title={t('station.barrierFree')}>
              <p>{station.barrierFree.join(t('join.items'))}</p>
            </Section>
          )}
          {station.web && (
            <Section title={t('station.web')}>
              <Qr text={station.web.url} caption={t('hotlines.scan', { name: station.web.name })} />
            </Section>
          )}
        </Stack>
      </Columns>
      {station.serves.length > 0 && (
        <Section title={t('station.serves')}>
          <p lang="zh-CN">{station.serves.join(t('join.items'))}</p>
        </Section>
      )}
      {station.floorPlan !== undefined && (
        <Section title={t('station.floorPlan')}>
          <FloorPlanFigure plan={station.floorPlan} />
        </Section>
      )}
      <Rows columns="two">
        <Row
          label={t('station.people')}
          onPress={() => go({ page: 'people', place: station.code })}
        />
        {isHere && <Row label={t('station.others')} onPress={() => go({ page: 'stations' })} />}
      </Rows>
      <Provenance provenance={station.provenance} />
    </>
  );
}
