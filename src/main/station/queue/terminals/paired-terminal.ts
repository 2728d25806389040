/** A terminal that was paired with the host. */
export interface PairedTerminal {
  readonly id: string;
  /** 1 to 4; decides which numbers are its own when it has no block. */
  readonly ordinal: number;
}
