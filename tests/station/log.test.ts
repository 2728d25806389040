import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { terminalContext } from '#station/access/caller.ts';
import { startHost } from '#station/host.ts';
import { openStationLog, withoutProse } from '#station/log/station-log.ts';
import { temporaryHost } from './temporary-host.ts';

const PERSONAL = [
  '张三丰',
  '13812345678',
  '530102199001011234',
  '53010219900101123X',
  '离婚后财产怎么分',
];

function logIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

test('events are lines of JSON with time, name and codes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const log = await openStationLog(folder);
  log.event('host-started', { station: '530102', records: 12, contentChanged: true });
  await log.close();
  expect(JSON.parse(logIn(folder))).toMatchObject({
    msg: 'host-started',
    station: '530102',
    records: 12,
    contentChanged: true,
  });
  rmSync(folder, { recursive: true });
});

test('a year of nights leaves fourteen files, the newest ones, and leaves those of the other process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const day = (ago: number) => new Date(Date.parse('2026-11-23T03:00:00+08:00') - ago * 86_400_000);
  const plant = (file: string, ago: number) => {
    writeFileSync(join(folder, file), `of ${ago} days ago\n`);
    utimesSync(join(folder, file), day(ago), day(ago));
  };
  for (let ago = 1; ago <= 365; ago += 1)
    plant(`station.${day(ago).toISOString().slice(0, 10)}.1.log`, ago);
  plant('station.1.log', 400);
  plant('shell.1.log', 500);
  const log = await openStationLog(folder);
  log.event('host-started');
  await log.close();
  const files = readdirSync(folder);
  expect(files).toContain('shell.1.log');
  expect(files).toHaveLength(14 + 1);
  expect(logIn(folder)).toContain('host-started');
  expect(logIn(folder)).toContain('of 13 days ago');
  expect(logIn(folder)).not.toContain('of 14 days ago');
  rmSync(folder, { recursive: true });
});

test.each(PERSONAL)('"%s" does not get into the log', (text) => {
  expect(withoutProse({ fact: text })).toEqual({ fact: '[left out]' });
  expect(withoutProse({ fact: `id:${text}` })).toEqual({ fact: '[left out]' });
});

test('no text with a letter beyond ASCII or a space gets into the log', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(/[^!-~]/u.test(text));
      expect(withoutProse({ fact: text })).toEqual({ fact: '[left out]' });
    }),
  );
});

test('nothing that a visitor asks for is in the log of a host, refused or answered', async () => {
  const temporary = temporaryHost();
  const host = await startHost(temporary.options);
  const client = createRouterClient(host.router, { context: terminalContext() });
  for (const id of PERSONAL) {
    await client.faqs.get({ language: 'zh-CN', id }).catch(() => {});
    await client.stations.get({ language: 'zh-CN', code: id }).catch(() => {});
    await client.papers.print({ type: 'form-sample', id, filled: true }).catch(() => {});
    await client.papers.pdf({ type: 'one-time-notice', id }).catch(() => {});
    await client.system.ping({ echo: id });
    // A fault that nobody foresaw, with the text in its message.
    host.log.event('handler-failed', { method: 'faqs.get', error: `Error: ${id}` });
  }
  await host.close();
  const written = logIn(join(temporary.options.dataDir, 'logs'));
  expect(written).toContain('host-started');
  for (const text of PERSONAL) expect(written).not.toContain(text);
  temporary.remove();
});
