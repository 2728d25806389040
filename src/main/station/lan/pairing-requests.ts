import type { IncomingMessage, ServerResponse } from 'node:http';
import { type PairAnswer, pairRequestSchema } from '#shared/contract/lan.ts';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import type { WritableDb } from '../store/sql.ts';
import { refuse } from '../transport/serve-page.ts';
import { deviceOfToken, type Pairing, pair } from './devices.ts';

/** `__Host-`: over TLS only, for this host alone, for every path (RFC 6265bis). */
const COOKIE = '__Host-kiosk-device';
/** 400 days, the longest that browsers keep one. */
const COOKIE_SECONDS = 400 * 86_400;
const MAX_BODY_BYTES = 1024;

export const PAIR_PATH = '/pair';

/** `GET /pair`: whether this device is paired. `POST /pair`: pairs it with a code. */
export async function answerPairing(
  { db, now, isOwnOrigin }: { db: WritableDb; now: () => number; isOwnOrigin: boolean },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') {
    const device = deviceOf(db, request, now());
    const answer: PairAnswer =
      device === undefined
        ? { state: 'not-paired' }
        : { state: 'paired', kind: device.kind, name: device.name };
    send(response, { answer });
    return;
  }
  const code = request.method === 'POST' && isOwnOrigin ? await codeOf(request) : undefined;
  if (code === undefined) refuse(response, 403);
  else send(response, pair(db, code, request.socket.remoteAddress ?? '', now()));
}

/** The paired device that sends a request, by its cookie. */
export function deviceOf(db: WritableDb, request: IncomingMessage, now: number) {
  const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  const token = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return token === undefined ? undefined : deviceOfToken(db, token, now);
}

function send(response: ServerResponse, { answer, token }: Pairing): void {
  if (token !== undefined)
    response.setHeader(
      'set-cookie',
      `${COOKIE}=${token}; Max-Age=${COOKIE_SECONDS}; Path=/; Secure; HttpOnly; SameSite=Strict`,
    );
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(answer));
}

async function codeOf(request: IncomingMessage): Promise<string | undefined> {
  if (request.headers['content-type'] !== 'application/json') return undefined;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part as Uint8Array);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) return undefined;
    parts.push(bytes);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
    return pairRequestSchema.safeParse(body).data?.code;
  } catch {
    return undefined;
  }
}
