import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const SECRET_BYTES = 20;
const STEP_MS = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new secret of a second factor, as authenticators take it: base 32. */
export function makeSecondFactor(): string {
  let bits = '';
  for (const byte of randomBytes(SECRET_BYTES)) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

/** The code of a moment (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits). */
export function codeAt(secret: string, now: number): string {
  return codeOf(secret, Math.floor(now / STEP_MS));
}

/**
 * The step of a code that is right now, or was or will be 30 seconds away; undefined when it is wrong or not newer than the
 * last one that was taken.
 */
export function stepOf(
  secret: string,
  code: string,
  now: number,
  lastStep: number,
): number | undefined {
  const step = Math.floor(now / STEP_MS);
  return [step, step - 1, step + 1].find(
    (tried) =>
      tried > lastStep && timingSafeEqual(Buffer.from(codeOf(secret, tried)), padded(code)),
  );
}

function padded(code: string): Buffer {
  return Buffer.from(
    code
      .padEnd(6, 'x')
      .slice(0, 6)
      .replaceAll(/[^0-9]/g, 'x'),
  );
}

function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text)
    .map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Encrypts what the database must not show as it is (AES-256-GCM). */
export function encrypt(key: Buffer, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64');
}

/** The way back; throws when it was encrypted by another key or changed. */
export function decrypt(key: Buffer, hidden: string): string {
  const bytes = Buffer.from(hidden, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const rest = bytes.subarray(NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(rest), decipher.final()]).toString('utf8');
}
