import { useTranslation } from 'react-i18next';
import { fullDate } from '../../i18n/dates.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { LanguageState, langOf } from '../language-state.tsx';

/** Lectures that are still to come, with place, time and seats (V11). */
export function LecturesPage() {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['lectures'], (station, language) =>
    station.reading.lectures({ language }),
  );
  return (
    <PageBody>
      <PageTitle title={t('reading.lectures')} above={t('laws.title')}>
        {t('reading.lecturesLead')}
      </PageTitle>
      <Reading query={query}>
        {(lectures) =>
          lectures.length === 0 ? (
            <Callout>{t('reading.noLectures')}</Callout>
          ) : (
            <>
              <LanguageState language={lectures[0]?.language ?? 'own'} />
              <Rows>
                {lectures.map((lecture) => (
                  <Row
                    key={lecture.id}
                    label={lecture.title}
                    detail={`${fullDate(t, lecture.date)} ${lecture.from} · ${lecture.place}`}
                    end={
                      lecture.seats === undefined
                        ? undefined
                        : t('reading.seats', { count: lecture.seats })
                    }
                    lang={langOf(lecture.language)}
                    onPress={() => go({ page: 'lecture', id: lecture.id })}
                  />
                ))}
              </Rows>
            </>
          )
        }
      </Reading>
    </PageBody>
  );
}
