import type { StationCard } from '#shared/contract/host-process.ts';
import type { PageFile } from '#station/transport/page-files.ts';

/**
 * The files of the recovery page below `/recovery/`, with what is known of this station filled in. The page has no
 * program: it must come up when programs do not.
 */
export function recoveryFiles(
  files: ReadonlyMap<string, PageFile>,
  station: StationCard | undefined,
): Map<string, PageFile> {
  return new Map(
    [...files].map(([path, file]) => [`/recovery${path}`, filledIn(file, station)] as const),
  );
}

function filledIn(file: PageFile, station: StationCard | undefined): PageFile {
  if (!file.type.startsWith('text/html')) return file;
  const phone =
    station?.phone === undefined
      ? ''
      : `<p class="station">${escaped(station.name)}<b>${escaped(station.phone)}</b></p>`;
  return {
    ...file,
    body: Buffer.from(file.body.toString('utf8').replace('<!--station-->', () => phone)),
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
