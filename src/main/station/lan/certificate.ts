import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
/** Longest that no common browser or system objects to for a certificate that somebody trusted by hand. */
const VALID_DAYS = 820;
const RENEW_BEFORE_DAYS = 30;
/** More than a terminal that moves between networks makes in years. */
const EARLIER_KEPT = 12;

/** What a TLS server needs, and what a technician compares. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string;
  /** Epoch milliseconds, both. */
  readonly from: number;
  readonly until: number;
  /** Another's certificate, which browsers know already. */
  readonly given: boolean;
}

/**
 * The station's own certificate from its folder; made when there is none, and anew, with the same key, when it runs out within a
 * month or lacks a name. Office PCs were made to trust it by hand, so a clock alone never replaces it: outside of its dates it
 * stays until a person asks for a good one (`isAsked`), and what was replaced is kept, and taken again when the clock or the names
 * are such that it fits and the other does not.
 */
export async function ownCertificate(
  folder: string,
  names: readonly string[],
  now: number,
  isAsked = false,
): Promise<ServerCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = ownKey(join(folder, 'key.pem'));
  const path = join(folder, 'certificate.pem');
  const earlier = join(folder, 'earlier');
  const kept = readOwn(path, key);
  if (kept !== undefined && isFit(kept, names, now)) return kept;
  const former = filesIn(earlier)
    .map((file) => readOwn(file, key))
    .find((one) => one !== undefined && isFit(one, names, now));
  if (former === undefined && kept !== undefined && isOutOfDate(kept, now) && !isAsked) return kept;
  const next = former ?? described(await selfSigned(key, names, now), key, false);
  if (kept !== undefined) putAside(earlier, kept);
  writeWhole(path, next.certificate);
  return next;
}

/** A certificate from elsewhere, also outside of its dates. Throws when the files are not there or do not belong together. */
export function givenCertificate(files: {
  readonly certificate: string;
  readonly key: string;
}): ServerCertificate {
  const key = createPrivateKey(readFileSync(files.key));
  const certificate = readFileSync(files.certificate, 'utf8');
  if (!new X509Certificate(certificate).checkPrivateKey(key))
    throw new Error('certificate and key do not belong together');
  return described(certificate, key, true);
}

/** Whether the clock is outside of a certificate's dates. It cannot say which of the two is wrong. */
export function isOutOfDate(
  { from, until }: Pick<ServerCertificate, 'from' | 'until'>,
  now: number,
): boolean {
  return now < from || now >= until;
}

function described(certificate: string, key: KeyObject, given: boolean): ServerCertificate {
  const parsed = new X509Certificate(certificate);
  return {
    certificate,
    key: pemOf(key),
    fingerprint: parsed.fingerprint256,
    from: Date.parse(parsed.validFrom),
    until: Date.parse(parsed.validTo),
    given,
  };
}

/** A certificate of this key; undefined when there is none, or it is damaged. */
function readOwn(path: string, key: KeyObject): ServerCertificate | undefined {
  try {
    const pem = readFileSync(path, 'utf8');
    return new X509Certificate(pem).checkPrivateKey(key) ? described(pem, key, false) : undefined;
  } catch {
    return undefined;
  }
}

/** What a computer calls itself while nobody gives it an address (RFC 3927). It passes, and no certificate is made for it. */
const LINK_LOCAL = /^169\.254\./;

/** Whether it names every name, and is good for a month and more. */
function isFit(own: ServerCertificate, names: readonly string[], now: number): boolean {
  const parsed = new X509Certificate(own.certificate);
  const isNamed = names
    .filter((name) => !LINK_LOCAL.test(name))
    .every((name) => (isIP(name) ? parsed.checkIP(name) : parsed.checkHost(name)));
  return isNamed && now >= own.from && now < own.until - RENEW_BEFORE_DAYS * DAY_MS;
}

function putAside(folder: string, { certificate, fingerprint }: ServerCertificate): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeWhole(join(folder, `${fingerprint.replaceAll(':', '')}.pem`), certificate);
  for (const file of filesIn(folder).slice(EARLIER_KEPT)) rmSync(file, { force: true });
}

/** What was put aside, the last first. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pem'))
    .map((name) => join(folder, name))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
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
