import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeUnfinished } from '#station/maintenance/remove-unfinished.ts';

const NOW = Date.parse('2026-11-23T10:24:00+08:00');

test('copies that a power cut left half made go, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unfinished-'));
  const kept = [
    ...['station.sqlite', 'station.sqlite-wal', 'station-1795310000000.sqlite', 'cache.sqlite'],
    ...['station.sqlite.damaged-1795310000000', 'before-upgrade-2026.backup', 'notes.part'],
    ...['queue-numbers.json.part', 'move-in.part'],
  ];
  const gone = [
    ...['station-1795310000000.sqlite.part', 'station-1795310000000.sqlite.part-journal'],
    ...['station.sqlite.restoring', 'station.sqlite.restoring-wal'],
    'doctor-0b8f6c52-6f1c-4a0e-8d2b-5f0c1b7a9e11.part',
  ];
  for (const name of [...kept, ...gone]) writeFileSync(join(folder, name), 'x');
  mkdirSync(join(folder, 'restore-1795310000000.part'));
  writeFileSync(join(folder, 'restore-1795310000000.part', 'station.sqlite'), 'x');
  const left = ['before-upgrade-2026.backup.part', 'before-upgrade-2026.backup.copy.part-wal'];
  const atWork = 'before-upgrade-2027.backup.copy.part';
  for (const name of [...left, atWork]) writeFileSync(join(folder, name), 'x');
  for (const name of left) utimesSync(join(folder, name), NOW / 1000 - 7200, NOW / 1000 - 7200);
  utimesSync(join(folder, atWork), NOW / 1000 - 60, NOW / 1000 - 60);
  removeUnfinished(folder, NOW);
  expect(readdirSync(folder).sort()).toEqual([...kept, atWork].sort());
  rmSync(folder, { recursive: true });
});
