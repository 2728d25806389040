import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { givenCertificate, ownCertificate } from '#station/lan/certificate.ts';
import { addressesOf, isOwnName } from '#station/lan/own-names.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const NAMES = ['kiosk.office', '192.168.1.20', '127.0.0.1'];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the station's own certificate", () => {
  test('is ECDSA on P-256, names every name, is no authority and signs only itself', async () => {
    const { certificate } = await ownCertificate(folder, NAMES, NOW);
    const parsed = new X509Certificate(certificate);
    expect(parsed.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.ca).toBe(false);
    expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(parsed.checkHost('kiosk.office')).toBe('kiosk.office');
    expect(parsed.checkIP('192.168.1.20')).toBe('192.168.1.20');
    expect(parsed.checkHost('evil.example')).toBeUndefined();
    expect(parsed.serialNumber.length).toBeLessThanOrEqual(40);
  });

  test('is for this user alone, and stays the same until it must not', async () => {
    const first = await ownCertificate(folder, NAMES, NOW);
    expect(statSync(join(folder, 'key.pem')).mode & 0o077).toBe(0);
    expect(await ownCertificate(folder, NAMES, NOW + 700 * DAY)).toEqual(first);
    expect(await ownCertificate(folder, ['kiosk.office'], NOW)).toEqual(first);
  });

  test.each([
    ['it runs out within a month', NAMES, NOW + 791 * DAY],
    ['the clock lies before it', NAMES, NOW - 400 * DAY],
    ['a name is new', [...NAMES, '192.168.1.21'], NOW],
  ])('is made anew with the same key when %s', async (_, names, now) => {
    const first = await ownCertificate(folder, NAMES, NOW);
    const second = await ownCertificate(folder, names, now);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(second.key).toBe(first.key);
    expect(second.until).toBeGreaterThan(now + 700 * DAY);
  });

  test('is made anew when its file is damaged', async () => {
    const first = await ownCertificate(folder, NAMES, NOW);
    writeFileSync(join(folder, 'certificate.pem'), 'damaged');
    const second = await ownCertificate(folder, NAMES, NOW);
    expect(second.key).toBe(first.key);
    expect(readFileSync(join(folder, 'certificate.pem'), 'utf8')).toBe(second.certificate);
  });
});

describe('a given certificate', () => {
  const files = () => ({
    certificate: join(folder, 'certificate.pem'),
    key: join(folder, 'key.pem'),
  });

  test('is taken as it is', async () => {
    const own = await ownCertificate(folder, NAMES, NOW);
    expect(givenCertificate(files(), NOW)).toEqual({ ...own, given: true });
  });

  test('is refused with a key of another, or when it has run out', async () => {
    await ownCertificate(folder, NAMES, NOW);
    const other = mkdtempSync(join(tmpdir(), 'lan-'));
    await ownCertificate(other, NAMES, NOW);
    expect(() => givenCertificate({ ...files(), key: join(other, 'key.pem') }, NOW)).toThrow(
      'belong',
    );
    expect(() => givenCertificate(files(), NOW + 900 * DAY)).toThrow('run out');
    rmSync(other, { recursive: true });
  });
});

describe('the names of a terminal', () => {
  test.each([
    ['kiosk.office:7443', true],
    ['192.168.1.20:7443', true],
    ['[fd00::1]:7443', true],
    ['kiosk.office', false],
    ['kiosk.office:7444', false],
    ['kiosk.office.evil:7443', false],
    ['evil.example:7443', false],
    [undefined, false],
    ['', false],
  ])('the Host header %j is its own: %s', (header, own) => {
    expect(isOwnName(header, [...NAMES, 'fd00::1'], 7443)).toBe(own);
  });
  test('need no port where it is the usual one', () => {
    expect(isOwnName('kiosk.office', NAMES, 443)).toBe(true);
  });
  test('are told to technicians as addresses, names first and without the loopback', () => {
    expect(addressesOf(['192.168.1.20', 'kiosk.office', '127.0.0.1', 'fd00::1'], 7443)).toEqual([
      'https://kiosk.office:7443',
      'https://192.168.1.20:7443',
      'https://[fd00::1]:7443',
    ]);
  });
});
