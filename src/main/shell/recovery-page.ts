import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { StationCard } from '#shared/contract/host-process.ts';
import { type PageFile, readPageFiles } from '#station/transport/page-files.ts';

/** A bare system has no Chinese font at all. One weight with all common characters is enough here. */
const FONT = '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2';

/** Reads the recovery page with its font from a folder, into memory, where no failing disk can take them away. */
export function readRecoveryPage(folder: string): ReadonlyMap<string, PageFile> {
  const font = readFileSync(createRequire(import.meta.url).resolve(FONT));
  return new Map([
    ...readPageFiles(folder),
    ['/noto-sans-sc.woff2', { body: font, type: 'font/woff2' }],
  ]);
}

/**
 * The files of the recovery page below `/recovery/`, with what is known of this station filled in, and `trouble`, the
 * sentence for the staff. The page has no program: it must come up when programs do not.
 */
export function recoveryFiles(
  files: ReadonlyMap<string, PageFile>,
  station: StationCard | undefined,
  trouble?: string,
): Map<string, PageFile> {
  return new Map(
    [...files].map(
      ([path, file]) => [`/recovery${path}`, filledIn(file, station, trouble)] as const,
    ),
  );
}

function filledIn(file: PageFile, station: StationCard | undefined, trouble?: string): PageFile {
  if (!file.type.startsWith('text/html')) return file;
  const phone =
    station?.phone === undefined
      ? ''
      : `<p class="station">${escaped(station.name)}<b>${escaped(station.phone)}</b></p>`;
  const reason = trouble === undefined ? '' : `<p class="trouble">${escaped(trouble)}</p>`;
  const page = file.body.toString('utf8');
  return {
    ...file,
    body: Buffer.from(
      page.replace('<!--station-->', () => phone).replace('<!--trouble-->', () => reason),
    ),
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
