import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { DistrictFault } from '../district-fault.ts';

/**
 * The one file that every terminal asks for every few minutes, answered from memory, and with 304 to who has it. It is read anew
 * when it was written anew. Nobody is refused for asking often: to count would take longer than to answer.
 */
export function serveTimestamp(app: FastifyInstance, feedFolder: string): void {
  const current = keptFile(join(feedFolder, 'metadata', 'timestamp.json'));
  app.get(
    '/feed/metadata/timestamp.json',
    { config: { rateLimit: false }, exposeHeadRoute: false },
    (request, reply) => {
      const file = current();
      if (file === undefined) throw new DistrictFault('not-found');
      void reply.header('cache-control', 'no-cache').header('etag', file.etag);
      if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
      return reply.type('application/json; charset=utf-8').send(file.bytes);
    },
  );
}

/** To ask the file system takes a fifth of the whole answer. */
const LOOK_AGAIN_MS = 50;

interface KeptFile {
  readonly etag: string;
  readonly bytes: Buffer;
}

/** A file that is replaced by another of the same name now and then, and never written in place. */
function keptFile(path: string): () => KeptFile | undefined {
  let kept: (KeptFile & { readonly state: string }) | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - lookedAt < LOOK_AGAIN_MS) return kept;
    lookedAt = performance.now();
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) {
      kept = undefined;
      return undefined;
    }
    const state = `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
    if (kept?.state === state) return kept;
    const bytes = readFileSync(path);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    kept = { state, bytes, etag };
    return kept;
  };
}
