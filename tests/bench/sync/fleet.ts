import { type ChildProcess, fork } from 'node:child_process';
import { createHash, createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { feedIndexSchema, indexPath } from '#shared/feed/feed-index.ts';
import { localDateTime } from '#shared/time/local-date.ts';
import { type Signer, signedRequest } from '#station/district/district-link.ts';
import type { FleetServerFigures } from './fleet-district.ts';

const DISTRICT = join(import.meta.dirname, 'fleet-district.ts');
/** Five times as often as terminals look in earnest. */
const POLL_SECONDS = 60;
const BEAT_SECONDS = 300;
const PUBLISH_SECONDS = 60;
const FIVE_MINUTES = 300;

interface Member {
  readonly signer: Signer;
  /** As a proxy in front tells it: each terminal has its own. */
  readonly address: string;
  etag: string;
  snapshot: number;
  top: number;
}

interface Tally {
  requests: number;
  bytes: number;
  segments: number;
  sent: number;
  readonly ms: number[];
  readonly errors: Map<string, number>;
}

/**
 * So many terminals for so many minutes against one server that publishes meanwhile: they look at the feed, take what is new and prove
 * it by its hash, send operations and heartbeats. Any answer but the right one is an error.
 */
export async function benchFleet(
  terminals: number,
  minutes: number,
): Promise<Record<string, unknown>> {
  const place = mkdtempSync(join(tmpdir(), 'fleet-keys-'));
  const fleet = Array.from({ length: terminals }, (_, at) => newMember(at));
  const keys = join(place, 'keys.json');
  writeFileSync(
    keys,
    JSON.stringify(
      fleet.map(({ signer: { terminal, key } }) => ({ id: terminal, publicKey: key.publicKey })),
    ),
  );
  const child = fork(DISTRICT, [keys, String(PUBLISH_SECONDS)]);
  try {
    const { url } = await told<{ url: string }>(child);
    const tally: Tally = { requests: 0, bytes: 0, segments: 0, sent: 0, ms: [], errors: new Map() };
    const until = performance.now() + minutes * 60_000;
    await Promise.all(fleet.map((member) => live(url, member, until, tally)));
    child.send('quiet');
    const server = await told<FleetServerFigures>(child);
    // What was published last reaches everybody at the next look.
    await pause(2_000);
    for (const member of fleet) await guarded(tally, () => look(url, member, tally));
    const tops = new Set(fleet.map(({ top }) => top));
    return lineOf(terminals, minutes, tally, server, tops.size);
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.send('end');
    await gone;
    rmSync(place, { recursive: true, force: true });
  }
}

function lineOf(
  terminals: number,
  minutes: number,
  tally: Tally,
  server: FleetServerFigures,
  states: number,
): Record<string, unknown> {
  const errors = [...tally.errors.values()].reduce((sum, count) => sum + count, 0);
  const sorted = tally.ms.toSorted((one, two) => one - two);
  const part = (of: number) => Math.round(sorted[Math.floor(sorted.length * of)] ?? Number.NaN);
  return {
    bench: 'fleet against one server that publishes',
    ...{ terminals, minutes, requests: tally.requests, published: server.published },
    ...{ segmentsTaken: tally.segments, operationsSent: tally.sent, operationsKept: server.facts },
    terminalsSeen: server.seen,
    aSecond: Math.round(tally.requests / (minutes * 60)),
    ...{ medianMs: part(0.5), p99Ms: part(0.99) },
    serverCores: Math.round((100 * server.cpuSeconds) / (minutes * 60)) / 100,
    serverPeakMB: Math.round(server.peakMB),
    errors,
    errorKinds: Object.fromEntries(tally.errors),
    serverFaults: server.faults,
    terminalsInDifferentStates: states - 1,
    met: errors === 0 && server.faults === 0 && states === 1 && server.facts === tally.sent,
  };
}

function newMember(at: number): Member {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const { x = '' } = key.export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url').toString('hex');
  const terminal = `t-fleet${String(at).padStart(8, '0')}`;
  const terminalKey = { publicKey, sign: (text: string) => sign(null, Buffer.from(text), key) };
  return {
    signer: { terminal, key: terminalKey, now: Date.now },
    address: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
    ...{ etag: '', snapshot: 0, top: 0 },
  };
}

function told<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('exit', () => reject(new Error('the district ended')));
  });
}

/** A fifth earlier or later, as terminals do it. */
const about = (seconds: number) => seconds * 1000 * (0.8 + 0.4 * Math.random());

async function live(url: string, member: Member, until: number, tally: Tally): Promise<void> {
  let beatAt = performance.now() + Math.random() * Math.min(FIVE_MINUTES * 1000, until / 2);
  await pause(Math.random() * Math.min(POLL_SECONDS * 1000, (until - performance.now()) / 2));
  while (performance.now() < until) {
    await guarded(tally, () => look(url, member, tally));
    if (performance.now() > beatAt) {
      beatAt = performance.now() + about(BEAT_SECONDS);
      await guarded(tally, () => tell(url, member, tally));
    }
    await pause(Math.min(about(POLL_SECONDS), Math.max(0, until - performance.now())));
  }
}

async function guarded(tally: Tally, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const name = error instanceof Error ? error.message : 'unknown';
    tally.errors.set(name, (tally.errors.get(name) ?? 0) + 1);
  }
}

async function ask(
  url: string,
  { address }: Member,
  tally: Tally,
  init: RequestInit = {},
): Promise<{ status: number; body: Buffer; etag: string }> {
  const began = performance.now();
  const headers = { ...(init.headers as Record<string, string>), 'x-forwarded-for': address };
  const answer = await fetch(url, { ...init, headers });
  const body = Buffer.from(await answer.arrayBuffer());
  tally.requests += 1;
  tally.bytes += body.length;
  tally.ms.push(performance.now() - began);
  if (answer.status !== 304 && !answer.ok)
    throw new Error(
      `${answer.status} ${new URL(url).pathname.replaceAll(/[\da-f]{8,}|\d+/g, '…')}`,
    );
  return { status: answer.status, body, etag: answer.headers.get('etag') ?? '' };
}

interface Signed {
  readonly signed: {
    readonly meta?: Readonly<Record<string, { readonly version: number }>>;
    readonly targets?: Readonly<Record<string, { readonly hashes: { readonly sha256: string } }>>;
  };
}

/** One look as a terminal takes it: the timestamp, and what follows when it is another. */
async function look(url: string, member: Member, tally: Tally): Promise<void> {
  const metadata = async (name: string) => {
    const { body } = await ask(`${url}/feed/metadata/${name}.json`, member, tally);
    return (JSON.parse(body.toString('utf8')) as Signed).signed;
  };
  const known = member.etag === '' ? {} : { headers: { 'if-none-match': member.etag } };
  const answer = await ask(`${url}/feed/metadata/timestamp.json`, member, tally, known);
  if (answer.status === 304) return;
  member.etag = answer.etag;
  const timestamp = JSON.parse(answer.body.toString('utf8')) as Signed;
  const snapshot = timestamp.signed.meta?.['snapshot.json']?.version ?? 0;
  if (snapshot === member.snapshot) return;
  const { meta } = await metadata(`${snapshot}.snapshot`);
  const published = meta?.['content-530102.json'];
  if (published === undefined) return;
  const role = await metadata(`${published.version}.content-530102`);
  const target = async (path: string) => {
    const hash = role.targets?.[path]?.hashes.sha256 ?? '';
    const at = path.lastIndexOf('/') + 1;
    const file = `${path.slice(0, at)}${hash}.${path.slice(at)}`;
    const { body } = await ask(`${url}/feed/targets/${file}`, member, tally);
    if (createHash('sha256').update(body).digest('hex') !== hash) throw new Error('wrong hash');
    return body;
  };
  const text = (await target(indexPath('530102'))).toString('utf8');
  const index = feedIndexSchema.parse(JSON.parse(text));
  for (const { path, to } of index.deltas)
    if (to > member.top) {
      await target(path);
      tally.segments += 1;
    }
  member.top = index.top;
  member.snapshot = snapshot;
}

/** An operation and a heartbeat. */
async function tell(url: string, member: Member, tally: Tally): Promise<void> {
  const { terminal } = member.signer;
  const post = async (path: (typeof DISTRICT_PATHS)['operations' | 'heartbeats'], body: object) => {
    const text = JSON.stringify(body);
    const { headers } = signedRequest(member.signer, 'POST', path, text);
    await ask(`${url}${path}`, member, tally, {
      ...{ method: 'POST', body: text },
      headers: { ...headers, 'content-type': 'application/json' },
    });
  };
  const at = localDateTime(Date.now());
  const operation = { id: randomUUID(), type: 'queue-day', madeAt: at, body: { day: at } };
  await post(DISTRICT_PATHS.operations, { protocol: 1, terminal, operations: [operation] });
  tally.sent += 1;
  await post(DISTRICT_PATHS.heartbeats, {
    ...{ protocol: 1, terminal, at, program: 'bench', content: [], alarms: [] },
    outbox: { waiting: 0, refused: 0, conflicts: 0 },
  });
}
