import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { AskSomebody } from './ask-somebody.tsx';

/** The matters for which plain questions lead to the right place (V7). */
export function TriagesPage() {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['triages'], (station, language) => station.triage.list({ language }));
  return (
    <PageBody>
      <PageTitle title={t('triage.title')}>{t('triage.intro')}</PageTitle>
      <Reading query={query}>
        {(matters) => (
          <>
            <LanguageState
              language={matters.find((matter) => matter.language !== 'own')?.language ?? 'own'}
            />
            {matters.length === 0 ? (
              <Callout>{t('triage.empty')}</Callout>
            ) : (
              <Rows columns="two">
                {matters.map((matter) => (
                  <Row
                    key={matter.id}
                    label={matter.title}
                    detail={matter.summary}
                    lang={langOf(matter.language)}
                    onPress={() => go({ page: 'triage', id: matter.id })}
                  />
                ))}
              </Rows>
            )}
          </>
        )}
      </Reading>
      <AskSomebody />
    </PageBody>
  );
}
