import type { SearchKind } from '#shared/contract/search.ts';
import { mediaPath } from '#shared/media/media-path.ts';
import type { Profile } from '#shared/profile/profile.ts';
import type { Library, LibraryOptions } from '../content/library.ts';
import type { StationLog } from '../log/station-log.ts';
import { openTickets } from '../printing/open-tickets.ts';
import { openQueue } from '../queue/open-queue.ts';
import { ticketSlips } from '../queue/ticket-slips.ts';
import type { TakeOrder } from '../queue/visitor-queue.ts';
import { listSlides } from '../reading/reading.ts';
import { indexEverything } from '../search/indexing.ts';
import { openSearch } from '../search/search.ts';
import type { Stations } from '../stations/stations.ts';
import { openDatabase } from '../store/open-database.ts';
import type { WritableDb } from '../store/sql.ts';

/** What methods are given; which of it there is, the contract says. */
interface Asked extends TakeOrder {
  readonly id: string;
  readonly jobId: string;
  readonly text: string;
  readonly kinds?: readonly SearchKind[] | undefined;
  readonly limit: number;
}

/** The terminal that a scene stands for. */
export interface SceneParts extends Omit<LibraryOptions, 'db'> {
  readonly db: WritableDb;
  readonly library: Library;
  readonly stations: Stations;
}

/** What pages ask beyond records: search, publicity, a number. Each part is opened when it is first asked for. */
export interface SceneMethods {
  readonly methods: Readonly<Record<string, (asked: Asked) => unknown>>;
  readonly close: () => void;
}

export function sceneMethods(parts: SceneParts): SceneMethods {
  const search = once(() => sceneSearch(parts));
  const hall = once(() => sceneHall(parts));
  return {
    methods: {
      'search.query': (asked) => search().query(asked),
      'search.suggest': ({ text, limit }) => search().suggest(text, limit),
      'reading.slides': ({ language }) => listSlides(parts.library, language, pictures(parts)),
      'queue.state': ({ language }) => hall().queue.visitor.state(language),
      'queue.take': (order) => hall().queue.visitor.take(order),
      'queue.ticket': ({ id, language }) => hall().queue.visitor.ticket(id, language),
      'queue.slip': ({ id }) => hall().tickets.picture(id, () => hall().queue.slip(id)),
      'tickets.printers': () => hall().tickets.printers(),
      'tickets.job': ({ jobId }) => hall().tickets.job(jobId),
      'tickets.reprint': ({ jobId }) => hall().tickets.reprint(jobId),
    },
    close: () => hall.opened()?.close(),
  };
}

/** Finds the scene's records; the statutes of a terminal are none. */
function sceneSearch({ db, library, ...settings }: SceneParts) {
  indexEverything(db, settings);
  return openSearch(db, library);
}

/** Pictures by their records; whether their files are there, the district knows. */
function pictures({ library }: SceneParts): ReadonlyMap<string, string> {
  const images = library.records('media').filter(({ body }) => body.type === 'image');
  return new Map(images.map(({ id, body }) => [id, mediaPath(body)]));
}

/** Numbers as the terminal gives them, from a queue in which nobody else waits, on printers that use no paper. */
function sceneHall({ library, stations, profile, now }: SceneParts) {
  const db = openDatabase(':memory:', 'station');
  const tickets = openTickets({
    ...{ db, now, log: SILENT, changed: () => {} },
    printer: onNoPaper(profile.printer),
    station: () => stations.name(),
  });
  const queue = openQueue({
    ...{ db, library, stations, now, log: SILENT, reserveFile: undefined },
    slips: ticketSlips(tickets),
  });
  const close = () => {
    queue.stop();
    void tickets.close().then(() => db.write.close());
  };
  return { queue, tickets, close };
}

function onNoPaper(printer: Profile['printer']): Profile['printer'] {
  const tickets = printer.tickets.map((one) => ({ ...one, address: 'preview:' }));
  return { ...printer, tickets };
}

const SILENT: StationLog = { event: () => {}, close: async () => {} };

function once<Part>(open: () => Part): { (): Part; opened: () => Part | undefined } {
  let part: Part | undefined;
  const get = () => {
    part ??= open();
    return part;
  };
  return Object.assign(get, { opened: () => part });
}
