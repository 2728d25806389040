import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type QueueHubContract, queueHubContract } from '#shared/contract/queue-hub.ts';
import { MOST_TERMINALS } from '#shared/queue/ticket-number.ts';
import { all, first, run, sql, transaction, type WritableDb } from '../../store/sql.ts';
import type { PairedTerminal, QueueHub } from './hub.ts';

/** A terminal must prove itself within this time, and a host answer. */
const PATIENCE_MS = 5000;
/** A block or a report of 200 tickets is far smaller. */
const MAX_MESSAGE_BYTES = 128 * 1024;

/** What a terminal keeps after pairing; the secret never goes over the wire. */
export interface TerminalKey extends PairedTerminal {
  readonly secret: string;
}

/** Pairs one more terminal; undefined when the station has as many as it can. The key is carried over by a technician. */
export function pairTerminal(db: WritableDb, now: number): TerminalKey | undefined {
  return transaction(db, () => {
    const used = all<{ ordinal: number }>(db, sql`select ordinal from queue_terminal`);
    const free = Array.from({ length: MOST_TERMINALS }, (_unused, at) => at + 1).find(
      (ordinal) => !used.some((row) => row.ordinal === ordinal),
    );
    if (free === undefined) return undefined;
    const key = { id: randomUUID(), ordinal: free, secret: randomBytes(32).toString('base64url') };
    run(
      db,
      sql`insert into queue_terminal (id, ordinal, secret, paired_at) values (${key.id}, ${key.ordinal}, ${key.secret}, ${now})`,
    );
    return key;
  });
}

const challengeSchema = z.strictObject({ challenge: z.string().min(20).max(60) });
const claimSchema = z.strictObject({
  terminal: z.string().max(60),
  challenge: z.string().min(20).max(60),
  proof: z.string().max(60),
});
const welcomeSchema = z.strictObject({ proof: z.string().max(60) });

/**
 * Proof of knowing the secret, bound to both sides' challenges and to who speaks, so that no message can be played again or
 * turned round.
 */
function proofOf(secret: string, speaker: 'host' | 'terminal', one: string, two: string): string {
  return createHmac('sha256', secret).update(`${speaker}\n${one}\n${two}`).digest('base64url');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Takes upgrades of a web server over for terminals; whoever owns the server decides on address, TLS and path. */
export interface TerminalDoor {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly close: () => void;
}

/** Opens the queue host's door for paired terminals. A stranger is put out without a word. */
export function openTerminalDoor(
  db: WritableDb,
  hubFor: (terminal: PairedTerminal) => QueueHub,
): TerminalDoor {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', () => webSocket.terminate());
        void admit(db, webSocket)
          .then((terminal) => serve(webSocket, hubFor(terminal)))
          .catch(() => webSocket.terminate());
      });
    },
    close: () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

async function admit(db: WritableDb, socket: WebSocket): Promise<PairedTerminal> {
  const challenge = randomBytes(24).toString('base64url');
  const answer = nextMessage(socket, claimSchema);
  socket.send(JSON.stringify({ challenge }));
  const claim = await answer;
  const known = first<{ ordinal: number; secret: string }>(
    db,
    sql`select ordinal, secret from queue_terminal where id = ${claim.terminal}`,
  );
  const wanted = proofOf(known?.secret ?? '', 'terminal', challenge, claim.challenge);
  if (known === undefined || !isSame(wanted, claim.proof)) throw new Error('not paired');
  const proof = proofOf(known.secret, 'host', claim.challenge, challenge);
  socket.send(JSON.stringify({ proof }));
  return { id: claim.terminal, ordinal: known.ordinal };
}

function serve(socket: WebSocket, hub: QueueHub): void {
  const os = implement(queueHubContract);
  const router = os.router({
    lease: os.lease.handler(async ({ input }) => ({ block: await hub.lease(input) })),
    report: os.report.handler(async ({ input }) => {
      const { known, refused } = await hub.report(input.tickets);
      return { known: [...known], refused: [...refused] };
    }),
  });
  void new RPCHandler(router).upgrade(socket, { context: {} });
}

/** A terminal's connection to the queue host. */
export interface HubConnection {
  readonly hub: QueueHub;
  readonly close: () => void;
}

/** Connects to the queue host and makes sure that it is the one the terminal was paired with. Throws when it is not reached. */
export async function connectHub(url: string, key: TerminalKey): Promise<HubConnection> {
  const socket = new WebSocket(url, {
    maxPayload: MAX_MESSAGE_BYTES,
    handshakeTimeout: PATIENCE_MS,
  });
  socket.on('error', () => socket.terminate());
  try {
    const { challenge } = await nextMessage(socket, challengeSchema);
    const own = randomBytes(24).toString('base64url');
    const welcome = nextMessage(socket, welcomeSchema);
    const proof = proofOf(key.secret, 'terminal', challenge, own);
    socket.send(JSON.stringify({ terminal: key.id, challenge: own, proof }));
    if (!isSame((await welcome).proof, proofOf(key.secret, 'host', own, challenge)))
      throw new Error('not the paired host');
  } catch (error) {
    socket.terminate();
    throw error;
  }
  return { hub: hubOver(socket), close: () => socket.terminate() };
}

function hubOver(socket: WebSocket): QueueHub {
  // oRPC's link is written for the browser's WebSocket; the one of `ws` has all that it uses.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  const client: ContractRouterClient<QueueHubContract> = createORPCClient(link);
  const inTime = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });
  return {
    lease: async (wish) => (await client.lease(wish, inTime())).block,
    report: (tickets) => client.report({ tickets: [...tickets] }, inTime()),
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
