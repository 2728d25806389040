import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const AT_FIRST = 1 << 20;

/** Reads files one after the other into the same memory. */
export class FileReader {
  #memory = Buffer.allocUnsafeSlow(AT_FIRST);

  /** A file's bytes, until the next one is read. Throws as `openSync` does. */
  read(path: string): Buffer {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (size > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(2 * size);
      let length = 0;
      for (let read = -1; read !== 0 && length < size; length += read)
        read = readSync(file, this.#memory, length, size - length, null);
      return this.#memory.subarray(0, length);
    } finally {
      closeSync(file);
    }
  }
}
