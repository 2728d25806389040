import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readFolderApart } from '#district/folder/read-apart.ts';
import { StartFault } from '#district/start-fault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-apart-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lay = (name: string, text: string) => writeFileSync(join(folder, name), text);

test('a thread that never answers is given up when its time is over, with a sentence', async () => {
  const program = join(folder, 'hung.mjs');
  lay('hung.mjs', 'for (;;);');
  const bounds = new Set<() => void>();
  const after = (_milliseconds: number, act: () => void) => {
    bounds.add(act);
    return () => void bounds.delete(act);
  };
  const read = readFolderApart(folder, '司法局', { program: pathToFileURL(program), after });
  await vi.waitFor(() => expect(bounds.size).toBe(1));
  for (const act of bounds) act();
  await expect(read).rejects.toThrow(StartFault);
  await expect(read).rejects.toThrow('请分成几份');
  expect(bounds.size).toBe(0);
});

test('a thread that ends without a word, or with a fault, is told', async () => {
  for (const [text, why] of [
    ['process.exit()', /without a word/],
    ["throw new Error('planted')", /planted/],
  ] as const) {
    lay('bad.mjs', text);
    const program = pathToFileURL(join(folder, 'bad.mjs'));
    await expect(readFolderApart(folder, '司法局', { program })).rejects.toThrow(why);
  }
});

test('a file made of keys alone is read in steps that grow with it, not with its square', async () => {
  // Compared each with each, these took minutes.
  lay('a.yaml', Array.from({ length: 200_000 }, (_, at) => `k${at}: 1\n`).join(''));
  const { records, faults } = await readFolderApart(folder, '司法局');
  expect([records.length, faults.length > 0]).toEqual([0, true]);
});

test('a key that stands twice is named, wherever it stands', async () => {
  lay('a.yaml', 'kind: notice\nrecords:\n  - id: notice.a\n    id: notice.b\n');
  expect((await readFolderApart(folder, '司法局')).faults).toEqual([
    'a.yaml：“id”在同一处写了两次。',
  ]);
});

test('what is nested without end is a fault of the file', async () => {
  lay('a.yaml', '['.repeat(100_000));
  expect((await readFolderApart(folder, '司法局')).faults).toHaveLength(1);
});

test('versions of records that the folder does not have stay in the thread', async () => {
  mkdirSync(join(folder, '530102'));
  const start = { version: 1, sha256: '0'.repeat(64) };
  lay('base-versions.json', JSON.stringify({ 'notice.none 530102': start }));
  expect((await readFolderApart(folder, '司法局')).bases.size).toBe(0);
});
