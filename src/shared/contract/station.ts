import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { editingContract } from './editing.ts';
import { enrolmentContract } from './enrolment.ts';
import { hallVoiceContract } from './hall-voice.ts';
import { healthContract } from './health.ts';
import { lanContract } from './lan.ts';
import { lawsContract } from './laws.ts';
import { machineContract } from './machine.ts';
import { mediaContract } from './media.ts';
import { peopleContract } from './people.ts';
import { deskContract, hallContract, queueContract } from './queue.ts';
import { queueTerminalsContract } from './queue-terminals.ts';
import { readingContract } from './reading.ts';
import { screenContract } from './screen.ts';
import { searchContract } from './search.ts';
import { speechContract } from './speech.ts';
import { staffContract } from './staff.ts';
import { ticketPrintingContract } from './ticket-printing.ts';
import { triageContract } from './triage.ts';
import {
  communityBoardSchema,
  disclosureBoardSchema,
  faqSummarySchema,
  faqViewSchema,
  formSampleViewSchema,
  formSummarySchema,
  helloSchema,
  homeViewSchema,
  hotlineViewSchema,
  pageLanguageSchema,
  serviceSummarySchema,
  serviceViewSchema,
  stationSummarySchema,
  stationViewSchema,
} from './views.ts';

const language = z.object({ language: pageLanguageSchema });
const byId = language.extend({ id: z.string().min(1).max(80) });

/**
 * A paper that this program makes: a form sample, the one-time notice of a guide, an article of a law, an article as a
 * pamphlet, a person's contact card, an end of the plain questions.
 */
export const madePaperSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('form-sample'), id: z.string().max(80), filled: z.boolean() }),
  z.object({ type: z.literal('one-time-notice'), id: z.string().max(80) }),
  z.object({
    type: z.literal('law-article'),
    /** Of the law. */
    id: z.string().max(160),
    position: z.int().min(0).max(1_000_000),
  }),
  z.object({ type: z.literal('pamphlet'), id: z.string().max(80) }),
  z.object({ type: z.literal('contact-card'), id: z.string().max(80) }),
  z.object({
    type: z.literal('triage-end'),
    id: z.string().max(80),
    outcome: z.string().max(80),
  }),
]);
export type MadePaper = z.infer<typeof madePaperSchema>;

/** Any paper that can be printed: one that is made, or a pamphlet that came as a file and is printed as it is. */
export const paperSchema = z.discriminatedUnion('type', [
  ...madePaperSchema.options,
  z.object({ type: z.literal('media'), id: z.string().max(80) }),
]);
export type Paper = z.infer<typeof paperSchema>;

export const printerStatusSchema = z.object({
  state: z.enum(['ready', 'none', 'unreachable']),
});

/** What the host tells open pages without being asked. */
export const stationEventSchema = z.discriminatedUnion('type', [
  /** Content changed; pages read again what they show, but never while a visitor is reading. */
  z.object({ type: z.literal('content-changed') }),
  /** A ticket printer or a print job is in another state than before; pages that show one ask anew. */
  z.object({ type: z.literal('printing-changed') }),
  /** Sent every 15 s, so that a page can tell a quiet host from a dead one. */
  z.object({
    type: z.literal('alive'),
    now: z.number(),
    /** There outside of the screen's hours, while nobody waits and the station is closed. */
    screenMayRest: z.literal(true).optional(),
  }),
]);
export type StationEvent = z.infer<typeof stationEventSchema>;

/**
 * The one contract between pages and the station host, over every transport: in process, WebSocket, MessagePort.
 * Every call is validated on the way in and out; failures have the closed kinds of `errors.ts`.
 */
export const stationContract = {
  system: {
    hello: oc.output(helloSchema),
    ping: oc
      .input(z.object({ echo: z.string().max(100) }))
      .output(z.object({ echo: z.string(), now: z.number() })),
    events: oc.output(eventIterator(stationEventSchema)),
  },
  home: { view: oc.input(language).output(homeViewSchema) },
  guides: {
    list: oc.input(language).output(z.array(serviceSummarySchema)),
    get: oc.input(byId).output(serviceViewSchema),
    /** The one-time notice as plain text for a QR code that works without any network, at most 900 bytes of UTF-8. */
    takeaway: oc.input(byId).output(z.object({ text: z.string() })),
  },
  faqs: {
    list: oc.input(language).output(z.array(faqSummarySchema)),
    get: oc.input(byId).output(faqViewSchema),
  },
  forms: {
    list: oc.input(language).output(z.array(formSummarySchema)),
    get: oc.input(byId).output(formSampleViewSchema),
  },
  board: {
    disclosure: oc.input(language).output(disclosureBoardSchema),
    community: oc.input(language).output(communityBoardSchema),
  },
  hotlines: { list: oc.input(language).output(z.array(hotlineViewSchema)) },
  stations: {
    current: oc.input(language).output(stationViewSchema),
    list: oc.input(language).output(z.array(stationSummarySchema)),
    get: oc.input(language.extend({ code: z.string().max(20) })).output(stationViewSchema),
  },
  search: searchContract,
  laws: lawsContract,
  people: peopleContract,
  triage: triageContract,
  reading: readingContract,
  media: mediaContract,
  papers: {
    printer: oc.output(printerStatusSchema),
    /** Queues a paper on the document printer; resolves when the print system has taken it whole. */
    print: oc.input(paperSchema).output(z.object({ jobId: z.string() })),
    pdf: oc.input(madePaperSchema).output(z.object({ base64: z.string(), fileName: z.string() })),
  },
  staff: staffContract,
  tickets: ticketPrintingContract,
  queue: queueContract,
  desk: deskContract,
  hall: hallContract,
  hallVoice: hallVoiceContract,
  lan: lanContract,
  queueTerminals: queueTerminalsContract,
  enrolment: enrolmentContract,
  speech: speechContract,
  health: healthContract,
  machine: machineContract,
  screen: screenContract,
  editing: editingContract,
};
export type StationContract = typeof stationContract;
