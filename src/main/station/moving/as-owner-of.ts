import { statSync } from 'node:fs';

/**
 * Does work as the user whom a folder belongs to, where root does it: nothing in the folder becomes root's, and no link that this
 * user laid there leads root astray. Everywhere else the work is simply done. Nothing else may run meanwhile.
 */
export async function asOwnerOf<Result>(
  folder: string,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  const { uid, gid } = statSync(folder);
  process.setegid?.(gid);
  process.seteuid?.(uid);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
