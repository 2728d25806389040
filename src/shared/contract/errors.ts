/** The closed set of ways in which a call can fail; pages have one plain sentence for each (invariant 7). */
export const STATION_ERROR_KINDS = [
  /** The input does not fit the contract. */
  'bad-input',
  /** No such method: page and host are of different versions. */
  'unknown-method',
  /** The thing asked for is not there, or not for this station, or not in force today. */
  'not-found',
  /** The host did not answer in time. */
  'timeout',
  /** The host is not there or went away during the call; it is being brought back. */
  'host-gone',
  /** No printer is set up, or it cannot be reached. */
  'no-printer',
  /** The printer is there but did not take the job. */
  'printer-failed',
  /** Another paper is printing, or this terminal has printed several in the last minute. */
  'busy',
  /** The disk is full or cannot be written. */
  'disk-full',
  /** Nobody is logged in here, or the log-in has run out. */
  'not-signed-in',
  /** Whoever calls may not do this, or not from this place. */
  'not-allowed',
  /** The account or the name is already there; somebody's draft is in the way, or is not the one that was meant. */
  'taken',
  /** A fault of the program itself. */
  'internal',
] as const;
export type StationErrorKind = (typeof STATION_ERROR_KINDS)[number];

/** What a failed call throws in the page: a kind, and nothing that must not be seen on a public screen. */
export class StationError extends Error {
  readonly kind: StationErrorKind;
  constructor(kind: StationErrorKind, options?: ErrorOptions) {
    super(kind, options);
    this.name = 'StationError';
    this.kind = kind;
  }
}
