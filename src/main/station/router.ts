import { implementStation } from './access/implement-station.ts';
import { communityBoard } from './board/community-board.ts';
import { disclosureBoard } from './board/disclosure-board.ts';
import { enrolmentRoutes } from './district/enrolment-routes.ts';
import { healthRoutes } from './doctor/health-routes.ts';
import { editingRoutes } from './editing/editing-routes.ts';
import { listForms } from './forms/forms.ts';
import { getFaq, getGuide, listFaqs, listGuides, takeaway } from './guides/guides.ts';
import { homeView } from './home/home.ts';
import { lanRoutes } from './lan/lan-routes.ts';
import { machineRoutes } from './machine/machine-routes.ts';
import { getMedia, listMedia, takeawayOfMedia } from './media/media.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { ticketRoutes } from './printing/ticket-routes.ts';
import { deskRoutes, hallRoutes, queueRoutes } from './queue/queue-routes.ts';
import { queueTerminalRoutes } from './queue/terminals/queue-terminal-routes.ts';
import {
  listArticles,
  listCases,
  listLectures,
  listLists,
  listSlides,
  readingOverview,
  soundPictures,
} from './reading/reading.ts';
import type { Services } from './services.ts';
import { staffRoutes } from './staff/staff-routes.ts';
import { hello } from './system/hello.ts';
import { getTriage, listTriages, triageTakeaway } from './triage/triage.ts';
import { speechRoutes, voiceRoutes } from './voice/voice-routes.ts';

/** Puts the contract's methods and the capabilities together; transports carry this router as it is. */
export function stationRouter(services: Services) {
  const { library, search, stations, laws, media, papers, events, staff, queue, screen, now } =
    services;
  const os = implementStation(staff, services.log, services.callFailed);
  return os.router({
    system: {
      hello: os.system.hello.handler(() => hello(services)),
      ping: os.system.ping.handler(({ input }) => ({ echo: input.echo, now: now() })),
      events: os.system.events.handler(({ signal }) => events.subscribe(signal)),
    },
    home: {
      view: os.home.view.handler(({ input }) => homeView(library, stations, input.language)),
    },
    guides: {
      list: os.guides.list.handler(({ input }) => listGuides(library, input.language)),
      get: os.guides.get.handler(({ input }) =>
        getGuide(library, stations, input.id, input.language),
      ),
      takeaway: os.guides.takeaway.handler(({ input }) => takeaway(library, stations, input.id)),
    },
    faqs: {
      list: os.faqs.list.handler(({ input }) => listFaqs(library, input.language)),
      get: os.faqs.get.handler(({ input }) => getFaq(library, input.id, input.language)),
    },
    forms: {
      list: os.forms.list.handler(({ input }) => listForms(library, input.language)),
      get: os.forms.get.handler(({ input }) =>
        library.shownOne('form-sample', input.id, input.language),
      ),
    },
    board: {
      disclosure: os.board.disclosure.handler(({ input }) =>
        disclosureBoard(library, stations, input.language),
      ),
      community: os.board.community.handler(({ input }) =>
        communityBoard(library, stations, input.language),
      ),
    },
    hotlines: {
      list: os.hotlines.list.handler(({ input }) => library.shown('hotline', input.language)),
    },
    stations: {
      current: os.stations.current.handler(({ input }) => stations.current(input.language)),
      list: os.stations.list.handler(() => stations.list()),
      get: os.stations.get.handler(({ input }) => stations.get(input.code, input.language)),
    },
    search: {
      query: os.search.query.handler(({ input }) => search.query(input)),
      suggest: os.search.suggest.handler(({ input }) => search.suggest(input.text, input.limit)),
    },
    laws: {
      overview: os.laws.overview.handler(() => laws.overview()),
      list: os.laws.list.handler(({ input }) => laws.list(input)),
      get: os.laws.get.handler(({ input }) => laws.get(input.law)),
      articles: os.laws.articles.handler(({ input }) =>
        laws.articles(input.law, input.from, input.count),
      ),
      article: os.laws.article.handler(({ input }) => laws.article(input.law, input.position)),
      byNumber: os.laws.byNumber.handler(({ input }) => laws.byNumber(input.law, input)),
      find: os.laws.find.handler(({ input }) => laws.find(input)),
      resolve: os.laws.resolve.handler(({ input }) => laws.resolve(input.citations)),
      takeaway: os.laws.takeaway.handler(({ input }) =>
        laws.takeaway(input.law, input.position, stations.name()),
      ),
    },
    people: peopleRoutes(os.people, library, stations),
    reading: {
      overview: os.reading.overview.handler(() => readingOverview(library)),
      cases: os.reading.cases.handler(({ input }) => listCases(library, input.language)),
      case: os.reading.case.handler(({ input }) =>
        library.shownOne('legal-case', input.id, input.language),
      ),
      articles: os.reading.articles.handler(({ input }) => listArticles(library, input.language)),
      article: os.reading.article.handler(({ input }) =>
        library.shownOne('article', input.id, input.language),
      ),
      lectures: os.reading.lectures.handler(({ input }) => listLectures(library, input.language)),
      lecture: os.reading.lecture.handler(({ input }) =>
        library.shownOne('event', input.id, input.language),
      ),
      lists: os.reading.lists.handler(({ input }) => listLists(library, input.language)),
      list: os.reading.list.handler(({ input }) =>
        library.shownOne('list', input.id, input.language),
      ),
      slides: os.reading.slides.handler(async ({ input }) =>
        listSlides(library, input.language, await soundPictures(library, media)),
      ),
    },
    media: {
      list: os.media.list.handler(({ input }) => listMedia(library, input.language)),
      get: os.media.get.handler(({ input }) => getMedia(library, media, input.id, input.language)),
      takeaway: os.media.takeaway.handler(({ input }) =>
        takeawayOfMedia(library, input.id, stations.name()),
      ),
    },
    triage: {
      list: os.triage.list.handler(({ input }) => listTriages(library, input.language)),
      get: os.triage.get.handler(({ input }) =>
        getTriage(library, stations, input.id, input.language),
      ),
      takeaway: os.triage.takeaway.handler(({ input }) =>
        triageTakeaway(library, stations, input.id, input.outcome),
      ),
    },
    papers: {
      printer: os.papers.printer.handler(() => papers.printer()),
      print: os.papers.print.handler(({ input }) => papers.print(input)),
      pdf: os.papers.pdf.handler(({ input }) => papers.pdf(input)),
    },
    staff: staffRoutes(os.staff, staff, () => queue.closeLeftWindows(staff.loggedIn())),
    tickets: ticketRoutes(os.tickets, services.tickets),
    queue: queueRoutes(os.queue, queue.visitor, (id) =>
      services.tickets.picture(id, () => queue.slip(id)),
    ),
    desk: deskRoutes(os.desk, queue.desk),
    hall: {
      ...hallRoutes(os.hall, queue.hall, screen),
      publicity: os.hall.publicity.handler(() => listSlides(library, 'zh-CN')),
    },
    hallVoice: voiceRoutes(os.hallVoice, services.voice),
    speech: speechRoutes(os.speech, services.pageVoice),
    lan: lanRoutes(os.lan, services.lan),
    queueTerminals: queueTerminalRoutes(os.queueTerminals, services.queueTerminals),
    enrolment: enrolmentRoutes(os.enrolment, services.enrolment),
    health: healthRoutes(os.health, services.health),
    machine: machineRoutes(os.machine, services.machine, staff),
    screen: { show: os.screen.show.handler(({ input }) => screen.show(input.look)) },
    editing: editingRoutes(os.editing, services.editing, services.preview),
  });
}
export type StationRouter = ReturnType<typeof stationRouter>;
