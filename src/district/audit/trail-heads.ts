import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { District, DistrictSettings } from '../district.ts';
import { writeWhole } from '../feed/write-whole.ts';
import { first, sql } from '../store/sql.ts';

/** Which hash the trail had at which row, noted outside the database. */
export interface TrailHead {
  readonly seq: number;
  readonly hash: string;
}

type Noting = Pick<District, 'database' | 'keys' | 'settings' | 'now'>;

const headSchema = z.strictObject({
  seq: z.int().min(1),
  hash: z.string(),
  at: z.number(),
  mac: z.string(),
});
type NotedHead = z.infer<typeof headSchema>;

const EVERY_MS = 3_600_000;

/**
 * Notes the newest hash of the trail beside the feed, at most once an hour, with a code that needs a key of the server: whoever
 * may write the database can reckon its hashes anew, but not these. `restored`: the database is older than what was noted.
 */
export async function noteHead(district: Noting, restored = false): Promise<void> {
  const { database, keys, settings, now } = district;
  const last = await first<TrailHead>(
    database,
    sql`select seq, hash from audit order by seq desc limit 1`,
  );
  const noted = readNoted(settings.trailHeads);
  const kept = restored ? noted.filter(({ seq }) => seq <= (last?.seq ?? 0)) : noted;
  const newest = kept.at(-1);
  const isDue = newest === undefined || now() - newest.at >= EVERY_MS;
  const isNew = last !== undefined && last.seq > (newest?.seq ?? 0);
  if (isNew && isDue) kept.push(withMac(keys.storageKey, { ...last, at: now() }));
  if (kept.length === noted.length && !(isNew && isDue)) return;
  const lines = kept.map((head) => `${JSON.stringify(head)}\n`).join('');
  writeWhole(settings.trailHeads, Buffer.from(lines));
}

/** What was noted, oldest first; a note that somebody else wrote fits no row. */
export function notedHeads({
  keys,
  settings,
}: Pick<District, 'keys'> & {
  readonly settings: Pick<DistrictSettings, 'trailHeads'>;
}): TrailHead[] {
  return readNoted(settings.trailHeads).map(({ mac, ...head }) => {
    const right = Buffer.from(withMac(keys.storageKey, head).mac);
    const given = Buffer.from(mac);
    const isOurs = right.length === given.length && timingSafeEqual(right, given);
    return { seq: head.seq, hash: isOurs ? head.hash : '' };
  });
}

function readNoted(path: string): NotedHead[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.flatMap((line) => headSchema.safeParse(parsed(line)).data ?? []);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function withMac(storageKey: Buffer, head: Omit<NotedHead, 'mac'>): NotedHead {
  const key = Buffer.from(hkdfSync('sha256', storageKey, '', 'trail heads', 32));
  const text = JSON.stringify([head.seq, head.hash, head.at]);
  return { ...head, mac: createHmac('sha256', key).update(text).digest('hex') };
}
