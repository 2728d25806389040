import type { Library } from './content/library.ts';
import type { Enrolment } from './district/enrolment.ts';
import type { Health } from './doctor/health.ts';
import type { Editing } from './editing/editing.ts';
import type { Preview } from './editing/editing-routes.ts';
import type { Lan } from './lan/lan.ts';
import type { Laws } from './laws/laws.ts';
import type { StationLog } from './log/station-log.ts';
import type { Machine } from './machine/machine.ts';
import type { MediaFiles } from './media/media-files.ts';
import type { Papers } from './papers/papers.ts';
import type { TicketPrinting } from './printing/ticket-printing.ts';
import type { Queue } from './queue/open-queue.ts';
import type { QueueTerminals } from './queue/terminals/queue-terminals.ts';
import type { Screen } from './screen/screen.ts';
import type { Search } from './search/search.ts';
import type { Staff } from './staff/staff.ts';
import type { Stations } from './stations/stations.ts';
import type { StationEvents } from './system/events.ts';
import type { HallVoice } from './voice/hall-voice.ts';
import type { PageVoice } from './voice/page-voice.ts';

/** What the handlers work with; one per host. */
export interface Services {
  readonly library: Library;
  readonly search: Search;
  readonly stations: Stations;
  readonly laws: Laws;
  readonly media: MediaFiles;
  readonly papers: Papers;
  readonly staff: Staff;
  readonly tickets: TicketPrinting;
  readonly queue: Queue;
  readonly queueTerminals: QueueTerminals;
  readonly voice: HallVoice;
  readonly pageVoice: PageVoice;
  readonly lan: Lan;
  readonly enrolment: Enrolment;
  readonly health: Health;
  readonly machine: Machine;
  readonly screen: Screen;
  readonly editing: Editing;
  readonly preview: Preview;
  readonly events: StationEvents;
  readonly log: StationLog;
  readonly now: () => number;
  readonly programVersion: string;
  /** The deployment's files are faulty; what they last gave is shown. */
  readonly isContentStale: () => boolean;
  /** Told when a call failed for a reason that nobody foresaw. */
  readonly callFailed: () => void;
}
