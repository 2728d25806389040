import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { searchKindSchema } from '#shared/contract/search.ts';
import { runKiosk } from './run-kiosk.ts';

const ASSETS = join(import.meta.dirname, '../../assets');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-batch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file of queries is answered with one object a line, in order, whatever kind they are of', async () => {
  const queries = ['劳动仲裁', '', 'ldzc', '劳动仲才', '12348', '民法典1079条', '#¥%', '讲座'];
  const file = join(folder, 'queries.txt');
  writeFileSync(file, `${queries.join('\r\n')}\n`);
  const { status, out } = await runKiosk(
    'search',
    '--batch',
    file,
    '--json',
    '--limit',
    '3',
    '--data',
    folder,
  );
  expect(status).toBe(0);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { query: string; results: Record<string, unknown>[] });
  expect(lines.map(({ query }) => query)).toEqual(queries);
  for (const { results } of lines) {
    expect(results.length).toBeLessThanOrEqual(3);
    for (const { kind, id, title } of results) {
      expect(searchKindSchema.options).toContain(kind);
      expect(typeof id === 'string' && typeof title === 'string').toBe(true);
    }
  }
  const found = lines.map(({ results }) => results.map(({ id }) => id));
  expect(found[0]).toContain('faq.work-arbitration-how');
  expect(found[1]).toEqual([]);
  expect(found[2]).toContain('faq.work-arbitration-how');
  expect(found[3]).toContain('faq.work-arbitration-how');
  expect(found[4]?.[0]).toBe('hotline.12348');
  expect(found[6]).toEqual([]);
});

test('a file that is not there, is a folder or no text is told in one sentence', async () => {
  const notText = join(folder, 'queries.txt');
  writeFileSync(notText, Buffer.from([0xc0, 0xeb, 0xbb, 0xe9, 0x0a]));
  for (const file of [join(folder, 'none.txt'), folder, notText]) {
    const { status, out, errors } = await runKiosk('search', '--batch', file, '--json');
    expect(status).not.toBe(0);
    expect(out).toBe('');
    expect(errors.trim().split('\n')).toHaveLength(1);
  }
});

test('the mark that editors put before a text is no part of the first query', async () => {
  const file = join(folder, 'queries.txt');
  writeFileSync(file, '\u{feff}12348\n');
  const { out } = await runKiosk('search', '--batch', file, '--json', '--data', folder);
  expect(JSON.parse(out.trim())).toMatchObject({ query: '12348' });
});

test('one data folder answers for every deployment that is asked for, with what its files say now', async () => {
  const own = join(folder, 'profiles/wuhua');
  cpSync(join(ASSETS, 'profiles/wuhua'), own, { recursive: true });
  cpSync(join(ASSETS, 'starter'), join(folder, 'starter'), { recursive: true });
  const data = join(folder, 'data');
  const first = async (query: string, profile: string) => {
    const { status, out, errors } = await runKiosk(
      ...['search', query, '--json', '--limit', '1'],
      ...['--profile', profile, '--data', data],
    );
    expect(errors).toBe('');
    expect(status).toBe(0);
    return (JSON.parse(out) as { results: { id: string }[] }).results[0]?.id;
  };
  expect(await first('甪直', own)).not.toBe('service.advice-12348');
  writeFileSync(
    join(own, 'content/synonyms.yaml'),
    `kind: synonym
defaults: { scope: "530102", source: 示例, responsibleBody: local, publishedAt: "2026-11-01T09:00:00+08:00",
  effectiveFrom: "2026-11-01", editor: 示例, reviewer: 示例 }
records:
  - { id: synonym.own, body: { everyday: [甪直], legal: ["12348"] } }
`,
  );
  expect(await first('甪直', own)).toBe('service.advice-12348');
  expect(await first('12348', 'changzhou')).toBe('hotline.12348');
  expect(await first('甪直', own)).toBe('service.advice-12348');
});
