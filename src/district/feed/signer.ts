import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { Key, Signature } from '@tufjs/models';

/** An Ed25519 key that signs metadata. */
export interface Signer {
  readonly key: Key;
  readonly sign: (bytes: Buffer) => Signature;
}

/** A new private key, PKCS #8 in PEM, as `openSigner` takes it. Root keys are kept offline, on paper or a locked stick. */
export function makeSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Opens a private key. */
export function openSigner(pem: string): Signer {
  const secret = createPrivateKey(pem);
  const { x } = secret.export({ format: 'jwk' });
  const key = publicKey(Buffer.from(x ?? '', 'base64url').toString('hex'));
  const { keyID } = key;
  return {
    key,
    sign: (bytes) => new Signature({ keyID, sig: sign(null, bytes, secret).toString('hex') }),
  };
}

/** A public key, 32 bytes in hexadecimal, as metadata names it; its id is the SHA-256 of what TUF writes of it. */
export function publicKey(hex: string): Key {
  const keyVal = { public: hex };
  const named = { keytype: 'ed25519', keyval: keyVal, scheme: 'ed25519' };
  const keyID = createHash('sha256').update(JSON.stringify(named)).digest('hex');
  return new Key({ keyID, keyType: 'ed25519', scheme: 'ed25519', keyVal });
}
