import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { newestRoot, rootPath } from '../feed/root.ts';
import { makeSigningKey, openSigner, publicKey, type Signer } from '../feed/signer.ts';
import { writeWhole } from '../feed/write-whole.ts';
import { StartFault } from '../start-fault.ts';
import { takeLock } from '../take-lock.ts';
import { hasKeys, keysNamed, makeNextKeys } from './district-keys.ts';
import { checkNextRoot, nextRoot, rootExpiry } from './next-root.ts';

type Command = (args: readonly string[]) => string;

/** What is done with keys while the server stands still; each returns the sentence that is said afterwards. */
export const KEY_COMMANDS: Readonly<Record<string, Command>> = {
  'root renew': renewRoot,
  'root take': takeRoot,
  'keys replace': replaceKeys,
};

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

/** On a computer without a network, by those who hold the root keys: writes the root that follows. */
function renewRoot(args: readonly string[]): string {
  const example = 'root renew --root 3.root.json --key a/root-1.pem --key b/root-2.pem --out .';
  const { values } = parsed(
    args,
    { root: text, key: texts, 'new-key': texts, online: text, out: text },
    example,
  );
  const { root, key = [], out } = values;
  if (root === undefined || out === undefined) throw wrongly(example);
  const made = nextRoot({
    newest: read(root),
    holders: key.map(openKeyFile),
    successors: values['new-key']?.map(openOrMakeKeyFile),
    online: values.online === undefined ? undefined : onlineKeyIn(values.online),
    now: Date.now(),
  });
  const file = join(resolve(out), `${made.version}.root.json`);
  writeWhole(file, made.file);
  return `已写好第 ${made.version} 版根证书：${file}，${until(made.file)}。请拿到服务器上，停下服务器后用 root take 换上。`;
}

/** On the server while it stands still: puts a root in use, and the keys that wait for it. */
function takeRoot(args: readonly string[]): string {
  const example = 'root take 4.root.json --data DIR';
  const { values, positionals } = parsed(args, { data: text }, example);
  const [path] = positionals;
  if (path === undefined) throw wrongly(example);
  return inData(values.data, ({ keys, feed }) => {
    const file = read(path);
    const last = newestRoot(feed);
    // Taken before, but stopped on the way to the keys.
    const isThere = last > 1 && readFileSync(rootPath(feed, last)).equals(file);
    const { version, onlineKey } = checkNextRoot(
      readFileSync(rootPath(feed, isThere ? last - 1 : last)),
      file,
    );
    const putKeys = keysNamed(keys, onlineKey);
    if (putKeys === undefined)
      throw new StartFault(
        '根证书写的在线密钥不在这台服务器上，请用 keys replace 那次生成的公钥重签。',
      );
    if (!isThere) writeWhole(rootPath(feed, version), file);
    putKeys();
    return `第 ${version} 版根证书已换上，${until(file)}。现在可以启动服务器，内容会用新的密钥重新签名。`;
  });
}

/** On the server: makes other keys for the feed, and writes the public half for those who sign the next root. */
function replaceKeys(args: readonly string[]): string {
  const example = 'keys replace --data DIR --out /media/usb';
  const { values } = parsed(args, { data: text, out: text }, example);
  const { out } = values;
  if (out === undefined) throw wrongly(example);
  return inData(values.data, ({ keys }) => {
    const { timestamp } = makeNextKeys(keys);
    const file = join(resolve(out), 'online-key.json');
    writeWhole(file, Buffer.from(JSON.stringify({ online: timestamp.key.keyVal.public })));
    return `新密钥已备好，公钥在 ${file}。请用 root renew --online 签进下一版根证书，再用 root take 换上；在那以前仍用原来的密钥。`;
  });
}

/** Runs with the data folder of a server that stands still. */
function inData(
  data = 'data/district',
  work: (folders: { readonly keys: string; readonly feed: string }) => string,
): string {
  const folder = resolve(data);
  const keys = join(folder, 'keys');
  if (!hasKeys(keys))
    throw new StartFault(`${folder} 里没有区县服务器的密钥，请用 --data 指对文件夹。`);
  const unlock = takeLock(join(folder, 'district.lock'));
  try {
    return work({ keys, feed: join(folder, 'feed') });
  } finally {
    unlock();
  }
}

function until(root: Buffer): string {
  return `有效期到 ${new Date(rootExpiry(root)).toISOString().slice(0, 10)}`;
}

function read(path: string): Buffer {
  if (!existsSync(path)) throw new StartFault(`没有这个文件：${path}。`);
  return readFileSync(path);
}

function openKeyFile(path: string): Signer {
  try {
    return openSigner(read(path).toString('utf8'));
  } catch (error) {
    if (error instanceof StartFault) throw error;
    throw new StartFault(`${path} 不是一把根密钥。`, { cause: error });
  }
}

/** A key for a holder to come is made where it is to lie: on the stick that it will be kept on. */
function openOrMakeKeyFile(path: string): Signer {
  if (!existsSync(path)) {
    writeWhole(path, Buffer.from(makeSigningKey()));
    chmodSync(path, 0o600);
  }
  return openKeyFile(path);
}

const onlineSchema = z.object({ online: z.string().regex(/^[0-9a-f]{64}$/) });

function onlineKeyIn(path: string) {
  try {
    return publicKey(onlineSchema.parse(JSON.parse(read(path).toString('utf8'))).online);
  } catch (error) {
    if (error instanceof StartFault) throw error;
    throw new StartFault(`${path} 不是 keys replace 写出的公钥文件。`, { cause: error });
  }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parsed<Known extends Options>(args: readonly string[], options: Known, example: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw wrongly(example, error);
  }
}

function wrongly(example: string, cause?: unknown): StartFault {
  return new StartFault(`命令写得不对，例如 npm run district -- ${example}。`, { cause });
}
