import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type SignedFile, signedFileText } from '#shared/operations/bundle.ts';
import type { SealingKey } from '#shared/operations/sealed.ts';
import type { OnlineKeys } from '../feed/publish.ts';
import { makeSigningKey, openSigner } from '../feed/signer.ts';
import { writeWhole } from '../feed/write-whole.ts';

/** A key to which terminals seal; retired ones are kept to open what was sealed before. */
export interface OpeningKey extends SealingKey {
  readonly privateKey: KeyObject;
}

/** Keys that lie on the server. The root keys do not belong here (`root-keys.ts`). */
export interface DistrictKeys {
  readonly feed: OnlineKeys;
  /** Newest first. */
  readonly sealing: readonly [OpeningKey, ...OpeningKey[]];
  /** The public half of the key that signs receipts and provisioning files, in hexadecimal. */
  readonly receiptKey: string;
  readonly signFile: (file: Omit<SignedFile, 'signature'>) => SignedFile;
  /** Encrypts what the database must not show as it is: secrets of second factors. 32 bytes. */
  readonly storageKey: Buffer;
}

const FILE = 'server-keys.json';
/** Keys that wait for a root that names them. */
const NEXT_FILE = 'server-keys.next.json';
const PRIVATE = 0o600;

const fileSchema = z.strictObject({
  format: z.literal(1),
  online: z.string(),
  content: z.string(),
  receipts: z.string(),
  sealing: z.tuple([z.string()], z.string()),
  storage: z.base64(),
});

/** Whether a folder has the server's keys. */
export function hasKeys(folder: string): boolean {
  return existsSync(join(folder, FILE));
}

/** Makes the server's keys in a folder that only its owner can read. */
export function makeKeys(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sealing = generateKeyPairSync('x25519').privateKey;
  const made: z.infer<typeof fileSchema> = {
    format: 1,
    online: makeSigningKey(),
    content: makeSigningKey(),
    receipts: makeSigningKey(),
    sealing: [sealing.export({ type: 'pkcs8', format: 'pem' }).toString()],
    storage: randomBytes(32).toString('base64'),
  };
  writeKeys(join(folder, FILE), made);
}

function writeKeys(path: string, keys: z.infer<typeof fileSchema>): void {
  writeWhole(path, Buffer.from(JSON.stringify(keys, undefined, 2)));
  chmodSync(path, PRIVATE);
}

/**
 * Makes other keys to sign the feed with, beside those in use: they count when a root names them (`keysNamed`). All else
 * stays, so that terminals need not be enrolled anew.
 */
export function makeNextKeys(folder: string): DistrictKeys['feed'] {
  const now = readKeys(join(folder, FILE));
  const made = { ...now, online: makeSigningKey(), content: makeSigningKey() };
  writeKeys(join(folder, NEXT_FILE), made);
  return feedKeys(made);
}

/**
 * Finds the keys that a root names by the id of the online key: those that wait, or those that are in use. Gives what puts
 * them in use; undefined when neither are meant.
 */
export function keysNamed(folder: string, onlineKeyId: string): (() => void) | undefined {
  const [inUse, waiting] = [join(folder, FILE), join(folder, NEXT_FILE)];
  const isMeant = (path: string) =>
    existsSync(path) && feedKeys(readKeys(path)).timestamp.key.keyID === onlineKeyId;
  if (isMeant(inUse)) return () => {};
  return isMeant(waiting) ? () => renameSync(waiting, inUse) : undefined;
}

/** Whether others than the owner can read the keys; Windows has other means and is not judged. */
export function areKeysOpen(folder: string): boolean {
  return process.platform !== 'win32' && (statSync(join(folder, FILE)).mode & 0o077) !== 0;
}

/** Opens the server's keys. Throws when the file is not theirs. */
export function openKeys(folder: string): DistrictKeys {
  const file = readKeys(join(folder, FILE));
  const receipts = createPrivateKey(file.receipts);
  const [newest, ...retired] = file.sealing;
  return {
    feed: feedKeys(file),
    sealing: [openingKey(newest), ...retired.map(openingKey)],
    receiptKey: rawPublicKey(receipts).toString('hex'),
    signFile: (unsigned) => ({
      ...unsigned,
      signature: sign(null, Buffer.from(signedFileText(unsigned)), receipts).toString('hex'),
    }),
    storageKey: Buffer.from(file.storage, 'base64'),
  };
}

function readKeys(path: string): z.infer<typeof fileSchema> {
  return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

function feedKeys(file: z.infer<typeof fileSchema>): OnlineKeys {
  const online = openSigner(file.online);
  return {
    timestamp: online,
    snapshot: online,
    targets: online,
    content: openSigner(file.content),
  };
}

function openingKey(pem: string): OpeningKey {
  const privateKey = createPrivateKey(pem);
  const raw = rawPublicKey(privateKey);
  const id = createHash('sha256').update(raw).digest('hex').slice(0, 16);
  return { id, publicKey: raw.toString('hex'), privateKey };
}

function rawPublicKey(secret: KeyObject): Buffer {
  const { x } = createPublicKey(secret).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}
