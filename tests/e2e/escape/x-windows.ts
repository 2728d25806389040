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
const GET_IMAGE = 73;
const Z_PIXMAP = 2;
const ROW_STEP = 20;
const INPUT_OUTPUT = 1;
const VIEWABLE = 2;
const HEADER = 32;
const NOTHING = Buffer.alloc(0);

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

  /** The brightest of the three colours on the whole picture, 0 to 255, looked at in every twentieth row: 0 is black. */
  async brightest(): Promise<number> {
    const geometry = await this.#ask(GET_GEOMETRY, this.#root);
    if (geometry === undefined) throw new Error('the screen is gone');
    const [width, height] = [geometry.readUInt16LE(16), geometry.readUInt16LE(18)];
    const rows = Array.from({ length: Math.floor(height / ROW_STEP) }, (_, at) => at * ROW_STEP);
    const pictures = await Promise.all(rows.map((row) => this.#row(row, width)));
    return pictures.flatMap(coloursIn).reduce((most, colour) => Math.max(most, colour), 0);
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

  /** One row of the picture, four bytes a pixel. */
  async #row(y: number, width: number): Promise<Buffer> {
    const place = Buffer.alloc(12);
    place.writeInt16LE(y, 2);
    place.writeUInt16LE(width, 4);
    place.writeUInt16LE(1, 6);
    place.writeUInt32LE(0xffffffff, 8);
    const image = await this.#ask(GET_IMAGE, this.#root, Z_PIXMAP, place);
    if (image === undefined) throw new Error('the screen gives no picture');
    return image.subarray(HEADER);
  }

  /** The answer; undefined when there is no such window any more. `detail` and `more` where a request has them. */
  #ask(opcode: number, window: number, detail = 0, more = NOTHING): Promise<Buffer | undefined> {
    const { promise, resolve } = Promise.withResolvers<Buffer | undefined>();
    this.#waiting.push(resolve);
    this.#tell(opcode, window, detail, more);
    return promise;
  }

  /** A request of one window. */
  #tell(opcode: number, window: number, detail = 0, more = NOTHING): void {
    const head = Buffer.alloc(8);
    head.writeUInt8(opcode);
    head.writeUInt8(detail, 1);
    head.writeUInt16LE(2 + more.length / 4, 2);
    head.writeUInt32LE(window, 4);
    const request = Buffer.concat([head, more]);
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

/** Of four bytes a pixel, the last is no colour. */
function coloursIn(pixels: Buffer): number[] {
  return [...pixels].filter((_, at) => at % 4 !== 3);
}
