import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { Metadata, TargetFile, Targets } from '@tufjs/models';
import Database from 'better-sqlite3';
import type { sampleDistrict } from '../../district/feed/sample-feed.ts';

type District = ReturnType<typeof sampleDistrict>;

const TARGETS = ['targets', 'content', '530102'] as const;

/** Where the only ready-made file of a feed's newest base lies. */
export function readyTarget({ folder }: District): string {
  const place = join(folder, ...TARGETS);
  const names = readdirSync(place).filter((name) => name.endsWith('.sqlite.zst'));
  if (names.length !== 1) throw new Error(`${names.length} ready-made files`);
  return join(place, names[0] ?? '');
}

/** Puts other bytes in place of the ready-made file, signed by the district's true key as if they were its own. */
export function signReady(district: District, packed: Buffer): void {
  const target = readyTarget(district);
  const path = `content/530102/${target
    .split('/')
    .at(-1)
    ?.replace(/^[0-9a-f]{64}\./, '')}`;
  const sha256 = createHash('sha256').update(packed).digest('hex');
  rmSync(target);
  writeFileSync(target.replace(/[0-9a-f]{64}/, sha256), packed);
  const file = join(district.folder, 'metadata', '1.content-530102.json');
  const known = JSON.parse(readFileSync(file, 'utf8')) as { signed: Record<string, unknown> };
  const role = Targets.fromJSON(known.signed as ReturnType<Targets['toJSON']>);
  role.targets[path] = new TargetFile({ path, length: packed.length, hashes: { sha256 } });
  const metadata = new Metadata(role);
  metadata.sign((bytes) => district.keys.content.sign(bytes));
  writeFileSync(file, JSON.stringify(metadata.toJSON()));
}

/** Signs the ready-made file with changes to its database. */
export function changeReady(
  district: District,
  change: (database: Database.Database) => void,
): void {
  const place = mkdtempSync(join(tmpdir(), 'forged-'));
  const file = join(place, 'forged.sqlite');
  writeFileSync(file, zstdDecompressSync(readFileSync(readyTarget(district))));
  const database = new Database(file);
  change(database);
  database.close();
  signReady(district, zstdCompressSync(readFileSync(file)));
  rmSync(place, { recursive: true });
}
