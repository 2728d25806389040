/** What became of handing a paper to the print system. */
export type Handover =
  /** The print system has all of it; `request` names it there. */
  | { readonly state: 'taken'; readonly request: string }
  /** It took nothing, provably. */
  | { readonly state: 'refused' }
  /** Nobody can say whether something was taken. */
  | { readonly state: 'unknown' };

/** Where a request stands. `lost`: given up by the print system, or no longer known to it. */
export type RequestState = 'waiting' | 'troubled' | 'done' | 'lost' | 'unknown';

/** A print system with one printer. None of its functions throws. */
export interface Spooler {
  readonly status: () => Promise<'ready' | 'unreachable'>;
  readonly submit: (document: Buffer, title: string) => Promise<Handover>;
  readonly requestState: (request: string) => Promise<RequestState>;
  /** Takes a request back, so that it cannot come out when nobody expects it any more. */
  readonly cancel: (request: string) => Promise<void>;
}
