import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { LanguageState, langOf } from '../language-state.tsx';

/** Articles that say one thing in plain words (V11). */
export function ArticlesPage() {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['articles'], (station, language) =>
    station.reading.articles({ language }),
  );
  return (
    <PageBody>
      <PageTitle title={t('reading.articles')} above={t('laws.title')}>
        {t('reading.articlesLead')}
      </PageTitle>
      <Reading query={query}>
        {(articles) =>
          articles.length === 0 ? (
            <Callout>{t('reading.nothing')}</Callout>
          ) : (
            <>
              <LanguageState language={articles[0]?.language ?? 'own'} />
              <Rows columns="two">
                {articles.map((article) => (
                  <Row
                    key={article.id}
                    label={article.title}
                    detail={article.summary}
                    lang={langOf(article.language)}
                    onPress={() => go({ page: 'article', id: article.id })}
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
