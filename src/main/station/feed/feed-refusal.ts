/** Why a feed was not taken although it could be read. The last good content stays in every case. */
export type FeedRefusalReason =
  /** Metadata that nobody renewed in time, or a clock that runs ahead. */
  | 'expired'
  /** Signature, threshold, version, hash or length do not hold. */
  | 'untrusted'
  /** A segment or index is not what the protocol says, or needs a newer program. */
  | 'unreadable'
  /** Much would be deleted without a person's word. */
  | 'mass-deletion'
  /** This terminal's own outlet would be gone. */
  | 'own-outlet'
  /** The rows are not those that the district has. */
  | 'digest';

/** A feed or a part of it is refused. */
export class FeedRefusal extends Error {
  override readonly name = 'FeedRefusal';
  readonly reason: FeedRefusalReason;
  /** Of a mass deletion: how many of how many records would go, and by the changes up to which. */
  readonly deletion: Deletion | undefined;
  constructor(
    reason: FeedRefusalReason,
    message: string,
    { deletion, ...options }: ErrorOptions & { readonly deletion?: Deletion } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.deletion = deletion;
  }
}

interface Deletion {
  readonly gone: number;
  readonly of: number;
  readonly top: number;
}
