import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
/** Longest that no common browser or system objects to for a certificate that somebody trusted by hand. */
const VALID_DAYS = 820;
const RENEW_BEFORE_DAYS = 30;

/** What a TLS server needs, and what a technician compares. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly until: number;
  /** Another's certificate, which browsers know already. */
  readonly given: boolean;
}

/**
 * The station's own certificate from its folder; made when there is none, and anew, with the same key, when it runs out within a
 * month, the clock lies before it, or it lacks a name.
 */
export async function ownCertificate(
  folder: string,
  names: readonly string[],
  now: number,
): Promise<ServerCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = ownKey(join(folder, 'key.pem'));
  const path = join(folder, 'certificate.pem');
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (kept !== undefined && isGood(kept, key, names, now)) return described(kept, key, false);
  const made = await selfSigned(key, names, now);
  writeWhole(path, made);
  return described(made, key, false);
}

/** A certificate from elsewhere. Throws when the files are not there, do not belong together, or it has run out. */
export function givenCertificate(
  files: { readonly certificate: string; readonly key: string },
  now: number,
): ServerCertificate {
  const key = createPrivateKey(readFileSync(files.key));
  const certificate = readFileSync(files.certificate, 'utf8');
  const parsed = new X509Certificate(certificate);
  if (!parsed.checkPrivateKey(key)) throw new Error('certificate and key do not belong together');
  if (Date.parse(parsed.validTo) <= now) throw new Error('the certificate has run out');
  return described(certificate, key, true);
}

function described(certificate: string, key: KeyObject, given: boolean): ServerCertificate {
  const parsed = new X509Certificate(certificate);
  return {
    certificate,
    key: pemOf(key),
    fingerprint: parsed.fingerprint256,
    until: Date.parse(parsed.validTo),
    given,
  };
}

function isGood(pem: string, key: KeyObject, names: readonly string[], now: number): boolean {
  try {
    const parsed = new X509Certificate(pem);
    const inTime =
      now >= Date.parse(parsed.validFrom) &&
      now < Date.parse(parsed.validTo) - RENEW_BEFORE_DAYS * DAY_MS;
    const named = names.every((name) =>
      isIP(name) ? parsed.checkIP(name) : parsed.checkHost(name),
    );
    return inTime && named && parsed.checkPrivateKey(key);
  } catch {
    // Damaged: a new one is made.
    return false;
  }
}

function ownKey(path: string): KeyObject {
  if (existsSync(path)) return createPrivateKey(readFileSync(path));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeWhole(path, pemOf(privateKey));
  return privateKey;
}

/** A file that is only there whole, and only for this user. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string;
}

/**
 * It signs itself and can sign nothing else: office PCs that trust it trust this terminal, not whatever its key might sign. The
 * package is loaded only here, because most terminals serve no network.
 */
async function selfSigned(key: KeyObject, names: readonly string[], now: number): Promise<string> {
  // What @peculiar/x509 finds its parts with; it must be there first.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const { subtle } = globalThis.crypto;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // At most 20 bytes and positive (RFC 5280, 4.1.2.2).
    serialNumber: `4${randomBytes(15).toString('hex').slice(1)}`,
    name: [{ CN: ['legal-kiosk'] }, { OU: [names[0] ?? 'station'] }],
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + VALID_DAYS * DAY_MS),
    keys: {
      privateKey: await subtle.importKey('pkcs8', new Uint8Array(pkcs8), algorithm, false, [
        'sign',
      ]),
      publicKey: await subtle.importKey('spki', new Uint8Array(spki), algorithm, true, ['verify']),
    },
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({
          type: isIP(name) ? ('ip' as const) : ('dns' as const),
          value: name,
        })),
      ),
    ],
  });
  return certificate.toString('pem');
}
