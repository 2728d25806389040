import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { unzip, zip } from '#district/tables/bounded-zip.ts';
import { ZipFault } from '#district/tables/zip-format.ts';

test('what is packed comes out again', () => {
  const files = new Map([
    ['a/一.xml', Buffer.from('内容'.repeat(500))],
    ['b.bin', randomBytes(3000)],
    ['empty', Buffer.alloc(0)],
  ]);
  expect(unzip(zip(files), 10_000)).toEqual(files);
});

test('an archive that unpacks to more than the limit is refused, whatever it says of itself', () => {
  const bomb = zip(new Map([['big.xml', Buffer.alloc(5_000_000)]]));
  expect(bomb.length).toBeLessThan(10_000);
  expect(() => unzip(bomb, 1_000_000)).toThrow(ZipFault);
  // The size that it states is not believed.
  const lying = Buffer.from(bomb);
  const entry = lying.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  lying.writeUInt32LE(10, entry + 24);
  expect(() => unzip(lying, 1_000_000)).toThrow(ZipFault);
  const several = zip(new Map([1, 2, 3].map((at) => [`${at}`, Buffer.alloc(400_000)])));
  expect(() => unzip(several, 1_000_000)).toThrow(ZipFault);
});

test('whatever is no archive is refused', () => {
  const whole = zip(new Map([['a', Buffer.from('a')]]));
  for (const bytes of [Buffer.alloc(0), randomBytes(500), whole.subarray(0, 40), whole.subarray(9)])
    expect(() => unzip(bytes, 1000)).toThrow(ZipFault);
});
