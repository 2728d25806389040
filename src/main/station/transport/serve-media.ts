import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerMedia } from '../media/media-answer.ts';
import type { MediaFiles } from '../media/media-files.ts';
import type { Doors } from './doors.ts';
import { pathOf, refuse } from './serve-page.ts';

/** Answers a request for a film or pamphlet, whole or in part. */
export function serveMedia(
  doors: Doors,
  media: MediaFiles,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = '' } = request;
  if (!doors.isOwnHost(request) || (method !== 'GET' && method !== 'HEAD')) {
    refuse(response, 403);
    return;
  }
  const { range } = request.headers;
  const answer = answerMedia(media, pathOf(request), { method, range });
  if (answer === undefined) {
    refuse(response, 404);
    return;
  }
  const { status, headers, body } = answer;
  response.writeHead(status, headers);
  if (body === undefined) {
    response.end();
    return;
  }
  // A player breaks off where it has enough; a disk that fails in the middle leaves an answer that is too short.
  body.on('error', () => response.destroy());
  response.on('close', () => body.destroy());
  body.pipe(response);
}
