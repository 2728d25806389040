import type { MadePaper, Paper } from '#shared/contract/station.ts';

/** Papers that visitors take with them: PDF for screens and staff, print for the visitor. */
export interface Papers {
  readonly printer: () => Promise<{ state: 'ready' | 'none' | 'unreachable' }>;
  /** Throws `StationError` with `no-printer`, `printer-failed`, `busy` or `not-found`. */
  readonly print: (paper: Paper) => Promise<{ jobId: string }>;
  readonly pdf: (paper: MadePaper) => Promise<{ base64: string; fileName: string }>;
}
