import { once } from 'node:events';
import { request } from 'node:https';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { CallContext, OpenTransport } from '../../../src/renderer/station-client/transport.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A browser on an office PC: it trusts the terminal's certificate and keeps its cookie. */
export class OfficePc {
  readonly origin: string;
  readonly #port: number;
  readonly #certificate: string;
  cookie = '';

  constructor(port: number, certificate: string) {
    this.#port = port;
    this.#certificate = certificate;
    this.origin = `https://127.0.0.1:${port}`;
  }

  async ask(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<Reply> {
    const sent = request({
      host: '127.0.0.1',
      port: this.#port,
      path,
      method,
      ca: this.#certificate,
      headers: { ...this.#cookies(), ...headers },
      agent: false,
      // A foreign Host header would otherwise be asked of the certificate, too.
      servername: '',
    }).end(body);
    const [response] = (await once(sent, 'response')) as [
      NodeJS.ReadableStream & { statusCode: number; headers: Reply['headers'] },
    ];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(Buffer.from(part));
    return {
      status: response.statusCode,
      headers: response.headers,
      body: Buffer.concat(parts).toString(),
    };
  }

  /** Types a pairing code, as the page does. */
  async pair(code: string): Promise<Record<string, unknown>> {
    const reply = await this.ask('POST', '/pair', {
      headers: { origin: this.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    const [cookie] = [reply.headers['set-cookie'] ?? []].flat();
    if (cookie !== undefined) this.cookie = cookie.split(';', 1)[0] ?? '';
    return JSON.parse(reply.body || '{}') as Record<string, unknown>;
  }

  socket(headers: Record<string, string> = { origin: this.origin }): WebSocket {
    return new WebSocket(`wss://127.0.0.1:${this.#port}/rpc`, {
      ca: this.#certificate,
      headers: { ...this.#cookies(), ...headers },
    });
  }

  /** The way the page takes, with this PC's cookie. */
  readonly open: OpenTransport = async () => {
    const socket = this.socket();
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await once(socket, 'open');
    return {
      // ws speaks the same events as a browser's WebSocket.
      link: new RPCLink<CallContext>({ websocket: socket as unknown as globalThis.WebSocket }),
      closed,
      close: () => socket.close(),
    };
  };

  #cookies(): Record<string, string> {
    return this.cookie === '' ? {} : { cookie: this.cookie };
  }
}

/** How a knock at the door of calls ends: `open`, or the refusal. */
export function knock(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('open', () => {
      resolve('open');
      socket.terminate();
    });
    socket.once('error', (error) => resolve(error.message));
  });
}
