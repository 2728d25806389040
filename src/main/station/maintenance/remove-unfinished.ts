import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What SQLite lays beside a database that is open. */
const BESIDE = '(?:-wal|-shm|-journal)?';
const UNFINISHED = [
  new RegExp(String.raw`^station-\d{13}\.sqlite\.part${BESIDE}$`),
  new RegExp(String.raw`^station\.sqlite\.restoring${BESIDE}$`),
  /^restore-\d+\.part$/,
  /^doctor-[0-9a-f-]{36}\.part$/,
];

/**
 * Removes what a power cut left half made in the data folder: whole copies of people's data among it, which nobody would ever look
 * at. Only for who has the folder for himself. What cannot be removed now may be the next time.
 */
export function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (!UNFINISHED.some((pattern) => pattern.test(name))) continue;
    try {
      rmSync(join(dataDir, name), { recursive: true, force: true });
    } catch {
      // a dying disk; it is no reason not to start
    }
  }
}
