import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { clockOf } from './film-clock.ts';

/** All films, or all pamphlets (V11). */
export function MediaListPage({ shows }: { readonly shows: 'films' | 'pamphlets' }) {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['media'], (station, language) => station.media.list({ language }));
  return (
    <PageBody>
      <PageTitle title={t(`media.${shows}`)} above={t('laws.title')}>
        {t(`media.${shows}Lead`)}
      </PageTitle>
      <Reading query={query}>
        {(all) => {
          const shown = all.filter(({ type }) => (type === 'pdf') === (shows === 'pamphlets'));
          if (shown.length === 0) return <Callout>{t('reading.nothing')}</Callout>;
          return (
            <>
              <LanguageState language={shown[0]?.language ?? 'own'} />
              <Rows>
                {shown.map((media) => (
                  <Row
                    key={media.id}
                    label={media.title}
                    detail={media.description}
                    end={media.seconds === undefined ? undefined : clockOf(media.seconds)}
                    lang={langOf(media.language)}
                    onPress={() => go({ page: 'media', id: media.id })}
                  />
                ))}
              </Rows>
            </>
          );
        }}
      </Reading>
    </PageBody>
  );
}
