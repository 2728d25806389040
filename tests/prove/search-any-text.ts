import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importLaws } from '#station/laws/import-laws.ts';
import { fillLawsNow } from '#station/laws/law-cache.ts';
import { lawFolder as lawsOf } from '#station/laws/law-segments.ts';
import { indexEverything } from '#station/search/indexing.ts';
import { closeDatabase } from '#station/store/open-database.ts';
import { shippedPack, stationOn } from '../real-content.ts';
import { lawFolder } from '../search/judged/law-copy.ts';
import { type AnyTextFigures, askAnything } from '../station/search/counted-steps.ts';

/** Any text is asked for, among the shipped records and the statutes where there is a copy of them. */
export async function searchAnyText(texts: number, seed: number): Promise<AnyTextFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'any-text-'));
  const pack = shippedPack('wuhua');
  const { db, library } = stationOn(pack, '2026-11-23 09:30');
  try {
    const laws = lawFolder();
    if (laws !== undefined) {
      await importLaws({ from: laws, dataDir: folder, onProgress: () => {} });
      fillLawsNow(db, lawsOf(folder));
    }
    indexEverything(db, pack);
    return askAnything(db, library, { texts, seed });
  } finally {
    closeDatabase(db);
    rmSync(folder, { recursive: true });
  }
}
