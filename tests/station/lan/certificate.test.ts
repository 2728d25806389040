import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { givenCertificate, isOutOfDate, ownCertificate } from '#station/lan/certificate.ts';
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
    ['a name is new', [...NAMES, '192.168.1.21'], NOW],
  ])('is made anew with the same key when %s', async (_, names, now) => {
    const first = await ownCertificate(folder, NAMES, NOW);
    const second = await ownCertificate(folder, names, now);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(second.key).toBe(first.key);
    expect(second.until).toBeGreaterThan(now + 700 * DAY);
  });

  test.each([
    ['far before', Date.parse('2020-01-01T00:00:00+08:00')],
    ['far after', Date.parse('2099-01-01T00:00:00+08:00')],
  ])('stays while the clock is %s its dates, also when a name is new', async (_, wrong) => {
    const first = await ownCertificate(folder, NAMES, NOW);
    expect(isOutOfDate(first, NOW)).toBe(false);
    expect(isOutOfDate(first, wrong)).toBe(true);
    expect(await ownCertificate(folder, NAMES, wrong)).toEqual(first);
    expect(await ownCertificate(folder, [...NAMES, '192.168.1.21'], wrong)).toEqual(first);
    expect(await ownCertificate(folder, NAMES, NOW)).toEqual(first);
  });

  test('is made anew outside of its dates when a person asks, and not while it is good', async () => {
    const first = await ownCertificate(folder, NAMES, NOW);
    expect(await ownCertificate(folder, NAMES, NOW, true)).toEqual(first);
    const late = NOW + 900 * DAY;
    const second = await ownCertificate(folder, NAMES, late, true);
    expect(isOutOfDate(second, late)).toBe(false);
    expect(await ownCertificate(folder, NAMES, late)).toEqual(second);
  });

  test.each([
    ['2020, and a person switched the network off and on', '2020-01-01', true],
    ['2099, and a person switched the network off and on', '2099-01-01', true],
    ['its last month', '2029-02-05', false],
  ])(
    'comes back by itself when the clock, which said %s, is right again',
    async (_, date, isAsked) => {
      const first = await ownCertificate(folder, NAMES, NOW);
      const wrong = Date.parse(`${date}T00:00:00+08:00`);
      const made = await ownCertificate(folder, NAMES, wrong, isAsked);
      expect(made.fingerprint).not.toBe(first.fingerprint);
      expect(await ownCertificate(folder, NAMES, NOW)).toEqual(first);
      expect(readFileSync(join(folder, 'certificate.pem'), 'utf8')).toBe(first.certificate);
      // Nothing is lost on the way there and back, either.
      expect(await ownCertificate(folder, NAMES, wrong, isAsked)).toEqual(made);
    },
  );

  test('comes back when this computer has its old address again', async () => {
    const first = await ownCertificate(folder, NAMES, NOW);
    const elsewhere = await ownCertificate(folder, ['kiosk.office', '10.0.0.9'], NOW);
    expect(await ownCertificate(folder, NAMES, NOW)).toEqual(first);
    expect(await ownCertificate(folder, ['kiosk.office', '10.0.0.9'], NOW)).toEqual(elsewhere);
  });

  test('is not made for an address that a computer gives itself while nobody gives it one', async () => {
    const first = await ownCertificate(folder, NAMES, NOW);
    expect(await ownCertificate(folder, [...NAMES, '169.254.17.3'], NOW)).toEqual(first);
  });

  test('of the earlier ones the last are kept, not all', async () => {
    for (let at = 0; at < 15; at += 1) await ownCertificate(folder, [`10.0.0.${at}`], NOW);
    expect(readdirSync(join(folder, 'earlier'))).toHaveLength(12);
    expect(statSync(join(folder, 'earlier')).mode & 0o077).toBe(0);
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
    expect(givenCertificate(files())).toEqual({ ...own, given: true });
  });

  test('is refused with a key of another', async () => {
    await ownCertificate(folder, NAMES, NOW);
    const other = mkdtempSync(join(tmpdir(), 'lan-'));
    await ownCertificate(other, NAMES, NOW);
    expect(() => givenCertificate({ ...files(), key: join(other, 'key.pem') })).toThrow('belong');
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
  test('are told to technicians as addresses, numbers first and without the loopback', () => {
    expect(
      addressesOf(['kiosk.office', 'vm', '192.168.1.20', '127.0.0.1', 'fd00::1'], 7443),
    ).toEqual([
      'https://192.168.1.20:7443',
      'https://[fd00::1]:7443',
      'https://kiosk.office:7443',
      'https://vm:7443',
    ]);
  });
});
