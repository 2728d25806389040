import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SERVICE_PREFIX } from '#shared/contract/services.ts';
import { SERVICE_KEY_PREFIX } from '#shared/office/service-account.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { tokenHash } from '../office/people.ts';
import { provenService } from '../office/services.ts';
import { catchFaults, faultEncoder } from './answer-fault.ts';
import { type ServiceContext, serviceRouter } from './service-router.ts';

const MINUTE = 60_000;
const CALLS_PER_MINUTE = 120;
const NO_KEY = '没有带上密钥，请在 Authorization 里写 Bearer 和密钥。';

/** Answers programs of other parties, known by the key in `Authorization`. */
export function serveServices(
  app: FastifyInstance,
  { district, onFault }: { district: District; onFault: (fault: unknown) => void },
): void {
  const handler = new OpenAPIHandler<ServiceContext>(serviceRouter, {
    customErrorResponseBodyEncoder: faultEncoder,
    interceptors: [catchFaults(onFault)],
  });
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const key = keyOf(request);
    // RFC 9110, section 11.6.1: whoever refuses says what would have been a proof.
    void reply.header('www-authenticate', 'Bearer');
    if (key === undefined) throw new DistrictFault('not-signed-in', NO_KEY);
    const service = await provenService(district, key, request.ip);
    void reply.removeHeader('www-authenticate');
    const { matched } = await handler.handle(request, reply, { context: { district, service } });
    if (!matched) throw new DistrictFault('not-found');
  };
  app.all(`${SERVICE_PREFIX}/*`, { onRequest: limitPerKey(app) }, answer);
}

/** A key opens its own calls; on the office's and the terminals' it opens nothing, whoever else the request says that it is from. */
export function refuseServiceKey(request: FastifyRequest): void {
  if (keyOf(request)?.startsWith(SERVICE_KEY_PREFIX) === true)
    throw new DistrictFault('not-allowed');
}

function keyOf({ headers: { authorization } }: FastifyRequest): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

/** A limit for each key beside the limit of the address; the address counts, too, since anybody can make up keys. */
function limitPerKey(app: FastifyInstance) {
  const take = app.createRateLimit({
    ...{ max: CALLS_PER_MINUTE, timeWindow: MINUTE },
    keyGenerator: (request) => `${request.ip} ${tokenHash(keyOf(request) ?? '')}`,
  });
  return async (request: FastifyRequest) => {
    const taken = await take(request);
    if (!taken.isAllowed && taken.isExceeded)
      throw new DistrictFault('too-many', undefined, taken.ttlInSeconds);
  };
}
