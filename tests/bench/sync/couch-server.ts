import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { type Asked, documentsInMemory, documentsInPouch, type Row } from './couch-documents.ts';

/**
 * As much of CouchDB as a replication asks for. A worker's program: it stores the given records and posts its port. Records that are
 * posted to it are changes; when they are stored it posts the bytes that went over its sockets since it was last asked.
 */
const { records, folder } = workerData as {
  readonly records: readonly Row[];
  /** Where a PouchDB is to hold them; without it they are held in memory. */
  readonly folder: string | undefined;
};

const documents = folder === undefined ? documentsInMemory() : documentsInPouch(folder);
/** Where replications stand. */
const checkpoints = new Map<string, string>();

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end());
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const body = await bodyOf(request);
  const [status, value] = pathname.includes('/_local/')
    ? checkpoint(pathname, request.method === 'PUT' ? body : undefined)
    : [200, await found(pathname, searchParams, body)];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function checkpoint(path: string, written: string | undefined): [number, unknown] {
  if (written !== undefined) {
    checkpoints.set(path, written);
    return [201, { ok: true, rev: '0-1' }];
  }
  const known = checkpoints.get(path);
  return known === undefined ? [404, { error: 'not_found' }] : [200, JSON.parse(known)];
}

async function found(path: string, asked: URLSearchParams, body: string): Promise<unknown> {
  if (path.endsWith('/_changes'))
    return await documents.changes(Number(asked.get('since')), Number(asked.get('limit') ?? 100));
  if (path.endsWith('/_bulk_get'))
    return await documents.bulk((JSON.parse(body) as { docs: readonly Asked[] }).docs);
  return { db_name: 'db', instance_start_time: '0' };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** All that there were: those that ended count too. */
const sockets = new Set<Socket>();
let told = 0;

function bytesSinceAsked(): number {
  let all = 0;
  for (const { bytesRead, bytesWritten } of sockets) all += bytesRead + bytesWritten;
  const since = all - told;
  told = all;
  return since;
}

/** Ends this thread, so that the bench, which waits for an answer, hears of it. */
function endWith(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

await documents.store(records);
parentPort?.on('message', (changed: readonly Row[]) => {
  documents.store(changed).then(() => parentPort?.postMessage(bytesSinceAsked()), endWith);
});
server.on('connection', (socket) => sockets.add(socket));
server.listen(0, '127.0.0.1', () =>
  parentPort?.postMessage((server.address() as AddressInfo).port),
);
