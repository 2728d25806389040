import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  futimesSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const PIECE_BYTES = 1024 * 1024;

/** What was copied. */
export interface Copied {
  readonly bytes: number;
  readonly sha256: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/**
 * Copies an open file to a new one that only its owner may read, through to the disk, and gives what went over. Throws `EEXIST`
 * when there is one. The source is closed.
 */
export function copyOpenFile(from: number, to: string, modifiedAt: number): Copied {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let bytes = 0;
  try {
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    const out = openSync(to, 'wx', 0o600);
    try {
      for (let got = readSync(from, piece); got > 0; got = readSync(from, piece)) {
        hash.update(piece.subarray(0, got));
        for (let sent = 0; sent < got; ) sent += writeSync(out, piece, sent, got - sent);
        bytes += got;
      }
      // A key is told from one that was taken out of service by its age.
      futimesSync(out, modifiedAt / 1000, modifiedAt / 1000);
      fsyncSync(out);
    } finally {
      closeSync(out);
    }
  } finally {
    closeSync(from);
  }
  return { bytes, sha256: hash.digest('hex'), modifiedAt };
}

/** Copies a file; see `copyOpenFile`. */
export function copyFile(from: string, to: string): Copied {
  const { mtimeMs } = statSync(from);
  return copyOpenFile(openSync(from, 'r'), to, Math.floor(mtimeMs));
}

/** Number of bytes and SHA-256 of a file. */
export function measure(path: string): Pick<Copied, 'bytes' | 'sha256'> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  const file = openSync(path, 'r');
  let bytes = 0;
  try {
    for (let got = readSync(file, piece); got > 0; got = readSync(file, piece)) {
      hash.update(piece.subarray(0, got));
      bytes += got;
    }
  } finally {
    closeSync(file);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Writes a small file whole or not at all, also in a power cut; one that is there is replaced. */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.part`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  flushFolder(dirname(path));
}

/** Renames, through to the disk. */
export function renameFlushed(from: string, to: string): void {
  renameSync(from, to);
  flushFolder(dirname(to));
  if (dirname(from) !== dirname(to)) flushFolder(dirname(from));
}

/** Windows has no folders to flush, and keeps names by itself. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
