import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DistrictFault } from '#district/district-fault.ts';
import { unpackArchive, writeArchive } from '#district/folder/archive.ts';
import {
  DEFLATED,
  listOf,
  localHead,
  TooManyFiles,
  ZipFault,
} from '#district/tables/zip-format.ts';

const LIMITS = { bytes: 1_000_000, files: 20 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const unpacked = async (bytes: Buffer, limits = LIMITS) => {
  const path = join(folder, 'in.zip');
  const out = join(folder, 'deep', 'out');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(path, bytes);
  await unpackArchive(path, out, limits);
  const names = readdirSync(out, { recursive: true, encoding: 'utf8' }).toSorted();
  return names.filter(
    (name) =>
      !readdirSync(out, { withFileTypes: true }).some(
        (one) => one.isDirectory() && one.name === name,
      ),
  );
};

/** An archive as anybody may make one, also one that lies. */
function archiveOf(
  files: readonly (readonly [name: string, content: Buffer])[],
  change: (entry: Parameters<typeof localHead>[0]) => object = () => ({}),
) {
  const pieces: Buffer[] = [];
  const entries: Parameters<typeof listOf>[0][number][] = [];
  let local = 0;
  for (const [name, content] of files) {
    const body = deflateRawSync(content);
    const plain = {
      name,
      method: DEFLATED,
      crc: crc32(content),
      packed: body.length,
      length: content.length,
    };
    const entry = { ...plain, ...change(plain), local };
    const head = localHead(entry);
    pieces.push(head, body);
    entries.push(entry);
    local += head.length + body.length;
  }
  return Buffer.concat([...pieces, listOf(entries, local)]);
}

const TEXT = Buffer.from('kind: notice\n');

test('texts and files of any size go in and come out as they were', async () => {
  const film = randomBytes(300_000);
  writeFileSync(join(folder, 'film'), film);
  writeFileSync(join(folder, 'empty'), '');
  const path = join(folder, 'out.zip');
  await writeArchive(path, [
    { name: '530102/notice.yaml', text: '标题：通知\n'.repeat(300) },
    { name: 'media/a.webm', path: join(folder, 'film') },
    { name: 'media/b.webm', path: join(folder, 'empty') },
  ]);
  await unpacked(readFileSync(path));
  const out = join(folder, 'deep', 'out');
  expect(readFileSync(join(out, '530102/notice.yaml'), 'utf8')).toBe('标题：通知\n'.repeat(300));
  expect(readFileSync(join(out, 'media/a.webm')).equals(film)).toBe(true);
  expect(readFileSync(join(out, 'media/b.webm'))).toHaveLength(0);
});

test('the folder that somebody packed falls away, and so does what a Mac lays beside it', async () => {
  const names = [
    '内容/530102/notice.yaml',
    '内容/base-versions.json',
    '内容/.DS_Store',
    '__MACOSX/内容/._x',
  ];
  const files = archiveOf(names.map((name) => [name, TEXT]));
  expect(await unpacked(files)).toEqual(['530102/notice.yaml', 'base-versions.json']);
  const dated = archiveOf(names.map((name) => [name.replace('内容', '2026备份'), TEXT]));
  expect(await unpacked(dated)).toEqual(['530102/notice.yaml', 'base-versions.json']);
  const bare = archiveOf([['530102/notice.yaml', TEXT]]);
  expect(await unpacked(bare)).toEqual(['530102/notice.yaml']);
});

test.each([
  ['../out.yaml'],
  ['530102/../../../out.yaml'],
  ['/etc/out.yaml'],
  ['C:\\out.yaml'],
  ['C:/out.yaml'],
  ['530102\\..\\out.yaml'],
  ['530102//out.yaml'],
  ['./out.yaml'],
  ['530102/a\u0000.yaml'],
  [`${'长'.repeat(199)}/a.yaml`],
  [`${'a'.repeat(300)}.yaml`],
])('a path that leads elsewhere is refused, and nothing is written anywhere: %j', async (name) => {
  await expect(unpacked(archiveOf([[name, TEXT]]))).rejects.toThrow(ZipFault);
  expect(existsSync(join(folder, 'deep', 'out.yaml'))).toBe(false);
  expect(existsSync(join(folder, 'out.yaml'))).toBe(false);
});

test('a link, and what is locked by a password, is refused', async () => {
  const bytes = archiveOf([['530102/notice.yaml', TEXT]]);
  const entry = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const link = Buffer.from(bytes);
  link.writeUInt32LE((0o120_777 << 16) >>> 0, entry + 38);
  await expect(unpacked(link)).rejects.toThrow(ZipFault);
  const locked = Buffer.from(bytes);
  locked.writeUInt16LE(0x801, entry + 8);
  await expect(unpacked(locked)).rejects.toThrow(ZipFault);
});

test('a bomb is refused before it fills the disk, whether it says what it is or lies', async () => {
  const zeros = Buffer.alloc(50_000_000);
  const honest = archiveOf([['530102/a.yaml', zeros]]);
  expect(honest.length).toBeLessThan(100_000);
  await expect(unpacked(honest)).rejects.toThrow(ZipFault);
  await expect(
    unpacked(archiveOf([['530102/a.yaml', zeros]], () => ({ length: 900_000 }))),
  ).rejects.toThrow(ZipFault);
  // No more than the archive said was written before it broke off, and what a stream holds at once.
  const { length } = readFileSync(join(folder, 'deep/out/530102/a.yaml'));
  expect(length).toBeLessThanOrEqual(900_000);
  const many = [1, 2, 3].map((at) => [`530102/${at}.yaml`, Buffer.alloc(400_000)] as const);
  await expect(unpacked(archiveOf(many))).rejects.toThrow(ZipFault);
});

test('room is asked for all of it before the first byte is written', async () => {
  const path = join(folder, 'in.zip');
  const out = join(folder, 'out');
  mkdirSync(out);
  const files = archiveOf(['a.yaml', 'b.yaml'].map((name) => [name, Buffer.alloc(300_000)]));
  writeFileSync(path, files);
  const unpacking = unpackArchive(path, out, LIMITS, async (bytes) => {
    throw new DistrictFault('later', `no room for ${bytes}`);
  });
  await expect(unpacking).rejects.toThrow('no room for 600000');
  expect(readdirSync(out)).toEqual([]);
});

test('more files than there may be, and names that are one on some systems, are refused', async () => {
  const many = Array.from({ length: 21 }, (_, at) => [`530102/${at}.yaml`, TEXT] as const);
  await expect(unpacked(archiveOf(many))).rejects.toThrow(TooManyFiles);
  // What is not taken does not count.
  const beside = many.slice(1).flatMap(
    ([name]) =>
      [
        [name, TEXT],
        [`__MACOSX/${name}`, TEXT],
      ] as const,
  );
  expect(await unpacked(archiveOf(beside))).toHaveLength(20);
  rmSync(join(folder, 'deep', 'out'), { recursive: true });
  const twice = ['530102/a.yaml', '530102/A.yaml'].map((name) => [name, TEXT] as const);
  await expect(unpacked(archiveOf(twice))).rejects.toThrow(ZipFault);
  // A file where a folder must be.
  const both = ['a', 'a/b.yaml', '530102/c.yaml'].map((name) => [name, TEXT] as const);
  await expect(unpacked(archiveOf(both))).rejects.toThrow(ZipFault);
});

test('whatever is cut off, damaged, or no archive at all is refused', async () => {
  const whole = archiveOf([['530102/a.yaml', randomBytes(5_000)]]);
  for (const bytes of [
    Buffer.alloc(0),
    randomBytes(500),
    whole.subarray(0, 900),
    whole.subarray(9),
  ])
    await expect(unpacked(bytes)).rejects.toThrow(ZipFault);
  const damaged = Buffer.from(whole);
  damaged.writeUInt8(damaged.readUInt8(2_000) ^ 0xff, 2_000);
  await expect(unpacked(damaged)).rejects.toThrow(ZipFault);
});
