import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { ReadableDb } from '../store/sql.ts';
import { givenCertificate, ownCertificate } from './certificate.ts';
import { readLanSettings } from './lan-settings.ts';
import { addressesOf, ownNames } from './own-names.ts';

/** Where others of the station's network find this terminal, and by which key they know it. */
export interface OwnDoor {
  /** `host:port` each. */
  readonly addresses: string[];
  /** Public key of the certificate (SPKI, DER). */
  readonly hostKey: Uint8Array;
}

/** This terminal's door on the network; undefined while serving is off. Throws `StartError` for a given certificate that is of no use. */
export async function ownDoor(
  db: ReadableDb,
  dataDir: string,
  now: number,
): Promise<OwnDoor | undefined> {
  const settings = readLanSettings(db);
  if (!settings.on) return undefined;
  const names = ownNames(settings);
  const { certificate } =
    settings.certificate === undefined
      ? await ownCertificate(join(dataDir, 'lan'), names, now)
      : givenCertificate(settings.certificate);
  const { publicKey } = new X509Certificate(certificate);
  return {
    hostKey: publicKey.export({ type: 'spki', format: 'der' }),
    addresses: addressesOf(names, settings.port).map((url) => url.replace(/^https:\/\//, '')),
  };
}
