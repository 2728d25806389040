import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What SQLite lays beside a database that is open. */
const BESIDE = '(?:-wal|-shm|-journal)?';
const UNFINISHED = [
  new RegExp(String.raw`^station-\d{13}\.sqlite\.part${BESIDE}$`),
  new RegExp(String.raw`^station\.sqlite\.restoring${BESIDE}$`),
  new RegExp(String.raw`^cache\.sqlite\.salvaged${BESIDE}$`),
  /^restore-\d+\.part$/,
  /^doctor-[0-9a-f-]{36}\.part$/,
];
/** A backup by command, before an upgrade for instance, may be at work beside a program that starts. */
const BACKUP = new RegExp(String.raw`^.+\.(?:kiosk)?backup(?:\.copy)?\.part${BESIDE}$`);
const AT_WORK_MS = 3_600_000;

/**
 * Removes what a power cut left half made in the data folder: whole copies of people's data among it, which nobody would ever look
 * at. Only for who has the folder for himself. What cannot be removed now may be the next time.
 */
export function removeUnfinished(dataDir: string, now: number): void {
  for (const name of readdirSync(dataDir)) {
    const path = join(dataDir, name);
    try {
      if (UNFINISHED.some((pattern) => pattern.test(name)) || isLeftBackup(path, now))
        rmSync(path, { recursive: true, force: true });
    } catch {
      // a dying disk; it is no reason not to start
    }
  }
}

function isLeftBackup(path: string, now: number): boolean {
  return BACKUP.test(basename(path)) && Math.abs(now - statSync(path).mtimeMs) > AT_WORK_MS;
}
