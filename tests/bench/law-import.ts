import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importLaws } from '#station/laws/import-laws.ts';
import { fillLawsNow } from '#station/laws/law-cache.ts';
import { lawFolder } from '#station/laws/law-segments.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { all, sql, transaction, type WritableDb } from '#station/store/sql.ts';

const IMPORTS = 7;
const GOAL = 0.5;

/**
 * Throughput of the import against plain insertion; nothing where there is no copy of the statutes (`LAWS_DIR`). When it
 * ends, every law can be read. What the host does behind its pages is given beside it: the links between articles.
 */
export async function* benchLawImport(
  from: string | undefined,
): AsyncGenerator<Record<string, unknown>> {
  if (from === undefined) return;
  const runs: LawImportTimes[] = [];
  for (let run = 0; run < IMPORTS; run += 1) runs.push(await timeLawImport(from));
  const of = (value: (run: LawImportTimes) => number) => median(runs.map(value));
  const ratio = of(({ floorMs, importMs }) => floorMs / importMs);
  yield {
    bench: 'import of law texts against plain insertion of the same text (throughput)',
    runs: IMPORTS,
    articles: of(({ articles }) => articles),
    megabytes: Math.round(of(({ megabytes }) => megabytes)),
    importMs: Math.round(of(({ importMs }) => importMs)),
    unmarkedMs: Math.round(of(({ unmarkedMs }) => unmarkedMs)),
    linksMs: Math.round(of(({ linksMs }) => linksMs)),
    plainMs: Math.round(of(({ floorMs }) => floorMs)),
    ratio: round(ratio),
    ratioWithoutIndexMarks: round(of(({ floorMs, unmarkedMs }) => floorMs / unmarkedMs)),
    ratioWithLinks: round(of(({ floorMs, importMs, linksMs }) => floorMs / (importMs + linksMs))),
    goalRatio: GOAL,
    met: ratio >= GOAL,
  };
}

const round = (number: number) => Math.round(100 * number) / 100;

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

interface LawImportTimes {
  readonly importMs: number;
  /** The same import where nothing is marked for the search index. */
  readonly unmarkedMs: number;
  /** Finding which article names which, from the tables. */
  readonly linksMs: number;
  readonly floorMs: number;
  readonly articles: number;
  readonly megabytes: number;
}

/**
 * Each begins with a cache as an empty terminal has it and ends when all is in the closed file: a plain insertion of the
 * articles, which reads the same files, into a bare table in one transaction, at the settings of the same database; then
 * the import.
 */
async function timeLawImport(from: string): Promise<LawImportTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-laws-'));
  try {
    const unmarkedMs = await timeImport(from, join(folder, 'unmarked'), (db) => {
      for (const event of ['added', 'changed', 'gone'])
        db.write.exec(`drop trigger search_law_${event}`);
    });
    const dataDir = join(folder, 'marked');
    const importMs = await timeImport(from, dataDir);
    const db = openDatabase(join(dataDir, 'cache.sqlite'), 'cache');
    const linksMs = await timed(() => fillLawsNow(db, lawFolder(dataDir)));
    const rows = all<Row>(db, sql`select law, position, text from law_article`);
    const files = all<{ path: string }>(db, sql`select path from law_file`);
    closeDatabase(db);
    const paths = files.map(({ path }) => join(from, path));
    const floorMs = await timePlain(join(folder, 'floor.sqlite'), paths, rows);
    const megabytes = paths.reduce((sum, path) => sum + readFileSync(path).length, 0) / 1e6;
    return { importMs, unmarkedMs, linksMs, floorMs, articles: rows.length, megabytes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Row {
  readonly law: number;
  readonly position: number;
  readonly text: string;
}

function timeImport(
  from: string,
  dataDir: string,
  prepare: (db: WritableDb) => void = () => {},
): Promise<number> {
  mkdirSync(dataDir);
  prepared(join(dataDir, 'cache.sqlite'), prepare);
  return timed(() => importLaws({ from, dataDir, onProgress: () => {} }));
}

function timePlain(path: string, files: readonly string[], rows: readonly Row[]): Promise<number> {
  prepared(path, ({ write }) =>
    write.exec('create table bare (law integer, position integer, text text)'),
  );
  return timed(() => {
    for (const file of files) readFileSync(file);
    const db = openDatabase(path, 'cache');
    const insert = db.write.prepare('insert into bare values (?, ?, ?)');
    transaction(db, () => {
      for (const { law, position, text } of rows) insert.run(law, position, text);
    });
    closeDatabase(db);
  });
}

function prepared(path: string, prepare: (db: WritableDb) => void): void {
  const db = openDatabase(path, 'cache');
  prepare(db);
  closeDatabase(db);
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
