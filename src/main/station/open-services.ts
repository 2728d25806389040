import { join } from 'node:path';
import { newestPublication } from './content/content-store.ts';
import { type LibraryOptions, openLibrary } from './content/library.ts';
import { openEnrolment } from './district/enrolment.ts';
import type { PushTrouble } from './district/push-outbox.ts';
import { thisComputer } from './doctor/computer.ts';
import { openHealth } from './doctor/health.ts';
import { openEditing } from './editing/editing.ts';
import { openPreview } from './editing/preview.ts';
import { openLan } from './lan/lan.ts';
import { openLaws } from './laws/laws.ts';
import type { StationLog } from './log/station-log.ts';
import { openMachine } from './machine/machine.ts';
import type { MediaFiles } from './media/media-files.ts';
import { openPapers } from './papers/open-papers.ts';
import { openTickets } from './printing/open-tickets.ts';
import { isHallAtRest } from './queue/at-rest.ts';
import { openQueue } from './queue/open-queue.ts';
import { openQueueTerminals } from './queue/terminals/queue-terminals.ts';
import { ticketSlips } from './queue/ticket-slips.ts';
import { openScreen } from './screen/screen.ts';
import { setHours } from './screen/set-hours.ts';
import { openSearch } from './search/search.ts';
import type { Services } from './services.ts';
import { openStaff } from './staff/staff.ts';
import { openStations } from './stations/stations.ts';
import type { WritableDb } from './store/sql.ts';
import { startEvents } from './system/events.ts';
import { espeak } from './voice/espeak.ts';
import { openHallVoice } from './voice/hall-voice.ts';
import { openPageVoice } from './voice/page-voice.ts';

/** What the capabilities need beside the content. */
export interface ServiceOptions {
  readonly dataDir: string;
  /** Films, pamphlets and pictures that lie on this terminal. */
  readonly media: MediaFiles;
  readonly stationDb: WritableDb;
  readonly cache: WritableDb;
  readonly log: StationLog;
  readonly programVersion: string;
  /** By which log-ins grow old, milliseconds; the computer's own when absent. */
  readonly uptime?: (() => number) | undefined;
  readonly isContentStale: () => boolean;
  /** Told when a call failed for a reason that nobody foresaw. */
  readonly callFailed: () => void;
  /** Why nothing goes to the district any more, if so. */
  readonly districtTrouble: () => PushTrouble | undefined;
  /** When the district's content was last read and found sound, epoch milliseconds. */
  readonly feedCheckedAt: () => number | undefined;
  /** The share of the feed's first fill that has been fetched, 0 to 1; undefined while none goes on. */
  readonly feedFilled: () => number | undefined;
  /** Told when this terminal has just been enrolled with a district. */
  readonly onEnrolled: () => void;
  /** Runs before a change of content is committed: what follows from it. */
  readonly beforeCommit: () => void;
  /** Told when the station itself changed what is shown. */
  readonly onOwnContent: () => void;
}

/** Opens every capability of a station, in the order in which they need each other. */
export function openServices(settings: LibraryOptions, options: ServiceOptions): Services {
  const { dataDir, media, stationDb, cache, log, programVersion, isContentStale } = options;
  const { db, station, now, profile } = settings;
  const library = openLibrary(settings);
  const stations = openStations(db, library);
  const laws = openLaws(db, library);
  const events = startEvents(
    now,
    () => newestPublication(db),
    () => screen.mayRest(),
  );
  const tickets = openTickets({
    db: stationDb,
    printer: profile.printer,
    station: () => stations.name(),
    now,
    log,
    changed: () => events.printingChanged(),
  });
  const queue = openQueue({
    db: stationDb,
    library,
    stations,
    now,
    log,
    reserveFile: join(dataDir, 'queue-numbers.json'),
    slips: ticketSlips(tickets),
  });
  const health = openHealth({
    ...{ dataDir, db: stationDb, cache: db, library, stations, tickets, now, programVersion },
  });
  const screen = openScreen({
    ...{ db: stationDb, now, library, stations, computer: thisComputer },
    hours: setHours(thisComputer),
    isAtRest: () => isHallAtRest(queue.hall.view()),
  });
  return {
    library,
    search: openSearch(db, library),
    stations,
    laws,
    media,
    papers: openPapers({
      library,
      stations,
      laws,
      media,
      db: stationDb,
      printer: profile.printer.document,
      now,
      log,
    }),
    enrolment: openEnrolment({
      ...{ db: stationDb, cache: options.cache, dataDir, station, now },
      checkedAt: options.feedCheckedAt,
      filled: options.feedFilled,
      enrolled: options.onEnrolled,
    }),
    staff: openStaff({ db: stationDb, station, now, uptime: options.uptime }),
    tickets,
    lan: openLan(stationDb, now),
    queue,
    queueTerminals: openQueueTerminals({ db: stationDb, dataDir, now }),
    voice: openHallVoice({
      callOf: queue.hall.call,
      speak: espeak(),
      recordings: join(dataDir, 'voice'),
    }),
    pageVoice: openPageVoice(),
    health,
    machine: openMachine({
      ...{ db: stationDb, dataDir, station, programVersion, now },
      ...{ doctor: health.doctor, computer: thisComputer },
    }),
    screen,
    editing: openEditing({
      ...{ db: stationDb, cache, station, now, library, stations },
      ...{ beforeCommit: options.beforeCommit, districtTrouble: options.districtTrouble },
      changed: () => {
        events.contentChanged();
        options.onOwnContent();
      },
    }),
    preview: openPreview(settings, cache),
    events,
    log,
    now,
    programVersion,
    isContentStale,
    callFailed: options.callFailed,
  };
}
