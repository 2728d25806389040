import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream';
import fastifyStatic from '@fastify/static';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OFFICE_HEADER, OFFICE_PREFIX } from '#shared/contract/office.ts';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import type { FeedState } from '../content/feed-writer.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { openTurns } from '../folder/turns.ts';
import { endLogIn, loggedIn } from '../office/log-ins.ts';
import type { PreviewProgram } from '../preview/preview-program.ts';
import { catchFaults, faultEncoder } from './answer-fault.ts';
import { type OfficeContext, officeRouter } from './office-router.ts';
import { refuseServiceKey } from './serve-services.ts';

/** What the admin pages need beside the district. */
export interface OfficeParts {
  readonly district: District;
  readonly onFault: (fault: unknown) => void;
  /** Folder of the built pages; absent when there are none. */
  readonly pages: string | undefined;
  readonly feed: () => FeedState;
  readonly preview: PreviewProgram;
}

const PAGE_POLICY = PAGE_HEADERS['content-security-policy'] ?? '';
const NO_FRAME = "frame-ancestors 'none'";
const MINUTE = 60_000;
const CALLS_PER_MINUTE = 600;
const LOG_INS_PER_MINUTE = 30;
/** Each may hold a processor for minutes, and the terminals need one. */
const ARCHIVES_AT_ONCE = 2;
/** A bundle's file, with some room for how it is written. */
const BUNDLE_BYTES = 24_000_000;
/** A table's file as base64, and what stands around it. */
const TABLE_BYTES = 5_700_000;

/** A piece of a file as base64, and what stands around it. */
const PIECE_BYTES = 2 * MEDIA_LIMITS.pieceBytes;

/** Answers the admin pages and their calls. */
export async function serveOffice(app: FastifyInstance, parts: OfficeParts): Promise<void> {
  const handler = new OpenAPIHandler<OfficeContext>(officeRouter, {
    customErrorResponseBodyEncoder: faultEncoder,
    interceptors: [catchFaults(parts.onFault)],
  });
  const turns = openTurns(ARCHIVES_AT_ONCE);
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    assertPlainPath(request.url);
    refuseServiceKey(request);
    assertOwnPage(request, parts.district.settings.publicUrl);
    const context = { ...(await contextOf(request, reply, parts)), turns };
    const { matched } = await handler.handle(request, reply, { context });
    if (!matched) throw new DistrictFault('not-found');
  };
  const limit = (max: number) => ({ config: { rateLimit: { max, timeWindow: MINUTE } } });
  app.all(`${OFFICE_PREFIX}/*`, limit(CALLS_PER_MINUTE), answer);
  app.post(`${OFFICE_PREFIX}/log-in`, limit(LOG_INS_PER_MINUTE), answer);
  app.post(`${OFFICE_PREFIX}/invitation`, limit(LOG_INS_PER_MINUTE), answer);
  app.post(`${OFFICE_PREFIX}/invitation/accept`, limit(LOG_INS_PER_MINUTE), answer);
  const bundle = { ...limit(LOG_INS_PER_MINUTE), bodyLimit: BUNDLE_BYTES };
  app.post(`${OFFICE_PREFIX}/terminals/bundle`, bundle, answer);
  const table = { ...limit(LOG_INS_PER_MINUTE), bodyLimit: TABLE_BYTES };
  app.post(`${OFFICE_PREFIX}/tables/:kind`, table, answer);
  const file = { ...limit(CALLS_PER_MINUTE), bodyLimit: PIECE_BYTES };
  app.post(`${OFFICE_PREFIX}/drafts/:id/file`, file, answer);
  app.post(`${OFFICE_PREFIX}/folder/pieces`, file, answer);
  // Each reads or writes a whole archive.
  app.get(`${OFFICE_PREFIX}/folder`, limit(LOG_INS_PER_MINUTE), answer);
  for (const order of ['look', 'take'])
    app.post(`${OFFICE_PREFIX}/folder/${order}`, limit(LOG_INS_PER_MINUTE), answer);
  if (parts.pages !== undefined) await servePages(app, parts.pages);
}

async function servePages(app: FastifyInstance, pages: string): Promise<void> {
  const page = (path: string, name: string, policy: string) => {
    const content = readFileSync(join(pages, name, 'index.html'));
    app.get(path, async (_request, reply) => {
      void reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
      void reply.header('content-security-policy', policy);
      return content;
    });
  };
  page('/admin/', 'office', `${PAGE_POLICY}; frame-src 'self'`);
  // Drawn inside the page above, by nobody else. Pages look for their assets one folder up.
  page('/preview/', 'preview', PAGE_POLICY.replace(NO_FRAME, "frame-ancestors 'self'"));
  app.get('/admin', async (_request, reply) => reply.redirect('/admin/', 308));
  app.get('/', async (_request, reply) => reply.redirect('/admin/', 308));
  await app.register(fastifyStatic, {
    root: join(pages, 'assets'),
    prefix: '/assets/',
    index: false,
    decorateReply: false,
    immutable: true,
    maxAge: '365d',
  });
}

/** A route has limits under its own name: none of ours is written another way, as with a slash at its end or with `%2D`. */
function assertPlainPath(url: string): void {
  const path = url.split('?', 1)[0] ?? '';
  if (/%|\/\/|\/$/.test(path)) throw new DistrictFault('not-found');
}

/** No page of another site may act with somebody's log-in: it can neither set this header nor hide where it is from. */
function assertOwnPage({ method, headers }: FastifyRequest, publicUrl: string): void {
  const isForeign = headers.origin !== undefined && headers.origin !== new URL(publicUrl).origin;
  if (isForeign || (method !== 'GET' && headers[OFFICE_HEADER] === undefined))
    throw new DistrictFault('not-allowed');
}

async function contextOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { district, feed, preview }: OfficeParts,
): Promise<Omit<OfficeContext, 'turns'>> {
  const cookie = cookieOf(district.settings.publicUrl);
  const token = readCookie(request.headers.cookie, cookie.name);
  return {
    district,
    ...{ feed, preview, range: request.headers.range },
    onAnswered: (act) => void finished(reply.raw, act),
    address: request.ip,
    me: token === undefined ? undefined : await loggedIn(district, token),
    setToken: (next) => void reply.header('set-cookie', cookie.write(next)),
    endLogIn: async () => {
      if (token !== undefined) await endLogIn(district, token);
    },
  };
}

/** Over HTTPS the cookie can be set by nobody but this host; on loopback, without it, for trying things out. */
function cookieOf(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https:');
  const name = isSecure ? '__Host-office' : 'office';
  const rules = `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
  return {
    name,
    write: (token: string | undefined) =>
      token === undefined ? `${name}=; ${rules}; Max-Age=0` : `${name}=${token}; ${rules}`,
  };
}

function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = header?.split(';').map((pair) => pair.trim().split('=')) ?? [];
  const value = pairs.find(([found]) => found === name)?.[1];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}
