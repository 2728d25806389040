import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { FileStep } from './recorded-run.ts';

/** A power cut tears writes at these bounds: no disk writes less at once. */
const SECTOR = 512;

/** What became of writes that nobody had flushed. */
export type Fate =
  /** All of them had reached the disk. */
  | 'kept'
  /** None had. */
  | 'dropped'
  /** Some had, in whatever order the disk took them, some of them in part. */
  | 'mixed';

type Change = Extract<FileStep, { do: 'write' | 'truncate' }>;
type Naming = Extract<FileStep, { do: 'create' | 'rename' | 'unlink' }>;

/** Bytes of a file whatever it is called: those that are on the disk for good, and changes that may or may not be. */
interface Inode {
  durable: Buffer;
  size: number;
  pending: Change[];
}

/** A disk that keeps for good only what was flushed: contents by a file's `fsync`, names by their folder's. */
export class Disk {
  readonly #folder: string;
  readonly #durableNames = new Map<string, Inode>();
  readonly #names = new Map<string, Inode>();
  #pendingNames: { readonly step: Naming; readonly inode: Inode }[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  take(step: FileStep): void {
    if (step.do === 'say') return;
    if (step.do === 'sync') this.#sync(step.path);
    else if (step.do === 'write' || step.do === 'truncate')
      this.#names.get(step.path)?.pending.push(step);
    else this.#name(step);
  }

  #name(step: Naming): void {
    const inode =
      step.do === 'create'
        ? { durable: Buffer.alloc(0), size: 0, pending: [] }
        : this.#names.get(step.path);
    if (inode === undefined) return;
    this.#pendingNames.push({ step, inode });
    rename(this.#names, step, inode);
  }

  #sync(path: string): void {
    const inode = this.#names.get(path);
    if (inode !== undefined) {
      for (const change of inode.pending) apply(inode, change);
      inode.pending = [];
      return;
    }
    const isHere = ({ step }: { step: Naming }) => dirname(step.path) === path;
    for (const { step, inode: of } of this.#pendingNames.filter(isHere))
      rename(this.#durableNames, step, of);
    this.#pendingNames = this.#pendingNames.filter((one) => !isHere(one));
  }

  /** Writes what a power cut at this moment would leave into another folder. */
  cut(target: string, fate: Fate, chance: () => number): void {
    const names = new Map(this.#durableNames);
    // Names become durable in their order: a file system's journal keeps it.
    const reached = { kept: 1, dropped: 0, mixed: chance() }[fate] * this.#pendingNames.length;
    for (const { step, inode } of this.#pendingNames.slice(0, Math.round(reached)))
      rename(names, step, inode);
    for (const [path, inode] of names) {
      const file = join(target, relative(this.#folder, path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, contentAfter(inode, fate, chance));
    }
  }
}

function rename(names: Map<string, Inode>, step: Naming, inode: Inode): void {
  if (step.do !== 'create') names.delete(step.path);
  if (step.do !== 'unlink') names.set(step.do === 'rename' ? step.to : step.path, inode);
}

function contentAfter({ durable, size, pending }: Inode, fate: Fate, chance: () => number): Buffer {
  const copy: Inode = { durable: Buffer.from(durable), size, pending: [] };
  for (const change of pending) {
    if (fate === 'dropped') continue;
    if (fate === 'kept' || change.do === 'truncate') {
      if (fate === 'kept' || chance() < 0.5) apply(copy, change);
      continue;
    }
    for (const part of tornWrite(change, chance)) apply(copy, part);
  }
  return copy.durable.subarray(0, copy.size);
}

/** A write as a whole, not at all, or some of its sectors. */
function tornWrite(
  change: Extract<Change, { do: 'write' }>,
  chance: () => number,
): readonly Change[] {
  const what = chance();
  if (what < 0.4) return [change];
  if (what < 0.8) return [];
  const { path, at, bytes } = change;
  const parts: Change[] = [];
  // Sectors are those of the disk: a write may begin in the middle of one.
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR));
    if (chance() < 0.5)
      parts.push({ do: 'write', path, at: at + from, bytes: bytes.subarray(from, to) });
    from = to;
  }
  return parts;
}

function apply(inode: Inode, change: Change): void {
  const end = change.do === 'write' ? change.at + change.bytes.length : change.size;
  if (end > inode.durable.length) {
    const grown = Buffer.alloc(Math.max(end, inode.durable.length * 2));
    inode.durable.copy(grown, 0, 0, inode.size);
    inode.durable = grown;
  }
  if (change.do === 'truncate') {
    inode.durable.fill(0, Math.min(end, inode.size));
    inode.size = end;
    return;
  }
  change.bytes.copy(inode.durable, change.at);
  inode.size = Math.max(inode.size, end);
}
