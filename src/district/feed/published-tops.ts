import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FeedIndex, feedIndexSchema } from '#shared/feed/feed-index.ts';
import { StartFault } from '../start-fault.ts';
import { readOwn } from './metadata.ts';
import { targetPath } from './target-path.ts';

/**
 * How far a feed's folder says that each division was published; empty for a new folder. An index that cannot be read says nothing.
 * Throws `StartFault` when metadata cannot be read.
 */
export function publishedTops(folder: string): Pick<FeedIndex, 'division' | 'epoch' | 'top'>[] {
  const metadata = (name: string) => signedIn(join(folder, 'metadata', name));
  const { meta: named } = metadata('timestamp.json') as Named;
  const snapshot = named?.['snapshot.json'];
  if (snapshot === undefined) return [];
  const { meta: roles = {} } = metadata(`${snapshot.version}.snapshot.json`) as Named;
  return Object.entries(roles)
    .flatMap(([file, { version }]) =>
      Object.entries((metadata(`${version}.${file}`) as Signing).targets ?? {}),
    )
    .flatMap(([path, { hashes }]) => readIndex(targetPath(folder, path, hashes.sha256)) ?? []);
}

function signedIn(path: string): Record<string, unknown> {
  try {
    return readOwn(path)?.signed ?? {};
  } catch (error) {
    const told = `${path} 坏了，读不出来。请用备份里的发布文件夹整个换上，再用 --restored 启动一次服务器。`;
    throw new StartFault(told, { cause: error });
  }
}

interface Named {
  readonly meta?: Readonly<Record<string, { readonly version: number }>>;
}

interface Signing {
  readonly targets?: Readonly<Record<string, { readonly hashes: { readonly sha256: string } }>>;
}

function readIndex(path: string): FeedIndex | undefined {
  if (!path.endsWith('index.json') || !existsSync(path)) return undefined;
  try {
    return feedIndexSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
