import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { commandReader, type EscposCommand } from './escpos-commands.ts';
import { type PaperRoll, paperRoll } from './paper-roll.ts';

/** What is wrong with the printer at the moment. */
export interface PrinterFaults {
  /** Reported states; the first four stop it from printing. */
  readonly paperOut: boolean;
  readonly coverOpen: boolean;
  readonly jam: boolean;
  readonly offline: boolean;
  readonly paperLow: boolean;
  /** Runs out of paper after so many more lines. */
  readonly paperOutAfterLines: number | undefined;
  /** Milliseconds for each line. */
  readonly slow: number;
  /** Cuts the connection after so many bytes of it. */
  readonly dropAfterBytes: number | undefined;
  /** Takes and prints, but never answers. */
  readonly silent: boolean;
  /** Answers questions, but not GS r. */
  readonly noReceipt: boolean;
  /** Answers everything with bytes that mean nothing. */
  readonly garbage: boolean;
  /** Does not answer this question (the n of DLE EOT). */
  readonly mute: number | undefined;
  /** Once: so many milliseconds from the answer to this question on nothing of what it says arrives, then all of it in turn. */
  readonly hiccup: { readonly question: number; readonly ms: number } | undefined;
  /** Takes connections and bytes and does nothing at all, as a printer whose network card alone lives. */
  readonly halfOpen: boolean;
  /** Answers until a job begins, then prints nothing and says nothing any more. */
  readonly diesInJob: boolean;
}

const WELL: PrinterFaults = {
  paperOut: false,
  coverOpen: false,
  jam: false,
  offline: false,
  paperLow: false,
  paperOutAfterLines: undefined,
  slow: 0,
  dropAfterBytes: undefined,
  silent: false,
  noReceipt: false,
  garbage: false,
  mute: undefined,
  hiccup: undefined,
  halfOpen: false,
  diesInJob: false,
};

/** A printer of ESC/POS on a port of this computer: with paper that can be read, and faults that can be planted. */
export interface PrinterDouble {
  readonly port: number;
  /** As the profile writes it. */
  readonly address: string;
  readonly roll: PaperRoll;
  /** Adds faults to those that are there. */
  readonly plant: (faults: Partial<PrinterFaults>) => void;
  /** Well again, with paper; what it still held goes on printing. */
  readonly mend: () => void;
  /** When the last byte of print data came in, on the monotonic clock. */
  readonly lastByteAt: () => number;
  readonly connections: () => number;
  /** All questions so far, each as the n of DLE EOT. */
  readonly asked: readonly number[];
  readonly close: () => Promise<void>;
}

/** Starts the double; its paper is 80 mm wide (576 dots). */
export async function startPrinterDouble(
  faults: Partial<PrinterFaults> = {},
  dots = 576,
): Promise<PrinterDouble> {
  const printer = new Printer(dots, { ...WELL, ...faults });
  const server = createServer({ allowHalfOpen: true }, (socket) => printer.connect(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  return {
    port,
    address: `tcp://127.0.0.1:${port}`,
    roll: printer.roll,
    plant: (more) => printer.set({ ...printer.faults, ...more }),
    mend: () => printer.set(WELL),
    lastByteAt: () => printer.lastByteAt,
    connections: () => printer.connections,
    asked: printer.asked,
    close: async () => {
      printer.stop();
      server.close();
      await once(server, 'close');
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

interface Waiting {
  readonly command: EscposCommand;
  readonly socket: Socket;
}

class Printer {
  readonly roll: PaperRoll;
  faults: PrinterFaults;
  connections = 0;
  lastByteAt = 0;
  readonly asked: number[] = [];
  #heldUntil = 0;
  #held: Waiting[] = [];
  #printing = false;
  #dead = false;
  readonly #sockets = new Set<Socket>();

  constructor(dots: number, faults: PrinterFaults) {
    this.roll = paperRoll(dots);
    this.faults = faults;
  }

  set(faults: PrinterFaults): void {
    this.faults = faults;
    this.#dead = false;
    void this.#printHeld();
  }

  connect(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    const read = commandReader();
    let received = 0;
    socket.on('data', (bytes: Buffer) => {
      if (this.faults.halfOpen) return;
      received += bytes.length;
      const drop = this.faults.dropAfterBytes;
      const part = drop !== undefined && received > drop ? bytes.subarray(0, drop) : bytes;
      for (const command of read(part)) this.#take(command, socket);
      if (part !== bytes) socket.resetAndDestroy();
    });
    socket.on('end', () => {
      if (!this.faults.halfOpen) socket.end();
    });
  }

  stop(): void {
    this.#held = [];
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Real-time commands are obeyed at once, everything else in turn. */
  #take(command: EscposCommand, socket: Socket): void {
    if (command.name === 'DLE EOT') this.#hear(command.bytes[0] ?? 0, socket);
    else if (command.name === 'DLE DC4' && command.bytes[0] === 8) this.#held = [];
    else {
      this.#dead ||= this.faults.diesInJob;
      this.lastByteAt = performance.now();
      this.#held.push({ command, socket });
      void this.#printHeld();
    }
  }

  #hear(question: number, socket: Socket): void {
    this.asked.push(question);
    const { mute, hiccup } = this.faults;
    if (question === mute) return;
    if (question === hiccup?.question) {
      this.#heldUntil = performance.now() + hiccup.ms;
      this.faults = { ...this.faults, hiccup: undefined };
    }
    this.#answer(socket, this.#status(question));
  }

  #answer(socket: Socket, byte: number): void {
    const { silent, garbage } = this.faults;
    if (silent || this.#dead) return;
    const bytes = garbage
      ? Buffer.from('HTTP/1.1 400\r\n\xff\xfe\x9a', 'latin1')
      : Buffer.from([byte]);
    const arrive = () => {
      if (!socket.destroyed) socket.write(bytes);
    };
    const wait = this.#heldUntil - performance.now();
    if (wait > 0) setTimeout(arrive, wait);
    else arrive();
  }

  /** DLE EOT n by the reference: bits 1 and 4 are always set. */
  #status(question: number): number {
    const { coverOpen, jam, offline, paperLow } = this.faults;
    const paperOut = this.#isOut();
    switch (question) {
      case 1:
        return 0x12 | (offline || coverOpen || paperOut || jam ? 0x08 : 0);
      case 2:
        return 0x12 | (coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0) | (jam ? 0x40 : 0);
      case 3:
        return 0x12 | (jam ? 0x08 : 0);
      default:
        return 0x12 | (paperLow ? 0x0c : 0) | (paperOut ? 0x60 : 0);
    }
  }

  #isOut(): boolean {
    return this.faults.paperOut || this.faults.paperOutAfterLines === 0;
  }

  #isStopped(): boolean {
    const { coverOpen, jam, offline } = this.faults;
    return this.#dead || coverOpen || jam || offline || this.#isOut();
  }

  async #printHeld(): Promise<void> {
    if (this.#printing) return;
    this.#printing = true;
    while (this.#held.length > 0 && !this.#isStopped()) {
      const next = this.#held.shift();
      if (next !== undefined) await this.#print(next);
    }
    this.#printing = false;
  }

  async #print({ command, socket }: Waiting): Promise<void> {
    if (command.name === 'GS r') {
      const { noReceipt, paperLow } = this.faults;
      if (!noReceipt) this.#answer(socket, paperLow ? 0x03 : 0x00);
      return;
    }
    if (command.name === 'LF') {
      const { slow, paperOutAfterLines: left } = this.faults;
      if (slow > 0) await new Promise((resolve) => setTimeout(resolve, slow));
      if (left !== undefined) this.faults = { ...this.faults, paperOutAfterLines: left - 1 };
    }
    this.roll.print(command);
  }
}
