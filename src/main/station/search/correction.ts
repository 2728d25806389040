/** Characters that sound like known words and were put in their place. */
export interface Correction {
  readonly said: string;
  readonly read: string;
}
