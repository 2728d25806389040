import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '#station/log/station-log.ts';
import { closeDatabase } from '#station/store/open-database.ts';
import { backUpStation, backupsOf, openStationDatabase } from '#station/store/station-database.ts';

test('a clock that ran ahead or behind does not make a new backup the oldest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-backups-'));
  const path = join(folder, 'station.sqlite');
  const db = openStationDatabase(path, 0, silentLog);
  try {
    const [future, past, today] = [4_085_000_000_000, -28_800_000, 1_795_310_000_000];
    for (const now of [past, future, future, future, future, future, future, future, today, past])
      await backUpStation(db, path, now);
    const names = backupsOf(path).map((file) => basename(file));
    expect(names).toHaveLength(7);
    expect(names[0]).toBe(`station-${future + 8}.sqlite`);
  } finally {
    closeDatabase(db);
    rmSync(folder, { recursive: true });
  }
});
