import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A window directly on the screen, with the frame of the window manager. */
export interface XWindow {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const ROOT_AT = 40;
const IDS_AT = 12;
const CREATE_WINDOW = 1;
const DESTROY_WINDOW = 4;
const MAP_WINDOW = 8;
const QUERY_TREE = 15;
const GET_ATTRIBUTES = 3;
const GET_GEOMETRY = 14;
const INPUT_OUTPUT = 1;
const VIEWABLE = 2;
const HEADER = 32;

/**
 * Sees what is on an X display by the X protocol itself (X11R7, "Requests"): menus, tooltips and dialogs are windows of which no
 * program tells, and asking through another program for each gesture would be too slow.
 */
export class XDisplay {
  readonly #socket: Socket;
  readonly #waiting: ((reply: Buffer | undefined) => void)[] = [];
  #root = 0;
  #lastId = 0;
  #rest = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** `name` as in `DISPLAY`; the server must let everybody in, as Xvfb does. */
  static async open(name: string): Promise<XDisplay> {
    const socket = connect(`/tmp/.X11-unix/X${name.slice(1)}`);
    await once(socket, 'connect');
    const display = new XDisplay(socket);
    await display.#greet();
    return display;
  }

  /** Every window that can be seen, the lowest first; a pixel of a helper window is not seen by anybody. */
  async windows(): Promise<XWindow[]> {
    const tree = await this.#ask(QUERY_TREE, this.#root);
    if (tree === undefined) return [];
    const ids = Array.from({ length: tree.readUInt16LE(16) }, (_, at) =>
      tree.readUInt32LE(HEADER + 4 * at),
    );
    const all = await Promise.all(ids.map((id) => this.#look(id)));
    return all.flat().filter(({ width, height, x, y }) => {
      return width > 2 && height > 2 && x + width > 0 && y + height > 0;
    });
  }

  /** Opens a window as any program can, and gives its id. */
  async openWindow(at: Omit<XWindow, 'id'>): Promise<number> {
    this.#lastId += 1;
    const request = Buffer.alloc(32);
    request.writeUInt8(CREATE_WINDOW);
    request.writeUInt16LE(8, 2);
    request.writeUInt32LE(this.#lastId, 4);
    request.writeUInt32LE(this.#root, 8);
    [at.x, at.y, at.width, at.height].forEach((value, index) => {
      request.writeUInt16LE(value, 12 + 2 * index);
    });
    this.#socket.write(request);
    this.#tell(MAP_WINDOW, this.#lastId);
    await this.windows();
    return this.#lastId;
  }

  async closeWindow(id: number): Promise<void> {
    this.#tell(DESTROY_WINDOW, id);
    await this.windows();
  }

  close(): void {
    this.#socket.destroy();
  }

  async #look(id: number): Promise<XWindow[]> {
    const [attributes, geometry] = await Promise.all([
      this.#ask(GET_ATTRIBUTES, id),
      this.#ask(GET_GEOMETRY, id),
    ]);
    if (attributes === undefined || geometry === undefined) return [];
    if (attributes.readUInt16LE(12) !== INPUT_OUTPUT || attributes[26] !== VIEWABLE) return [];
    const [x, y] = [geometry.readInt16LE(12), geometry.readInt16LE(14)];
    return [{ id, x, y, width: geometry.readUInt16LE(16), height: geometry.readUInt16LE(18) }];
  }

  async #greet(): Promise<void> {
    const hello = Buffer.alloc(12);
    hello.write('l');
    hello.writeUInt16LE(11, 2);
    this.#socket.write(hello);
    const setup = await this.#setup();
    const vendor = setup.readUInt16LE(24);
    const formats = setup.readUInt8(29);
    this.#lastId = setup.readUInt32LE(IDS_AT);
    this.#root = setup.readUInt32LE(ROOT_AT + 4 * Math.ceil(vendor / 4) + 8 * formats);
    this.#socket.on('data', (data) => this.#take(data));
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      for (const answer of this.#waiting.splice(0)) answer(undefined);
    });
  }

  async #setup(): Promise<Buffer> {
    let got = Buffer.alloc(0);
    while (got.length < 8 || got.length < 8 + 4 * got.readUInt16LE(6)) {
      const [data] = (await once(this.#socket, 'data')) as [Buffer];
      got = Buffer.concat([got, data]);
    }
    if (got[0] !== 1) throw new Error('the X server refused');
    return got;
  }

  /** The answer; undefined when there is no such window any more. */
  #ask(opcode: number, window: number): Promise<Buffer | undefined> {
    const { promise, resolve } = Promise.withResolvers<Buffer | undefined>();
    this.#waiting.push(resolve);
    this.#tell(opcode, window);
    return promise;
  }

  /** A request that says only of which window it is. */
  #tell(opcode: number, window: number): void {
    const request = Buffer.alloc(8);
    request.writeUInt8(opcode);
    request.writeUInt16LE(2, 2);
    request.writeUInt32LE(window, 4);
    this.#socket.write(request);
  }

  #take(data: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, data]);
    for (;;) {
      if (this.#rest.length < HEADER) return;
      const kind = this.#rest[0];
      const size = HEADER + (kind === 1 ? 4 * this.#rest.readUInt32LE(4) : 0);
      if (this.#rest.length < size) return;
      const message = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      // Replies and errors come in the order of the requests; nothing else was asked for.
      if (kind === 0 || kind === 1) this.#waiting.shift()?.(kind === 1 ? message : undefined);
    }
  }
}
