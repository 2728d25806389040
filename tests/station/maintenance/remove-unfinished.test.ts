import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeUnfinished } from '#station/maintenance/remove-unfinished.ts';

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
  removeUnfinished(folder);
  expect(readdirSync(folder).sort()).toEqual([...kept].sort());
  rmSync(folder, { recursive: true });
});
