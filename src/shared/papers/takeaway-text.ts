import { formatCitations } from '../content/citation.ts';
import type { ServiceBody } from '../content/kinds/service.ts';

/** What the notice says of the place that gives it. */
export interface NoticePlace {
  readonly station: string;
  readonly phone?: string | undefined;
  readonly windows: readonly string[];
  /** The outlet above with its windows, for what no window of the place takes. */
  readonly above?: string | undefined;
  readonly date: string;
}

/**
 * A QR code of this many bytes (level L, byte mode) still has modules of over 0.5 mm at 70 mm width, which phones read
 * from the distance at which people stand.
 */
export const TAKEAWAY_MAX_BYTES = 900;

/**
 * The one-time notice (一次性告知单) as plain text that fits a QR code. When it is too long the last lines give way, then
 * what is said of the materials beside their names, so that no material is left out.
 */
export function takeawayText(guide: ServiceBody, place: NoticePlace): string {
  const full = mustText(guide, place, materialLine);
  const must =
    utf8Length(full) <= TAKEAWAY_MAX_BYTES
      ? full
      : mustText(guide, place, (material) => material.name);
  const may = [
    `依据：${formatCitations(guide.basis)}`,
    guide.urgent === undefined ? '' : `注意：${guide.urgent}`,
    `${place.date} 告知，以窗口为准`,
  ];
  return may.filter(Boolean).reduce((text, line) => joinIfFits(text, line), cut(must));
}

function mustText(
  guide: ServiceBody,
  place: NoticePlace,
  lineOf: (material: ServiceBody['materials'][number]) => string,
): string {
  return [
    guide.title,
    '要带：',
    ...guide.materials.map((material) => `·${lineOf(material)}`),
    `收费：${guide.fee.headline}`,
    `时限：${guide.timeLimit.headline}`,
    placeLine(place),
    '咨询电话 12348',
  ].join('\n');
}

function placeLine({ station, windows, above }: NoticePlace): string {
  if (above !== undefined) return `到：${above}`;
  return [station, windows.join('、')].filter(Boolean).join(' ');
}

/** A material as one line: name, copies, and in which case. */
export function materialLine(material: ServiceBody['materials'][number]): string {
  const original = { show: '原件', keep: '原件（留下）', none: '' }[material.original];
  const copies = material.copies > 0 ? `复印件${material.copies}份` : '';
  const papers = [original, copies].filter(Boolean).join('+');
  return `${material.name}${papers ? ` ${papers}` : ''}${material.when ? `(${material.when})` : ''}`;
}

function joinIfFits(text: string, line: string): string {
  const joined = `${text}\n${line}`;
  return utf8Length(joined) <= TAKEAWAY_MAX_BYTES ? joined : text;
}

function cut(text: string): string {
  let kept = Array.from(text);
  while (utf8Length(kept.join('')) > TAKEAWAY_MAX_BYTES) kept = kept.slice(0, -8);
  return kept.join('');
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
