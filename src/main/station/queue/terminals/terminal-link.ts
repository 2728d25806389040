import { createHmac, randomBytes, timingSafeEqual, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type QueueHubContract, queueHubContract } from '#shared/contract/queue-hub.ts';
import type { WritableDb } from '../../store/sql.ts';
import { refuseUpgrade } from '../../transport/refuse-upgrade.ts';
import type { PairedTerminal } from './paired-terminal.ts';
import type { QueueHostAnswers } from './queue-hub.ts';
import {
  isCodeOf,
  type Joining,
  joinWith,
  keyOf,
  noteSeen,
  type TerminalKey,
} from './terminal-keys.ts';

/** Where terminals knock at the server of the station's network. */
export const TERMINAL_PATH = '/queue';

/** A terminal must prove itself within this time, and a host answer. */
const PATIENCE_MS = 5000;
/** A block, a report of 200 tickets or an overview is far smaller. */
const MAX_MESSAGE_BYTES = 128 * 1024;
/** So many may be about to prove themselves, as all terminals after a power cut; whoever stays silent gives way to the next. */
const MAX_UNPROVED = 4;
/** A terminal connects anew before the host notices that its old connection is dead. */
const MAX_OF_A_TERMINAL = 2;

const challengeSchema = z.strictObject({ challenge: z.string().min(20).max(60) });
const wishSchema = z.discriminatedUnion('want', [
  z.strictObject({
    want: z.literal('numbers'),
    terminal: z.string().max(60),
    challenge: z.string().min(20).max(60),
    proof: z.string().max(60),
  }),
  z.strictObject({
    want: z.literal('join'),
    code: z.string().max(80),
    station: z.string().max(40).optional(),
  }),
]);
const welcomeSchema = z.strictObject({ proof: z.string().max(60) });
const joiningSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('joined'),
    key: z.strictObject({ id: z.string(), ordinal: z.int(), secret: z.string() }),
  }),
  z.strictObject({ state: z.literal('wrong') }),
  z.strictObject({ state: z.literal('other-station'), station: z.string() }),
  z.strictObject({ state: z.literal('wait'), waitSeconds: z.number() }),
]);

/**
 * Proof of knowing the secret, bound to both sides' challenges, to who speaks and to this one TLS connection, so that no
 * message can be played again, turned round, or passed on by somebody in between (RFC 9266).
 */
function proofOf(
  secret: string,
  speaker: 'host' | 'terminal',
  { one, two, channel }: { one: string; two: string; channel: string },
): string {
  const text = `${speaker}\n${one}\n${two}\n${channel}`;
  return createHmac('sha256', secret).update(text).digest('base64url');
}

/** What only the two ends of a TLS connection know. */
function channelOf(socket: Duplex): string {
  if (!(socket instanceof TLSSocket)) throw new Error('terminals speak over TLS only');
  return socket
    .exportKeyingMaterial(32, 'EXPORTER-legal-kiosk-queue', Buffer.alloc(0))
    .toString('base64url');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Takes upgrades of a TLS server over for terminals; whoever owns the server decides on address and names. */
export interface TerminalDoor {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly close: () => void;
}

export interface DoorOptions {
  readonly db: WritableDb;
  readonly now: () => number;
  readonly hubFor: (terminal: PairedTerminal) => QueueHostAnswers;
}

/** Opens the queue host's door for terminals that are paired or have a code. A stranger is put out without a word. */
export function openTerminalDoor(options: DoorOptions): TerminalDoor {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const unproved = new Set<WebSocket>();
  const terminals = new Map<string, Set<WebSocket>>();
  const proved = (socket: WebSocket, { id }: TerminalKey) => {
    unproved.delete(socket);
    const own = terminals.get(id) ?? new Set();
    terminals.set(id, own);
    takePlace(own, socket, MAX_OF_A_TERMINAL);
  };
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      // Browsers always name an origin; no page has business here.
      if (request.headers.origin !== undefined) {
        refuseUpgrade(socket);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', () => webSocket.terminate());
        takePlace(unproved, webSocket, MAX_UNPROVED);
        void answer(options, webSocket, request, proved).catch(() => webSocket.terminate());
      });
    },
    close: () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

/** Where all places are taken, the one who came first is put out. */
function takePlace(places: Set<WebSocket>, socket: WebSocket, most: number): void {
  const [oldest] = places;
  if (oldest !== undefined && places.size >= most) {
    places.delete(oldest);
    oldest.terminate();
  }
  places.add(socket);
  socket.once('close', () => places.delete(socket));
}

async function answer(
  options: DoorOptions,
  socket: WebSocket,
  request: IncomingMessage,
  proved: (socket: WebSocket, key: TerminalKey) => void,
): Promise<void> {
  const { db, now } = options;
  const channel = channelOf(request.socket);
  const challenge = randomBytes(24).toString('base64url');
  const coming = nextMessage(socket, wishSchema);
  socket.send(JSON.stringify({ challenge }));
  const wish = await coming;
  if (wish.want === 'join') {
    const { code, station } = wish;
    const from = request.socket.remoteAddress ?? '';
    const joining = joinWith(db, { code, station, address: from }, now());
    socket.send(JSON.stringify(joining), () => socket.close());
    return;
  }
  const key = keyOf(db, wish.terminal);
  const theirs = { one: challenge, two: wish.challenge, channel };
  if (key === undefined || !isSame(proofOf(key.secret, 'terminal', theirs), wish.proof))
    throw new Error('not paired');
  const ours = { one: wish.challenge, two: challenge, channel };
  proved(socket, key);
  serve(options, socket, key);
  socket.send(JSON.stringify({ proof: proofOf(key.secret, 'host', ours) }));
}

/**
 * What a terminal gets, by how it stands: one that a technician removed is told so and may report, but gets no numbers. Throws for
 * one that is not known at all.
 */
export function answersTo(
  { db, now, hubFor }: DoorOptions,
  { id, ordinal }: PairedTerminal,
): QueueHostAnswers {
  const hub = hubFor({ id, ordinal });
  const isRemoved = () => {
    const standing = noteSeen(db, id, now());
    if (standing === 'unknown') throw new Error('not paired any more');
    return standing === 'removed';
  };
  return {
    lease: async (wish) => (isRemoved() ? undefined : hub.lease(wish)),
    report: async (tickets, clock) => {
      isRemoved();
      return hub.report(tickets, clock);
    },
    overview: async (tickets) => {
      const removed = isRemoved();
      return { ...(await hub.overview(tickets)), removed };
    },
  };
}

/** A terminal that is not known any more is cut off with its next call. */
function serve(options: DoorOptions, socket: WebSocket, key: TerminalKey): void {
  const hub = answersTo(options, key);
  const os = implement(queueHubContract);
  const orCut = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      if (noteSeen(options.db, key.id, options.now()) === 'unknown') socket.terminate();
      throw error;
    }
  };
  const router = os.router({
    lease: os.lease.handler(async ({ input }) => {
      return { block: await orCut(hub.lease(input)) };
    }),
    report: os.report.handler(async ({ input }) => {
      const { known, refused } = await orCut(hub.report(input.tickets, input.clock));
      return { known: [...known], refused: [...refused] };
    }),
    overview: os.overview.handler(({ input }) => orCut(hub.overview(input.tickets))),
  });
  void new RPCHandler(router).upgrade(socket, { context: {} });
}

/** A terminal's connection to the queue host. */
export interface HubConnection {
  readonly hub: QueueHostAnswers;
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

/** Connects to the queue host at `address` (`host:port`) and makes sure that it is the one the terminal was paired with. */
export async function connectHub(address: string, key: TerminalKey): Promise<HubConnection> {
  const { socket, tls, challenge } = await dial(address);
  try {
    const own = randomBytes(24).toString('base64url');
    const channel = channelOf(tls);
    const welcome = nextMessage(socket, welcomeSchema);
    const proof = proofOf(key.secret, 'terminal', { one: challenge, two: own, channel });
    const wish = { want: 'numbers', terminal: key.id, challenge: own, proof };
    socket.send(JSON.stringify(wish));
    const wanted = proofOf(key.secret, 'host', { one: own, two: challenge, channel });
    if (!isSame((await welcome).proof, wanted)) throw new Error('not the paired host');
  } catch (error) {
    socket.terminate();
    throw error;
  }
  return {
    hub: hubOver(socket),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.terminate(),
  };
}

/** Trades a code for a key. `not-the-host` when the computer at that address is not the one that made the code: it never sees it. */
export async function joinHost(
  address: string,
  code: string,
  station?: string,
): Promise<Joining | { readonly state: 'not-the-host' }> {
  const { socket, tls } = await dial(address);
  try {
    const { publicKey } = new X509Certificate(tls.getPeerCertificate(true).raw);
    if (!isCodeOf(code, publicKey.export({ type: 'spki', format: 'der' })))
      return { state: 'not-the-host' };
    const joining = nextMessage(socket, joiningSchema);
    socket.send(JSON.stringify({ want: 'join', code, station }));
    return await joining;
  } finally {
    socket.terminate();
  }
}

/**
 * Opens the connection and waits for the challenge. The certificate is not asked for its names or its issuer: it is the
 * code at pairing, and afterwards the secret, bound to the connection, that say who is there.
 */
async function dial(address: string) {
  const socket = new WebSocket(`wss://${address}${TERMINAL_PATH}`, {
    maxPayload: MAX_MESSAGE_BYTES,
    handshakeTimeout: PATIENCE_MS,
    minVersion: 'TLSv1.3',
    rejectUnauthorized: false,
  });
  socket.on('error', () => socket.terminate());
  let tls: Duplex | undefined;
  socket.once('upgrade', (response) => {
    tls = response.socket;
  });
  try {
    const { challenge } = await nextMessage(socket, challengeSchema);
    if (!(tls instanceof TLSSocket)) throw new Error('terminals speak over TLS only');
    return { socket, tls, challenge };
  } catch (error) {
    socket.terminate();
    throw error;
  }
}

function hubOver(socket: WebSocket): QueueHostAnswers {
  // oRPC's link is written for the browser's WebSocket; the one of `ws` has all that it uses.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  const client: ContractRouterClient<QueueHubContract> = createORPCClient(link);
  const inTime = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });
  return {
    lease: async (wish) => (await client.lease(wish, inTime())).block,
    report: (tickets, clock) => client.report({ tickets: [...tickets], clock }, inTime()),
    overview: (tickets) => client.overview({ tickets: [...tickets] }, inTime()),
  };
}

function nextMessage<Message>(socket: WebSocket, schema: z.ZodType<Message>): Promise<Message> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
    const gone = () => reject(new Error('the connection ended'));
    socket.once('close', gone);
    socket.once('message', (data) => {
      clearTimeout(late);
      socket.off('close', gone);
      try {
        // `ws` gives buffers unless told otherwise.
        resolve(schema.parse(JSON.parse((data as Buffer).toString())));
      } catch (error) {
        reject(error instanceof Error ? error : new Error('no message'));
      }
    });
    socket.once('close', () => clearTimeout(late));
  });
}
