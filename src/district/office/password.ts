import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** One of the sets of parameters that OWASP's password storage cheat sheet names; 16 MB each. */
const COST = { N: 2 ** 14, r: 8, p: 5, maxmem: 64 * 1024 * 1024 };
const BYTES = 32;

/** A hash that no password has: for accounts that are not there, so that they take as long as others. */
const NOBODY = `${'0'.repeat(32)}:${'0'.repeat(BYTES * 2)}`;

/** Hashes a password with scrypt and a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(password, salt)).toString('hex')}`;
}

/** Whether a password is the one that was hashed; takes the same time for every wrong one, also without a hash. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [salt = '', wanted = ''] = (hash ?? NOBODY).split(':');
  const found = await derive(password, Buffer.from(salt, 'hex'));
  return timingSafeEqual(found, Buffer.from(wanted, 'hex')) && hash !== null;
}

/** The same text typed on two keyboards may have other code points: NFC makes them one. */
function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, BYTES, COST, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
