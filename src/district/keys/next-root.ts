import { type Key, Metadata, MetadataKind, type Root } from '@tufjs/models';
import { ONLINE_ROLES, rootFile } from '../feed/root.ts';
import type { Signer } from '../feed/signer.ts';
import { StartFault } from '../start-fault.ts';

/** What the next root is made of. */
export interface NextRoot {
  /** The newest root of the feed, as its file has it. */
  readonly newest: Buffer;
  /** Root keys that the holders brought; enough of them for the newest root. */
  readonly holders: readonly Signer[];
  /** Root keys from now on; the holders' own when absent. */
  readonly successors?: readonly Signer[] | undefined;
  /** The server's online key from now on; as before when absent. */
  readonly online?: Key | undefined;
  readonly now: number;
}

/**
 * Makes the root that follows the newest one: renewed for two years, with the same keys or with others. Done on a computer
 * without a network, by those who hold the root keys. Throws `StartFault` when their keys are not those, or too few.
 */
export function nextRoot(next: NextRoot): { readonly version: number; readonly file: Buffer } {
  const { signed } = readRoot(next.newest);
  const role = signed.roles.root;
  const brought = new Set(next.holders.map(({ key }) => key.keyID));
  const fitting = (role?.keyIDs ?? []).filter((id) => brought.has(id));
  if (role === undefined || fitting.length < role.threshold)
    throw new StartFault(
      `要 ${role?.threshold ?? 2} 把根密钥一起签，带来的密钥里有 ${fitting.length} 把是现在的根密钥。`,
    );
  const root = next.successors ?? next.holders.filter(({ key }) => fitting.includes(key.keyID));
  if (new Set(root.map(({ key }) => key.keyID)).size < role.threshold)
    throw new StartFault(`新的根密钥至少要 ${role.threshold} 把，各不相同，由不同的人保管。`);
  const online = { key: next.online ?? onlineKey(signed) };
  const version = signed.version + 1;
  const keys = { timestamp: online, snapshot: online, targets: online };
  const file = rootFile(
    version,
    { ...keys, root, threshold: role.threshold },
    next.now,
    next.holders,
  );
  return { version, file };
}

/**
 * Checks that a root follows the newest one: next in number, signed by enough keys of both. Gives its number and the id of
 * the key that the server must have. Throws `StartFault` otherwise.
 */
export function checkNextRoot(newest: Buffer, file: Buffer) {
  const before = readRoot(newest);
  const after = readRoot(file);
  if (after.signed.version !== before.signed.version + 1)
    throw new StartFault(
      `这份根证书是第 ${after.signed.version} 版，现在要的是第 ${before.signed.version + 1} 版。`,
    );
  try {
    before.verifyDelegate('root', after);
    after.verifyDelegate('root', after);
  } catch (error) {
    throw new StartFault('这份根证书没有由现在的和新的根密钥一起签，不能用。', { cause: error });
  }
  return { version: after.signed.version, onlineKey: onlineKey(after.signed).keyID };
}

/** Until when a root is good, epoch milliseconds. */
export function rootExpiry(file: Buffer): number {
  return Date.parse(readRoot(file).signed.expires);
}

function readRoot(file: Buffer): Metadata<Root> {
  try {
    const written = JSON.parse(file.toString('utf8')) as Parameters<typeof Root.fromJSON>[0];
    return Metadata.fromJSON(MetadataKind.Root, written);
  } catch (error) {
    throw new StartFault('这个文件不是根证书（N.root.json）。', { cause: error });
  }
}

/** This server signs all roles of its own with one key. */
function onlineKey(root: Root): Key {
  const ids = ONLINE_ROLES.map((role) => root.roles[role]?.keyIDs[0]);
  const key = root.keys[ids[0] ?? ''];
  if (key === undefined || ids.some((id) => id !== ids[0]))
    throw new StartFault('这份根证书不是这个服务器的：三种在线签名应当用同一把密钥。');
  return key;
}
