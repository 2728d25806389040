import { implement, ORPCError } from '@orpc/server';
import { StationError } from '#shared/contract/errors.ts';
import { stationContract } from '#shared/contract/station.ts';
import { communityBoard } from './board/community-board.ts';
import { disclosureBoard } from './board/disclosure-board.ts';
import { listForms } from './forms/forms.ts';
import { getFaq, getGuide, listFaqs, listGuides, takeaway } from './guides/guides.ts';
import { homeView } from './home/home.ts';
import type { StationLog } from './log/station-log.ts';
import { search, suggestWords } from './search/search.ts';
import type { Services } from './services.ts';
import { isDiskFull } from './store/disk-full.ts';
import { hello } from './system/hello.ts';

/** Puts the contract's methods and the capabilities together; transports carry this router as it is. */
export function stationRouter(services: Services) {
  const { library, stations, papers, events, now } = services;
  const os = implement(stationContract).use(({ next, path }) =>
    answered(services.log, path.join('.'), next),
  );
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
      query: os.search.query.handler(({ input }) => search(library, input)),
      suggest: os.search.suggest.handler(({ input }) =>
        suggestWords(library, input.text, input.limit),
      ),
    },
    papers: {
      printer: os.papers.printer.handler(() => papers.printer()),
      print: os.papers.print.handler(({ input }) => papers.print(input)),
      pdf: os.papers.pdf.handler(({ input }) => papers.pdf(input)),
    },
  });
}
export type StationRouter = ReturnType<typeof stationRouter>;

/**
 * Turns whatever a handler throws into one of the closed kinds (invariant 7). A fault that nobody foresaw is logged by
 * its name and place, never shown.
 */
async function answered<Result>(
  log: StationLog,
  method: string,
  next: () => Result | PromiseLike<Result>,
): Promise<Result> {
  try {
    return await next();
  } catch (error) {
    if (error instanceof ORPCError) throw error;
    if (error instanceof StationError) throw new ORPCError(error.kind);
    if (isDiskFull(error)) throw new ORPCError('disk-full');
    log.event('handler-failed', {
      method,
      error: error instanceof Error ? error.name : 'unknown',
      at: firstFrame(error),
    });
    throw new ORPCError('internal');
  }
}

/** Where in the program an error arose, without the folder it is installed in. */
function firstFrame(error: unknown): string {
  const frame = error instanceof Error ? error.stack?.split('\n')[1] : undefined;
  return frame?.match(/([\w.-]+:\d+):\d+\)?$/)?.[1] ?? '';
}
