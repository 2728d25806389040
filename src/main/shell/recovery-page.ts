import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { StationCard } from '#shared/contract/host-process.ts';
import { type PageFile, readPageFiles } from '#station/transport/page-files.ts';

/** A bare system has no Chinese font at all. One weight with all common characters is enough here. */
const FONT = '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2';

/** What is left where not even the page's own files can be read: the number, in the system's letters. */
const BARE_PAGE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>本机暂时不能使用</title></head>
<body><h1>本机暂时不能使用</h1><p>需要法律帮助，请拨打公共法律服务热线：</p><h1>12348</h1><!--station-->
<p>也可以到窗口找工作人员。</p><!--trouble--></body></html>`;

/**
 * Reads the recovery page with its font from a folder, into memory, where no failing disk can take them away. Where they
 * cannot be read, `report` takes a sentence and a bare page stands in: the last rung must bear what broke the others.
 */
export function readRecoveryPage(
  folder: string,
  report: (sentence: string) => void,
): ReadonlyMap<string, PageFile> {
  try {
    const font = readFileSync(createRequire(import.meta.url).resolve(FONT));
    const files = readPageFiles(folder);
    // Each is a getter that reads from the disk.
    const read = [...files].map(([path, { body, type }]) => [path, { body, type }] as const);
    return new Map([...read, ['/noto-sans-sc.woff2', { body: font, type: 'font/woff2' }]]);
  } catch {
    report(`恢复页面（${folder}）读不出来，出故障时只能显示一张简单的；请重新安装程序。`);
    return new Map([['/', { body: Buffer.from(BARE_PAGE), type: 'text/html; charset=utf-8' }]]);
  }
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
