import { z } from 'zod';

/**
 * What a shell and the host process that it started say to each other, beside the pages' own calls. Over a Node child's
 * IPC channel or an Electron utility process, the messages are the same.
 */
export const hostOptionsSchema = z.object({
  dataDir: z.string().min(1),
  profileDir: z.string().min(1),
  station: z.string().optional(),
  /** Folder of the built pages; with `port` the host serves them over HTTP on loopback. */
  pageDir: z.string().optional(),
  /** 0 takes any free port; absent means no HTTP at all, unless a listener is handed over. */
  port: z.int().min(0).max(65_535).optional(),
  /** The shell listens already and hands its listener over in its first message: a browser can start together with the host. */
  listenerHanded: z.boolean().optional(),
  programVersion: z.string(),
  /** A fixed start for the clock, ISO 8601, for pictures and tests; time runs on from it. */
  startAt: z.iso.datetime({ offset: true }).optional(),
});
export type HostProcessOptions = z.infer<typeof hostOptionsSchema>;

/** What a shell can say of its outlet when pages cannot. */
export const stationCardSchema = z.object({ name: z.string(), phone: z.string().optional() });
export type StationCard = z.infer<typeof stationCardSchema>;

/** From host to shell. */
export const hostReportSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    url: z.string().optional(),
    station: stationCardSchema.optional(),
    /** One sentence for the technician when it runs, but not as it was asked to. */
    warning: z.string().optional(),
  }),
  z.object({ type: z.literal('failed'), kind: z.string(), sentence: z.string() }),
  z.object({ type: z.literal('pong'), n: z.number() }),
  /** How many pages are connected to the web server and have been heard lately; sent whenever that changes. */
  z.object({ type: z.literal('pages'), count: z.int() }),
  /** Each minute: whether nobody waits and no window is open, so that a restart would be in nobody's way. */
  z.object({ type: z.literal('rest'), isAtRest: z.boolean() }),
]);
export type HostReport = z.infer<typeof hostReportSchema>;

/** From shell to host. */
export const hostOrderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ping'), n: z.number() }),
  z.object({ type: z.literal('stop') }),
]);
export type HostOrder = z.infer<typeof hostOrderSchema>;

/** A page's messages through the shell: `open` and `close` go down only, `data` both ways. */
export const pageFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), page: z.int() }),
  z.object({ type: z.literal('data'), page: z.int(), data: z.string() }),
  z.object({ type: z.literal('close'), page: z.int() }),
]);
export type PageFrame = z.infer<typeof pageFrameSchema>;

/** Exit status of a host that could not start for a reason outside the program; shells do not try it again. */
export const EXIT_CANNOT_START = 3;
