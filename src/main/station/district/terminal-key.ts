import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * The terminal's own key: made here, never sent, not part of a backup. Another computer enrols anew, unless the terminal moves there
 * as a whole (`moving/`).
 */
export interface TerminalKey {
  /** 32 bytes in hexadecimal digits. */
  readonly publicKey: string;
  readonly sign: (text: string) => Buffer;
}

const FILE = 'terminal-key.pem';
/** Bytes of an Ed25519 key at the end of its SPKI form. */
const RAW_BYTES = 32;

/**
 * The key in a folder, made when there is none. One from before `notBefore` (epoch milliseconds) has been taken out of service and
 * another takes its place; that one stays, so that an enrolment whose answer was lost can be tried again with it.
 */
export function terminalKey(folder: string, notBefore = 0): TerminalKey {
  const path = join(folder, FILE);
  if (!existsSync(path) || statSync(path).mtimeMs < notBefore) writeKey(folder, path);
  return keyOf(createPrivateKey(readFileSync(path)));
}

/** Another key in place of the one that is there, for an enrolment that the former must not or cannot have. */
export function anotherKey(folder: string): TerminalKey {
  writeKey(folder, join(folder, FILE));
  return terminalKey(folder);
}

function keyOf(key: KeyObject): TerminalKey {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    publicKey: spki.subarray(-RAW_BYTES).toString('hex'),
    sign: (text) => sign(null, Buffer.from(text), key),
  };
}

/** Whole or not at all: a torn key would be no key. */
function writeKey(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const part = `${path}.part`;
  const file = openSync(part, 'w', 0o600);
  try {
    writeSync(file, String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}
