import { flushFolder } from '../store/flushed-files.ts';
import { headOf, nextSegment, writeSegment } from './law-segments.ts';

/** Bytes of a segment: an interrupted import goes on from the last one. */
const SEGMENT_BYTES = 1_200_000;

/** Segments that are on their way to the disk at the same time. */
const AT_ONCE = 3;

type Written = { readonly name: string } | { readonly error: unknown };

interface Writing {
  readonly memory: Buffer;
  readonly written: Promise<Written>;
}

/**
 * Gathers files into segments and writes these while the caller reads on. Memory is taken once and used again: new memory
 * for each file would have the collector look through all of the program's for every few segments. A write that failed
 * throws at a later call.
 */
export class SegmentQueue {
  readonly #folder: string;
  readonly #names: string[] = [];
  readonly #spare: Buffer[] = [];
  readonly #writing: Writing[] = [];
  #memory: Buffer | undefined;
  #used = 0;
  #number: number;

  constructor(folder: string) {
    this.#folder = folder;
    this.#number = nextSegment(folder);
  }

  /** `bytes` are the text in UTF-8, and the caller's again when this answers. */
  async add(path: string, bytes: Buffer): Promise<void> {
    const head = headOf(path, bytes.length);
    const needed = head.length + bytes.length;
    if (this.#memory !== undefined && this.#used + needed > this.#memory.length)
      await this.#write();
    this.#memory ??= this.#room(needed);
    this.#used += head.copy(this.#memory, this.#used);
    this.#used += bytes.copy(this.#memory, this.#used);
  }

  /** When it answers, all is on disk. Names of the segments, in the order of their files. */
  async finish(): Promise<readonly string[]> {
    await this.#write();
    while (this.#writing.length > 0) await this.#oldest();
    if (this.#names.length > 0) flushFolder(this.#folder);
    return this.#names;
  }

  /** Waits for what is on its way, also when nobody wants it any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#writing.map(({ written }) => written));
  }

  /** A single file may need more than a segment has. */
  #room(needed: number): Buffer {
    if (needed > SEGMENT_BYTES) return Buffer.allocUnsafeSlow(needed);
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(SEGMENT_BYTES);
  }

  async #write(): Promise<void> {
    const memory = this.#memory;
    if (memory === undefined) return;
    const files = memory.subarray(0, this.#used);
    this.#memory = undefined;
    this.#used = 0;
    if (this.#writing.length === AT_ONCE) await this.#oldest();
    const written = writeSegment(this.#folder, this.#number, files).then(
      (name) => ({ name }),
      (error: unknown) => ({ error }),
    );
    this.#number += 1;
    this.#writing.push({ memory, written });
  }

  async #oldest(): Promise<void> {
    const [oldest] = this.#writing.splice(0, 1);
    if (oldest === undefined) return;
    const written = await oldest.written;
    if ('error' in written) throw written.error;
    this.#names.push(written.name);
    if (oldest.memory.length === SEGMENT_BYTES) this.#spare.push(oldest.memory);
  }
}
