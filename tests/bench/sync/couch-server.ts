import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * As much of CouchDB as a replication asks for, from memory: less work than any real server does. A worker's program: its data are the
 * documents; it posts its port.
 */
interface Document {
  readonly _id: string;
  readonly _rev: string;
}

const documents = workerData as readonly Document[];
const byId = new Map(documents.map((document) => [document._id, document]));

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end());
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const body = await bodyOf(request);
  const say = (value: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (url.pathname.includes('/_local/'))
    say(
      ...((request.method === 'PUT'
        ? [{ ok: true, id: '_local/x', rev: '0-1' }]
        : [{ error: 'not_found' }, 404]) as [unknown, number?]),
    );
  else if (url.pathname.endsWith('/_changes')) say(changesSince(url.searchParams));
  else if (url.pathname.endsWith('/_bulk_get')) say(bulk(body));
  else say({ db_name: 'db', update_seq: documents.length, instance_start_time: '0' });
}

function changesSince(asked: URLSearchParams) {
  const since = Number(asked.get('since') ?? 0);
  const page = documents.slice(since, since + Number(asked.get('limit') ?? 100));
  const results = page.map(({ _id: id, _rev: rev }, at) => ({
    ...{ seq: since + at + 1, id },
    changes: [{ rev }],
  }));
  const last = since + page.length;
  return { results, last_seq: last, pending: documents.length - last };
}

function bulk(body: string) {
  const { docs } = JSON.parse(body) as { docs: { id: string }[] };
  return {
    results: docs.map(({ id }) => {
      const document = byId.get(id);
      const [, hash = ''] = document?._rev.split('-') ?? [];
      return { id, docs: [{ ok: { ...document, _revisions: { start: 1, ids: [hash] } } }] };
    }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

server.listen(0, '127.0.0.1', () =>
  parentPort?.postMessage((server.address() as AddressInfo).port),
);
