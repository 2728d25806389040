import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serverAddress } from '#shared/operations/server-address.ts';

test.each([
  ['district.example', 'https://district.example'],
  [' District.Example:8443/ ', 'https://district.example:8443'],
  ['https://district.example/kiosk/', 'https://district.example/kiosk'],
  ['district。example', 'https://district.example'],
  ['10.0.0.5', 'https://10.0.0.5'],
  ['http://127.0.0.1:7349', 'http://127.0.0.1:7349'],
  ['http://[::1]:7349', 'http://[::1]:7349'],
])('%s is an address', (typed, address) => {
  expect(serverAddress(typed)).toBe(address);
});

test.each([
  ['', 'nothing'],
  ['http://district.example', 'without TLS'],
  ['http://127.0.0.1.example', 'made to look like this computer'],
  ['https://name:word@district.example', 'with a log-in'],
  ['district.example:99999', 'a port that there is not'],
  ['ftp://district.example', 'another protocol'],
  ['五华区司法局', 'a name'],
  ['https://a b', 'a gap'],
])('%s is none: %s', (typed) => {
  expect(serverAddress(typed)).toBeUndefined();
});

test('whatever is typed, an address leads to the host that is read in it and nowhere else', () => {
  const typed = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const address = serverAddress(text);
      if (address === undefined) return;
      const { protocol, hostname, username, search, hash } = new URL(address);
      expect(protocol).toBe(hostname === 'localhost' ? protocol : 'https:');
      const plain = address.replace(/^https?:\/\//, '').toLowerCase();
      expect(text.toLowerCase().replaceAll('。', '.')).toContain(plain);
      expect([username, search, hash]).toEqual(['', '', '']);
    }),
    { seed: 11, numRuns: 1000 },
  );
});
