import { mkdtempSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import type * as Os from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { ownCertificate } from '#station/lan/certificate.ts';
import { lanSettingsSchema } from '#station/lan/lan-settings.ts';
import { addressesOf, isOwnName, ownNames } from '#station/lan/own-names.ts';

const computer = vi.hoisted((): { host: string; addresses: string[] } => ({
  host: 'kiosk',
  addresses: [],
}));
vi.mock('node:os', async (original) => {
  const os = await original<typeof Os>();
  const networkInterfaces = () => ({
    eth0: computer.addresses.map((address) => ({
      address,
      family: isIP(address) === 6 ? 'IPv6' : 'IPv4',
    })),
  });
  const mocked = { ...os, networkInterfaces, hostname: () => computer.host };
  return { ...mocked, default: mocked };
});

const name = fc
  .stringMatching(/^[a-z0-9](?:[a-z0-9.-]{0,20}[a-z0-9])?$/)
  .filter((text) => isIP(text) === 0);
const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('127.0.0.1', '169.254.3.4'));
const settings = fc.record({
  on: fc.constant(true),
  bind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('0.0.0.0', '::', '0:0:0:0:0:0:0:0') },
    { weight: 2, arbitrary: fc.oneof(fc.ipV4(), fc.ipV6()) },
  ),
  port: fc.oneof(fc.constant(443), fc.constant(7443), fc.integer({ min: 1, max: 65_535 })),
  names: fc.array(name, { maxLength: 8 }),
});
const hosts = fc.oneof(fc.constantFrom('kiosk', 'KIOSK-01', '一体机', 'localhost', ''), name);

/** The Host header that a browser sends for an address that somebody typed. */
const hostOf = (url: string) => new URL(url).host;

test('whatever addresses a computer has: each that it tells of is its own at the door, numbers come first, loopback never', () => {
  fc.assert(
    fc.property(settings, hosts, fc.array(address, { maxLength: 6 }), (raw, host, addresses) => {
      Object.assign(computer, { host, addresses });
      const wanted = lanSettingsSchema.parse(raw);
      const names = ownNames(wanted);
      const urls = addressesOf(names, wanted.port);
      for (const url of urls) expect(isOwnName(hostOf(url), names, wanted.port)).toBe(true);
      const areNumbers = urls.map((url) => /^https:\/\/(?:[\d.]+|\[[^\]]+\]):\d+$/.test(url));
      expect(areNumbers).toEqual(areNumbers.toSorted((a, b) => Number(b) - Number(a)));
      expect(urls.filter((url) => /\/\/(?:127\.|localhost:|\[::1\])/.test(url))).toEqual([]);
      expect(new Set(urls).size).toBe(urls.length);
    }),
  );
});

test('an address that the computer does not have, or has on another port, is not its own', () => {
  fc.assert(
    fc.property(
      ...([settings, hosts, fc.array(address, { maxLength: 6 }), fc.ipV4()] as const),
      (raw, host, addresses, foreign) => {
        Object.assign(computer, { host, addresses });
        const { port, ...rest } = lanSettingsSchema.parse(raw);
        const names = ownNames({ ...rest });
        fc.pre(!names.includes(foreign));
        expect(isOwnName(`${foreign}:${port}`, names, port)).toBe(false);
        for (const own of addressesOf(names, port === 1 ? 2 : port - 1))
          expect(isOwnName(own.replace('https://', ''), names, port)).toBe(false);
      },
    ),
  );
});

test('whatever a computer is called, the certificate that is made for its names fits them: it is not made again and again', async () => {
  await fc.assert(
    fc.asyncProperty(
      settings,
      hosts,
      fc.array(address, { maxLength: 6 }),
      async (raw, host, addresses) => {
        Object.assign(computer, { host, addresses });
        const folder = mkdtempSync(join(tmpdir(), 'lan-'));
        try {
          const names = ownNames(lanSettingsSchema.parse(raw));
          const now = Date.now();
          const made = await ownCertificate(folder, names, now);
          expect((await ownCertificate(folder, names, now)).fingerprint).toBe(made.fingerprint);
        } finally {
          rmSync(folder, { recursive: true });
        }
      },
    ),
  );
});
