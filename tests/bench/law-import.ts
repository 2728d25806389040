import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importLaws } from '#station/laws/import-laws.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { all, sql, transaction } from '#station/store/sql.ts';

const IMPORTS = 3;

/** Throughput of the import against plain insertion; nothing where there is no copy of the statutes (`LAWS_DIR`). */
export function* benchLawImport(from: string | undefined): Generator<Record<string, unknown>> {
  if (from === undefined) return;
  const runs = Array.from({ length: IMPORTS }, () => timeLawImport(from)).sort(
    (a, b) => a.floorMs / a.importMs - b.floorMs / b.importMs,
  );
  const median = runs[Math.floor(IMPORTS / 2)];
  if (median === undefined) return;
  const ratio = median.floorMs / median.importMs;
  yield {
    bench: 'import of law texts against plain insertion of the same text (throughput)',
    articles: median.articles,
    megabytes: Math.round(median.megabytes),
    importMs: Math.round(median.importMs),
    plainMs: Math.round(median.floorMs),
    ratio: Math.round(100 * ratio) / 100,
    goalRatio: 0.5,
    met: ratio >= 0.5,
  };
}

/** How long an import takes, and the plain insertion of the same text in rows of the same articles. */
interface LawImportTimes {
  readonly importMs: number;
  readonly floorMs: number;
  readonly articles: number;
  readonly megabytes: number;
}

/**
 * Imports a folder of statutes into a new data folder, then reads the same files again and inserts the same rows into a
 * bare table in one transaction: what any importer must do at the least.
 */
function timeLawImport(from: string): LawImportTimes {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-laws-'));
  try {
    const paths: string[] = [];
    const importMs = timed(() => importLaws({ from, dataDir, onProgress: () => {} }));
    const db = openDatabase(join(dataDir, 'cache.sqlite'), 'cache');
    const rows = all<{ law: number; position: number; text: string }>(
      db,
      sql`select law, position, text from law_article`,
    );
    for (const { path } of all<{ path: string }>(db, sql`select path from law_file`))
      paths.push(join(from, path));
    db.write.close();
    const floor = openDatabase(join(dataDir, 'floor.sqlite'), 'cache');
    floor.write.exec('create table bare (law integer, position integer, text text)');
    let bytes = 0;
    const floorMs = timed(() => {
      for (const path of paths) bytes += readFileSync(path).length;
      const insert = floor.write.prepare('insert into bare values (?, ?, ?)');
      transaction(floor, () => {
        for (const { law, position, text } of rows) insert.run(law, position, text);
      });
    });
    floor.write.close();
    return { importMs, floorMs, articles: rows.length, megabytes: bytes / 1e6 };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
