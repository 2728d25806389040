import { useTranslation } from 'react-i18next';
import type { Hello, HomeView } from '#shared/contract/views.ts';
import { fullDate } from '../../i18n/dates.ts';
import { useGo } from '../../session/session.ts';
import { useHomeReading } from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Tile } from '../../ui/tile.tsx';
import { Tiles } from '../../ui/tiles.tsx';
import { CATEGORY_ICONS } from '../category-icon.ts';
import { homeEntries } from '../home-entries.ts';
import { langOf } from '../language-state.tsx';
import { TakeEntry } from '../queue/take-entry.tsx';
import { SearchBar } from '../search-bar.tsx';
import { DutyStrip } from './duty-strip.tsx';
import styles from './home.module.css';
import { HotlineStrip } from './hotline-strip.tsx';
import { WindowsStrip } from './windows-strip.tsx';

/** So many that all of home is seen at once; the others stand on the page of questions. */
const QUESTIONS = 4;

/** Home: what happened, the services, what is disclosed, who is here, and 12348. */
export function HomePage({ hello }: { readonly hello: Hello }) {
  const query = useHomeReading();
  return <Reading query={query}>{(view) => <Home view={view} hello={hello} />}</Reading>;
}

function Home({ view, hello }: { readonly view: HomeView; readonly hello: Hello }) {
  const { t } = useTranslation();
  return (
    <PageBody grow>
      <div className={styles.home}>
        <div className={styles.search}>
          <SearchBar />
          {view.takesNumbers && <TakeEntry />}
        </div>
        <Ask view={view} />
        <Services view={view} />
        <PublicInfo view={view} />
        <div className={styles.duty}>
          <DutyStrip duty={view.duty} windows={view.station.windows} />
        </div>
        {view.station.windows.length > 0 && (
          <div className={styles.windows}>
            <WindowsStrip windows={view.station.windows} />
          </div>
        )}
        <div className={styles.hotline}>
          <HotlineStrip
            hotline={view.hotline}
            supervision={view.supervision}
            web={view.station.web}
          />
        </div>
      </div>
      <p className={styles.foot}>
        {t('footer', {
          date: hello.content.asOf === '' ? '—' : fullDate(t, hello.content.asOf.slice(0, 10)),
          publisher: hello.content.publisher,
        })}
        {hello.content.stale && ` · ${t('home.stale')}`}
        {hello.sampleContent && ` · ${t('home.sample')}`}
      </p>
    </PageBody>
  );
}

function Ask({ view }: { readonly view: HomeView }) {
  const { t } = useTranslation();
  const go = useGo();
  const notice = view.notices.find(({ body }) => body.important);
  return (
    <div className={styles.ask}>
      <Section title={t('home.ask')} grow>
        <Rows columns="two" grow>
          {view.commonQuestions.slice(0, QUESTIONS).map((question) => (
            <Row
              key={question.id}
              label={question.question}
              lang={langOf(question.language)}
              onPress={() => go({ page: 'faq', id: question.id })}
            />
          ))}
        </Rows>
        <Row
          label={t('home.triage')}
          detail={t('home.triageDetail')}
          onPress={() => go({ page: 'triages' })}
        />
        {notice && (
          <Row
            label={t('home.notice', { title: notice.body.title })}
            lang={langOf(notice.provenance.language)}
            onPress={() => go({ page: 'board', item: 'other' })}
          />
        )}
      </Section>
    </div>
  );
}

function Services({ view }: { readonly view: HomeView }) {
  const { t } = useTranslation();
  const go = useGo();
  const tile = (at: number, { category }: HomeView['categories'][number]) => (
    <Tile
      key={category}
      icon={CATEGORY_ICONS[category]}
      label={t(`category.${category}.name`)}
      detail={at < view.coreServices ? t(`category.${category}.detail`) : undefined}
      size={at < view.coreServices ? 'large' : 'small'}
      onPress={() => go({ page: 'guides', category })}
    />
  );
  return (
    <div className={styles.services}>
      <Section title={t('home.services')} grow>
        <div className={styles.tiles}>
          <Tiles>
            {view.categories.slice(0, view.coreServices).map((entry, at) => tile(at, entry))}
          </Tiles>
          <Tiles>
            {view.categories
              .slice(view.coreServices)
              .map((entry) => tile(view.coreServices, entry))}
          </Tiles>
        </div>
      </Section>
    </div>
  );
}

function PublicInfo({ view }: { readonly view: HomeView }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <div className={styles.public}>
      <Section title={t('home.publicInfo')} grow>
        <Tiles>
          {homeEntries(view).map(({ id, icon, to }) => (
            <Tile key={id} icon={icon} label={t(`home.entries.${id}`)} onPress={() => go(to)} />
          ))}
        </Tiles>
      </Section>
    </div>
  );
}
