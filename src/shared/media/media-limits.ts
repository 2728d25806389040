import type { MediaBody } from '../content/kinds/media.ts';

/** Limits of files that a district hands out (docs/protocol.md, 2.6). */
export const MEDIA_LIMITS = {
  /** Bytes of one file, by its type: a pamphlet is drawn by the page itself, a film goes over the line of each terminal. */
  fileBytes: {
    image: 10_000_000,
    pdf: 50_000_000,
    audio: 100_000_000,
    video: 500_000_000,
  } satisfies Readonly<Record<MediaBody['type'], number>>,
  /** Bytes of all files of a division: what fits on a stick and on the smallest terminal. */
  divisionBytes: 4_000_000_000,
  /** Files of a division: their list stays small enough to be read whole at each change of it. */
  divisionFiles: 1_000,
  /** Room that is left on a disk; a file that would take of it is not fetched or taken in. */
  roomBytes: 2 * 1024 ** 3,
  /** Bytes of a piece of an upload. */
  pieceBytes: 3_000_000,
} as const;
