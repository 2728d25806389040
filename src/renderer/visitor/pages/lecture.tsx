import { useTranslation } from 'react-i18next';
import { fullDate, timeRange } from '../../i18n/dates.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { Reading } from '../../ui/reading.tsx';
import { langOf } from '../language-state.tsx';
import { RecordBody } from './record-body.tsx';

/** A lecture: what about, by whom, where, when, how many seats. */
export function LecturePage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useReading(['lecture', id], (station, language) =>
    station.reading.lecture({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {({ body, provenance }) => {
          const lang = langOf(provenance.language);
          return (
            <RecordBody
              title={body.title}
              above={t('reading.lectures')}
              about={body.about}
              provenance={provenance}
            >
              <Facts
                facts={[
                  { id: 'date', label: t('reading.date'), value: fullDate(t, body.date) },
                  { id: 'time', label: t('reading.time'), value: timeRange(body.from, body.to) },
                  { id: 'place', label: t('reading.place'), value: body.place, lang },
                  ...(body.seats === undefined
                    ? []
                    : [{ id: 'seats', label: t('reading.seatsLabel'), value: String(body.seats) }]),
                  ...(body.speaker === ''
                    ? []
                    : [{ id: 'speaker', label: t('reading.speaker'), value: body.speaker, lang }]),
                ]}
              />
              <Callout>{t('reading.join')}</Callout>
            </RecordBody>
          );
        }}
      </Reading>
    </PageBody>
  );
}
