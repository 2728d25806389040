import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';

/** A piece of a file, as the server takes it. */
export interface SentPiece {
  /** Names the file among those of this person. */
  readonly upload: string;
  readonly at: number;
  readonly bytes: number;
  readonly base64: string;
}

/**
 * Hands a file in piece by piece: it needs no long request, and the person sees how far it is. Gives what the server answered to the
 * last piece, and the name of the upload.
 */
export async function sendPieces<Answer extends { readonly received: number }>(
  file: File,
  send: (piece: SentPiece) => Promise<Answer>,
  onPercent: (percent: number) => void,
): Promise<{ readonly upload: string; readonly last: Answer }> {
  const upload = crypto.randomUUID();
  for (let at = 0; ; ) {
    const piece = file.slice(at, at + MEDIA_LIMITS.pieceBytes);
    const base64 = await base64Of(piece);
    const last = await send({ upload, at, bytes: file.size, base64 });
    if (last.received >= file.size) return { upload, last };
    at = last.received;
    onPercent(Math.floor((100 * at) / file.size));
  }
}

async function base64Of(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let binary = '';
  // In spans: a call takes no millions of arguments.
  for (let at = 0; at < bytes.length; at += SPAN)
    binary += String.fromCharCode(...bytes.subarray(at, at + SPAN));
  return btoa(binary);
}

const SPAN = 32_768;
