import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** A running program: its file, and for parts of a browser what the part is for. */
export interface Program {
  readonly pid: number;
  readonly kind: string;
}

/** All programs that a process started, directly or through others, and that still run. */
export function programsBelow(root: number): Program[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(parentOf);
  const below = (parent: number): number[] =>
    all
      .filter((candidate) => candidate.parent === parent)
      .flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(root).flatMap((pid) => {
    const kind = kindOf(pid);
    return kind === undefined ? [] : [{ pid, kind }];
  });
}

function parentOf(name: string): { pid: number; parent: number }[] {
  try {
    const [state, parent] =
      readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent) }];
  } catch {
    return [];
  }
}

function kindOf(pid: number): string | undefined {
  try {
    const file = basename(readlinkSync(`/proc/${pid}/exe`));
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const parts = [/--utility-sub-type=(\S+)/.exec(line)?.[1], /--type=(\S+)/.exec(line)?.[1]];
    return [file, parts.find((part) => part !== undefined)].filter(Boolean).join(' ');
  } catch {
    return undefined;
  }
}
