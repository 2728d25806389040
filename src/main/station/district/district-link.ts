import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { type DistrictErrorCode, districtErrorSchema } from '#shared/operations/district-error.ts';
import { OPERATION_LIMITS } from '#shared/operations/operation-limits.ts';
import {
  contentDigestHeader,
  signatureBase,
  signatureHeader,
  signatureInputHeader,
} from '#shared/operations/request-signature.ts';
import type { TerminalKey } from './terminal-key.ts';

/** What came of a request to the district. */
export type Reply =
  | { readonly state: 'answered'; readonly body: unknown }
  | {
      readonly state: 'refused';
      readonly code: DistrictErrorCode;
      readonly waitSeconds: number | undefined;
      /** The server's clock, epoch milliseconds. */
      readonly serverTime: number | undefined;
    }
  /** Nobody answered, or not as this protocol says: no word on the request. */
  | { readonly state: 'unreachable' };

/** The way to a district's server. A fake one in memory has the same shape. */
export interface DistrictLink {
  readonly request: (request: DistrictRequest) => Promise<Reply>;
}

export interface DistrictRequest {
  readonly method: 'GET' | 'POST';
  readonly path: (typeof DISTRICT_PATHS)[keyof typeof DISTRICT_PATHS];
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 60_000;
/** More than any answer to a batch of a hundred has. */
const ANSWER_BYTES = 8_000_000;

/** Talks to a server over HTTPS; `stop` breaks off what is under way. */
export function webLink(api: string, stop: AbortSignal): DistrictLink {
  return {
    request: async ({ method, path, body, headers }) => {
      try {
        const response = await fetch(`${api.replace(/\/$/, '')}${path}`, {
          method,
          headers: {
            ...headers,
            ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
          },
          ...(method === 'POST' ? { body } : {}),
          // Whoever answers must be the one who was asked; a captive portal is not.
          redirect: 'error',
          signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
        });
        return replyOf(response, await limitedText(response));
      } catch {
        return { state: 'unreachable' };
      }
    },
  };
}

function replyOf(response: Response, text: string): Reply {
  const body = parsedJson(text);
  if (response.ok && body !== undefined) return { state: 'answered', body };
  const error = districtErrorSchema.safeParse(body);
  if (!error.success) return { state: 'unreachable' };
  const wait = z.coerce.number().int().min(0).max(86_400);
  const date = Date.parse(response.headers.get('date') ?? '');
  return {
    state: 'refused',
    code: error.data.error.code,
    waitSeconds: wait.safeParse(response.headers.get('retry-after') ?? undefined).data,
    serverTime: Number.isNaN(date) ? undefined : date,
  };
}

async function limitedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array;
    length += bytes.length;
    if (length > ANSWER_BYTES) throw new Error('the answer is too long');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the server's clock is ahead of ours, for signatures only; never our clock's new time. */
export interface ServerClock {
  skewMs: number;
}

/** Who signs, and by which clock. */
export interface Signer {
  readonly terminal: string;
  readonly key: TerminalKey;
  /** This computer's clock, epoch milliseconds. */
  readonly now: () => number;
  /** What is known of the server's clock; without it the own one is signed by. */
  readonly clock?: ServerClock | undefined;
}

/**
 * Takes the server's clock from its refusal. False when that was known: signing by it helps once, and when it does not,
 * something else is wrong.
 */
export function learnClock({ clock, now }: Signer, serverTime: number | undefined): boolean {
  if (clock === undefined || serverTime === undefined) return false;
  const skewMs = serverTime - now();
  const isNew = Math.abs(skewMs - clock.skewMs) > OPERATION_LIMITS.skewSeconds * 500;
  clock.skewMs = skewMs;
  return isNew;
}

/** A request signed by the terminal's key (docs/protocol.md, 3.1); each has a nonce of its own. */
export function signedRequest(
  { terminal, key, now, clock }: Signer,
  method: 'GET' | 'POST',
  path: DistrictRequest['path'],
  body = '',
): DistrictRequest & {
  readonly created: number;
  readonly nonce: string;
  readonly signature: string;
} {
  const contentDigest = contentDigestHeader(createHash('sha256').update(body).digest('base64'));
  const created = Math.max(0, Math.floor((now() + (clock?.skewMs ?? 0)) / 1000));
  const nonce = randomBytes(18).toString('base64url');
  const input = { created, nonce, keyid: terminal };
  const signature = key
    .sign(signatureBase({ method, path, contentDigest }, input))
    .toString('base64');
  return {
    ...{ method, path, body, created, nonce, signature },
    headers: {
      'content-digest': contentDigest,
      'signature-input': signatureInputHeader(input),
      signature: signatureHeader(signature),
    },
  };
}
