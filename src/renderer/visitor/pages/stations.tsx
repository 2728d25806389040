import { useTranslation } from 'react-i18next';
import { outletLevelSchema } from '#shared/content/kinds/station.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';

/** All outlets of the place, by level. */
export function StationsPage() {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['stations'], (station, language) =>
    station.stations.list({ language }),
  );
  return (
    <PageBody>
      <PageTitle title={t('station.others')} />
      <Reading query={query}>
        {(stations) =>
          outletLevelSchema.options
            .map((level) => ({
              level,
              members: stations.filter((station) => station.level === level),
            }))
            .filter(({ members }) => members.length > 0)
            .map(({ level, members }) => (
              <Section key={level} title={`${t(`station.levels.${level}`)} ${members.length}`}>
                <Rows columns="two">
                  {members.map((station) => (
                    <Row
                      key={station.code}
                      label={station.name}
                      detail={station.address}
                      lang="zh-CN"
                      onPress={() => go({ page: 'station', code: station.code })}
                    />
                  ))}
                </Rows>
              </Section>
            ))
        }
      </Reading>
    </PageBody>
  );
}
