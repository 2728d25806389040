import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of new hashes: one of the sets that OWASP's password storage cheat sheet names; 16 MB each. */
const COST = { ln: 14, r: 8, p: 5 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MEMORY_LIMIT = 64 * 1024 * 1024;

type Cost = typeof COST;

/** A hash that no secret has: for accounts that are not there, so that they take as long as others. */
export const NO_SECRET = format(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

/** Hashes a PIN or password with scrypt; the parameters stand in the result, so that they can grow later. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return format(COST, salt, await derive(secret, salt, COST));
}

/** Whether a PIN or password is the one that was hashed. Takes the same time for every wrong one. */
export async function isSecret(secret: string, hash: string): Promise<boolean> {
  const parts = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/=]+)\$([\w+/=]+)$/.exec(hash);
  if (parts === null) throw new Error('not a hash of a secret');
  const [, ln, r, p, salt = '', wanted = ''] = parts;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const found = await derive(secret, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(found, Buffer.from(wanted, 'base64'));
}

function format({ ln, r, p }: Cost, salt: Buffer, hash: Buffer): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** The same text typed on two keyboards may have other code points: NFC makes them one. */
function derive(secret: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: MEMORY_LIMIT };
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFC'), salt, HASH_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
