import { join } from 'node:path';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { PROTOCOL } from '#shared/operations/operation.ts';
import { OPERATION_LIMITS } from '#shared/operations/operation-limits.ts';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, sql } from '../store/sql.ts';
import { openNonces } from '../terminals/terminal-signature.ts';
import {
  asContractError,
  asFault,
  faultEncoder,
  sendFault,
  setRetryAfter,
} from './answer-fault.ts';
import { describeApi } from './describe-api.ts';
import type { Metrics } from './metrics.ts';
import { readJson } from './read-json.ts';
import type { TerminalContext } from './request-context.ts';
import { type OfficeParts, serveOffice } from './serve-office.ts';
import { refuseServiceKey, serveServices } from './serve-services.ts';
import { serveTimestamp } from './serve-timestamp.ts';
import { terminalRouter } from './terminal-router.ts';

/** What the server needs beside the district itself. */
export interface ServerParts extends OfficeParts {
  readonly metrics: Metrics;
  /** Whether a proxy on another computer is in front. */
  readonly behindProxy: boolean;
  /** Asked of whoever reads the figures from another computer. */
  readonly metricsToken: string | undefined;
  readonly version: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as sent. */
    rawBody?: Buffer;
  }
}

const NO_HEADERS = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
};
const MINUTE = 60_000;
const HOUR = 3_600_000;
/** Requests a minute from one address: an office behind one address has several terminals. */
const PER_ADDRESS = 1_200;
const PER_TERMINAL = 60;
const ENROLMENTS_PER_HOUR = 20;
/** So many requests at a time; more are asked to come later. */
const AT_A_TIME = 256;

/** Puts the server together; the caller lets it listen. */
export async function openServer(parts: ServerParts): Promise<FastifyInstance> {
  const { district, metrics } = parts;
  const app = fastify({
    bodyLimit: OPERATION_LIMITS.batchBytes,
    // One proxy is believed about who is behind it, and never what a caller says of itself.
    trustProxy: parts.behindProxy ? (_address, hop) => hop === 0 : 'loopback',
    // Faults are logged by `onFault`, which writes no personal data.
    logger: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    // A half-sent request does not hold a connection for ever.
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
  });
  readBodies(app);
  answerFaults(app, parts);
  countRequests(app, metrics);
  const load = limitLoad(app);
  await app.register(fastifyRateLimit, {
    global: true,
    max: PER_ADDRESS,
    timeWindow: MINUTE,
    addHeaders: NO_HEADERS,
    errorResponseBuilder: (_request, { ttl }) =>
      new DistrictFault('too-many', undefined, Math.ceil(ttl / 1000)),
  });
  serveTimestamp(app, district.settings.feedFolder);
  await serveFeed(app, district.settings.feedFolder);
  serveState(app, parts);
  serveTerminals(app, parts, load);
  serveServices(app, parts);
  await serveOffice(app, parts);
  return app;
}

/** Bodies are JSON, read once, with their bytes kept for the signature. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done) => {
      request.rawBody = body;
      try {
        done(null, readJson(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function answerFaults(app: FastifyInstance, { onFault }: ServerParts): void {
  app.setErrorHandler((error, _request, reply) => sendFault(reply, asFault(error, onFault)));
  app.setNotFoundHandler((request, reply) => {
    // Terminals ask for the root that is not there yet; no cache may go on saying so.
    if (request.url.startsWith('/feed/')) void reply.header('cache-control', 'no-cache');
    return sendFault(reply, new DistrictFault('not-found'));
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    // Files of the feed are polled by thousands: no header that a program does not need.
    if (!request.url.startsWith('/feed/')) addPageHeaders(reply);
    done(null, payload);
  });
}

function addPageHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(PAGE_HEADERS))
    if (!reply.hasHeader(name)) void reply.header(name, value);
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
}

function countRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requestDone(route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}

/** A server with too much to do says so at once, rather than answer everybody too late. Gives the share of places taken. */
function limitLoad(app: FastifyInstance): () => number {
  let working = 0;
  app.addHook('onRequest', (request, reply, done) => {
    // No database keeps NUL, and no address of ours has it.
    if (request.url.includes('%00')) return done(new DistrictFault('bad-input'));
    if (working >= AT_A_TIME) return done(new DistrictFault('later'));
    working += 1;
    // Comes after the answer, and also when the caller hung up before it, which `onResponse` does not tell.
    reply.raw.once('close', () => {
      working -= 1;
    });
    return done();
  });
  return () => working / AT_A_TIME;
}

const MEDIA_PART = join('targets', 'media', '/');
/** Whoever opens such a file in a browser must not let it act as a page of this server. */
const INERT = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
};

/** Files of the feed: what is looked at again and again is never kept, the rest never changes. */
async function serveFeed(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    prefix: '/feed/',
    index: false,
    decorateReply: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (response, path) => {
      const isLookedAt = path.endsWith('timestamp.json');
      void response.header(
        'cache-control',
        isLookedAt ? 'no-cache' : 'public, max-age=31536000, immutable',
      );
      if (path.includes(MEDIA_PART))
        for (const [name, value] of Object.entries(INERT)) void response.header(name, value);
    },
  });
}

function serveState(app: FastifyInstance, parts: ServerParts): void {
  const { district, metrics, metricsToken, feed } = parts;
  app.get('/health', async () => {
    await all(district.database, sql`select 1`);
    const { waiting, leftOut, failed, withoutFiles, isWritten } = feed();
    const lacking = [waiting.filter(({ unsound }) => unsound.length > 0), leftOut, failed];
    const isWhole = isWritten && [...lacking, withoutFiles].every(({ length }) => length === 0);
    return { ok: true, feed: isWhole ? 'whole' : isWritten ? 'in part' : 'failed' };
  });
  app.get('/metrics', async (request, reply) => {
    const isKnown =
      metricsToken === undefined
        ? ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)
        : request.headers.authorization === `Bearer ${metricsToken}`;
    if (!isKnown) throw new DistrictFault('not-allowed');
    void reply.type(metrics.contentType);
    return metrics.text();
  });
  app.get('/openapi.json', () => describeApi(parts.version));
}

function serveTerminals(
  app: FastifyInstance,
  { district, metrics, onFault }: ServerParts,
  load: () => number,
): void {
  const handler = openHandler(onFault);
  const nonces = openNonces();
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    refuseServiceKey(request);
    assertProtocol(request.body);
    const context = { ...contextOf(request, reply, district), nonces, metrics, load };
    const { matched } = await handler.handle(request, reply, { context });
    if (!matched) throw new DistrictFault('not-found');
  };
  const { hello, enrolments, operations, heartbeats, conflicts } = DISTRICT_PATHS;
  app.get(hello, answer);
  const few = { rateLimit: { max: ENROLMENTS_PER_HOUR, timeWindow: HOUR } };
  app.post(enrolments, { config: few }, answer);
  app.post(operations, { onRequest: limitPerTerminal(app) }, answer);
  app.post(heartbeats, { onRequest: limitPerTerminal(app) }, answer);
  app.get(conflicts, { onRequest: limitPerTerminal(app) }, answer);
}

/** A limit of its own for each route and key, beside the limit of the address: anybody can make up keys. */
function limitPerTerminal(app: FastifyInstance) {
  const take = app.createRateLimit({
    ...{ max: PER_TERMINAL, timeWindow: MINUTE, keyGenerator: signerOrAddress },
  });
  return async (request: FastifyRequest) => {
    const taken = await take(request);
    if (!taken.isAllowed && taken.isExceeded)
      throw new DistrictFault('too-many', undefined, taken.ttlInSeconds);
  };
}

function openHandler(onFault: (fault: unknown) => void) {
  return new OpenAPIHandler<TerminalContext>(terminalRouter, {
    customErrorResponseBodyEncoder: faultEncoder,
    interceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (error) {
          const fault = asFault(error, onFault);
          setRetryAfter(call.context.reply, fault);
          throw asContractError(fault);
        }
      },
    ],
  });
}

/** A terminal of another protocol is told so, whatever else is in its body. */
function assertProtocol(body: unknown): void {
  if (typeof body !== 'object' || body === null || !('protocol' in body)) return;
  if (typeof body.protocol === 'number' && body.protocol !== PROTOCOL)
    throw new DistrictFault('version');
}

function contextOf(
  request: FastifyRequest,
  reply: FastifyReply,
  district: District,
): Omit<TerminalContext, 'nonces' | 'metrics' | 'load'> {
  return {
    district,
    reply,
    request: {
      method: request.method,
      path: request.url.split('?', 1)[0] ?? '',
      body: request.rawBody ?? Buffer.alloc(0),
      address: request.ip,
      header: (name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? value : undefined;
      },
    },
  };
}

/** Terminals behind one address do not take each other's share; nobody is trusted yet, so the address counts, too. */
function signerOrAddress(request: FastifyRequest): string {
  const input = request.headers['signature-input'];
  const keyid =
    typeof input === 'string' ? /keyid="([a-z0-9-]{1,40})"/.exec(input)?.[1] : undefined;
  return `${request.ip} ${keyid ?? ''}`;
}
