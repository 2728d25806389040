/** Why the host could not start; the closed set that shells and tests know. */
export type StartErrorKind =
  | 'already-running'
  | 'broken-profile'
  | 'unknown-station'
  | 'port-in-use'
  | 'bad-port'
  | 'disk-full'
  | 'no-data-folder'
  | 'newer-database'
  | 'no-page';

/** A start that failed for a reason outside the program; the message is the one sentence for the technician. */
export class StartError extends Error {
  readonly kind: StartErrorKind;
  constructor(kind: StartErrorKind, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'StartError';
    this.kind = kind;
  }
}
