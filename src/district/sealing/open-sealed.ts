import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { Sealed } from '#shared/operations/sealed.ts';
import type { DistrictKeys, OpeningKey } from '../keys/district-keys.ts';

function newSuite() {
  return new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
}

/** The key to which something was sealed, if the district holds it. */
export function openingKeyOf(keys: DistrictKeys, sealed: Sealed): OpeningKey | undefined {
  return keys.sealing.find(({ id }) => id === sealed.key);
}

/** Opens what a terminal sealed; undefined when it was sealed to another key, for another purpose, or changed on its way. */
export async function openSealed(
  keys: DistrictKeys,
  sealed: Sealed,
  info: string,
  aad: string,
): Promise<string | undefined> {
  const key = openingKeyOf(keys, sealed);
  if (key === undefined) return undefined;
  const suite = newSuite();
  const { d } = key.privateKey.export({ format: 'jwk' });
  try {
    const raw = bytes(Buffer.from(d ?? '', 'base64url'));
    // The package names the key by a global type of pages, which Node's types do not have.
    const recipientKey = (await suite.kem.deserializePrivateKey(raw)) as never;
    const opened = await suite.open(
      {
        recipientKey,
        enc: bytes(Buffer.from(sealed.enc, 'base64')),
        info: bytes(Buffer.from(info)),
      },
      bytes(Buffer.from(sealed.ciphertext, 'base64')),
      bytes(Buffer.from(aad)),
    );
    return Buffer.from(opened).toString('utf8');
  } catch {
    return undefined;
  }
}

function bytes(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}
