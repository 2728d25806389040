import {
  BookOpenIcon,
  BookOpenTextIcon,
  ChalkboardTeacherIcon,
  FilePdfIcon,
  FilmSlateIcon,
  GavelIcon,
  type Icon,
  MagnifyingGlassIcon,
  NewspaperClippingIcon,
} from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import type { LawOverview } from '#shared/contract/laws.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Tile } from '../../ui/tile.tsx';
import { langOf } from '../language-state.tsx';
import { lawDetail } from './law-words.ts';
import styles from './reading-room.module.css';

/** Legal reading (法治套餐, V11): what there is to read, by kind. */
export function ReadingRoomPage() {
  const { t } = useTranslation();
  const laws = useReading(['laws'], (station) => station.laws.overview());
  return (
    <PageBody>
      <PageTitle title={t('laws.title')}>{t('laws.lead')}</PageTitle>
      <MoreToRead />
      <Lists />
      <Section title={t('laws.laws')}>
        <Reading query={laws}>
          {(overview) => (overview.laws === 0 ? <NoLaws /> : <Laws overview={overview} />)}
        </Reading>
      </Section>
    </PageBody>
  );
}

/** What there is beside the statutes: articles, pamphlets, films, cases, lectures. */
function MoreToRead() {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['reading'], (station) => station.reading.overview());
  return (
    <Section title={t('reading.more')}>
      <Reading query={query}>
        {({ articles, pamphlets, films, cases, lectures }) => (
          <div className={styles.tiles}>
            <Tile
              icon={BookOpenIcon}
              label={t('reading.articles')}
              detail={t('reading.articlesCount', { count: articles })}
              onPress={() => go({ page: 'articles' })}
            />
            <Tile
              icon={FilePdfIcon}
              label={t('media.pamphlets')}
              detail={t('media.pamphletsCount', { count: pamphlets })}
              onPress={() => go({ page: 'pamphlets' })}
            />
            <Tile
              icon={FilmSlateIcon}
              label={t('media.films')}
              detail={t('media.filmsCount', { count: films })}
              onPress={() => go({ page: 'films' })}
            />
            <Tile
              icon={NewspaperClippingIcon}
              label={t('reading.cases')}
              detail={t('reading.casesCount', { count: cases })}
              onPress={() => go({ page: 'cases' })}
            />
            <Tile
              icon={ChalkboardTeacherIcon}
              label={t('reading.lectures')}
              detail={t('reading.lecturesCount', { count: lectures })}
              onPress={() => go({ page: 'lectures' })}
            />
          </div>
        )}
      </Reading>
    </Section>
  );
}

/** Lists, where the place has published any. */
function Lists() {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['lists'], (station, language) => station.reading.lists({ language }));
  return (
    <Reading query={query}>
      {(lists) =>
        lists.length > 0 && (
          <Section title={t('reading.lists')}>
            <Rows columns="two">
              {lists.map(({ id, title, about, language }) => (
                <Row
                  key={id}
                  label={title}
                  detail={about}
                  lang={langOf(language)}
                  onPress={() => go({ page: 'list', id })}
                />
              ))}
            </Rows>
          </Section>
        )
      }
    </Reading>
  );
}

const DATABASE_OF_LAWS = 'https://flk.npc.gov.cn';

/** Law texts come with an import; until then it is said where they are. */
function NoLaws() {
  const { t } = useTranslation();
  return (
    <>
      <Callout title={t('laws.noneTitle')}>{t('laws.none')}</Callout>
      <Qr text={DATABASE_OF_LAWS} caption={t('laws.flk')} />
    </>
  );
}

function Laws({ overview }: { readonly overview: LawOverview }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      <div className={styles.tiles} lang="zh-CN">
        {overview.categories.map(({ category, genre, laws }) => (
          <Tile
            key={category}
            icon={ICONS[genre]}
            label={category}
            detail={t('laws.count', { count: laws })}
            onPress={() => go({ page: 'laws', category })}
          />
        ))}
      </div>
      <Action
        label={t('laws.byTitle')}
        icon={MagnifyingGlassIcon}
        emphasis="primary"
        onPress={() => go({ page: 'laws' })}
      />
      {overview.often.length > 0 && (
        <Section title={t('laws.often')} level={3}>
          <Rows columns="two">
            {overview.often.map((law) => (
              <Row
                key={law.id}
                label={law.shortTitle}
                detail={lawDetail(t, law)}
                lang="zh-CN"
                onPress={() => go({ page: 'law', id: law.id })}
              />
            ))}
          </Rows>
        </Section>
      )}
    </>
  );
}

/** Cases and interpretations of courts are told apart from statutes at a glance. */
const ICONS: Readonly<Record<LawOverview['categories'][number]['genre'], Icon>> = {
  law: BookOpenTextIcon,
  amendment: BookOpenTextIcon,
  interpretation: GavelIcon,
  case: NewspaperClippingIcon,
};
