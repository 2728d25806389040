/** An open way to a printer that carries bytes. None of its functions throws. */
export interface PrinterStream {
  /**
   * Hands bytes over; true when the operating system (on a serial line: the line itself) has taken all of them, false when
   * the way broke or `withinMs` passed.
   */
  readonly send: (bytes: Buffer, withinMs: number) => Promise<boolean>;
  /** Names who hears what the printer says. One listener. */
  readonly listen: (heard: (bytes: Buffer) => void) => void;
  /** Resolves when the way breaks or ends. */
  readonly broken: Promise<void>;
  /**
   * Closes in order; true when that proves that the other side has taken everything (a network printer ends the
   * connection in turn, a device lets itself be closed). Cut off after `withinMs`.
   */
  readonly close: (withinMs: number) => Promise<boolean>;
}

/** Opens the way; undefined when it cannot be opened within the time. No byte has left then. */
export type OpenStream = (withinMs: number) => Promise<PrinterStream | undefined>;
