import type { OtherRoute } from '../session/route.ts';
import { ArticlePage } from './pages/article.tsx';
import { ArticlesPage } from './pages/articles.tsx';
import { BoardPage } from './pages/board.tsx';
import { CasePage } from './pages/case.tsx';
import { CasesPage } from './pages/cases.tsx';
import { CommunityPage } from './pages/community.tsx';
import { FaqPage } from './pages/faq.tsx';
import { FaqsPage } from './pages/faqs.tsx';
import { FindPage } from './pages/find.tsx';
import { FormPage } from './pages/form.tsx';
import { FormsPage } from './pages/forms.tsx';
import { GridPage } from './pages/grid.tsx';
import { GuidePage } from './pages/guide.tsx';
import { GuidesPage } from './pages/guides.tsx';
import { HotlinesPage } from './pages/hotlines.tsx';
import { LawPage } from './pages/law.tsx';
import { LawArticlePage } from './pages/law-article.tsx';
import { LawFindPage } from './pages/law-find.tsx';
import { LawTextPage } from './pages/law-text.tsx';
import { LawsPage } from './pages/laws.tsx';
import { LecturePage } from './pages/lecture.tsx';
import { LecturesPage } from './pages/lectures.tsx';
import { ListPage } from './pages/list.tsx';
import { MediaPage } from './pages/media.tsx';
import { MediaListPage } from './pages/media-list.tsx';
import { MyCommunityPage } from './pages/my-community.tsx';
import { NumberPage } from './pages/number.tsx';
import { PeoplePage } from './pages/people.tsx';
import { PersonPage } from './pages/person.tsx';
import { ReadingRoomPage } from './pages/reading-room.tsx';
import { SearchPage } from './pages/search.tsx';
import { ServingPage } from './pages/serving.tsx';
import { StationPage } from './pages/station.tsx';
import { StationsPage } from './pages/stations.tsx';
import { TakePage } from './pages/take.tsx';
import { TriagePage } from './pages/triage.tsx';
import { TriagesPage } from './pages/triages.tsx';

/** The page of every route but home; they are loaded together once home is drawn. */
export function OtherPage({ route }: { readonly route: OtherRoute }) {
  switch (route.page) {
    case 'guides':
      return <GuidesPage category={route.category} />;
    case 'guide':
      return <GuidePage id={route.id} />;
    case 'board':
      return <BoardPage item={route.item} />;
    case 'community':
      return <CommunityPage />;
    case 'faqs':
      return <FaqsPage topic={route.topic} />;
    case 'faq':
      return <FaqPage id={route.id} />;
    case 'forms':
      return <FormsPage />;
    case 'form':
      return <FormPage id={route.id} filled={route.filled ?? false} />;
    case 'hotlines':
      return <HotlinesPage />;
    case 'search':
      return <SearchPage text={route.text} />;
    case 'station':
      return <StationPage code={route.code} />;
    case 'stations':
      return <StationsPage {...route} />;
    case 'find':
      return <FindPage />;
    case 'people':
      return <PeoplePage {...route} />;
    case 'person':
      return <PersonPage id={route.id} />;
    case 'my-community':
      return <MyCommunityPage group={route.group} />;
    case 'serving':
      return <ServingPage code={route.code} />;
    case 'grid':
      return <GridPage code={route.code} />;
    case 'take':
      return <TakePage guide={route.guide} />;
    case 'number':
      return <NumberPage id={route.id} job={route.job} />;
    case 'read':
      return <ReadingRoomPage />;
    case 'laws':
      return <LawsPage category={route.category} from={route.from ?? 0} />;
    case 'law':
      return <LawPage id={route.id} />;
    case 'law-text':
      return <LawTextPage id={route.id} at={route.at} />;
    case 'law-find':
      return <LawFindPage id={route.id} text={route.text} part={route.part} />;
    case 'law-article':
      return <LawArticlePage id={route.id} at={route.at} />;
    case 'cases':
      return <CasesPage category={route.category} />;
    case 'case':
      return <CasePage id={route.id} />;
    case 'articles':
      return <ArticlesPage />;
    case 'article':
      return <ArticlePage id={route.id} />;
    case 'films':
    case 'pamphlets':
      return <MediaListPage shows={route.page} />;
    case 'media':
      return <MediaPage id={route.id} />;
    case 'lectures':
      return <LecturesPage />;
    case 'lecture':
      return <LecturePage id={route.id} />;
    case 'list':
      return <ListPage id={route.id} />;
    case 'triages':
      return <TriagesPage />;
    case 'triage':
      return <TriagePage id={route.id} node={route.node} />;
  }
}
