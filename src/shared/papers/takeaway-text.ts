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
 * The one-time notice (一次性告知单) as plain text that fits a QR code. When it is too long the law it rests on gives way
 * first, then what is said of the materials beside their names; a time limit that runs out goes last.
 * No material is left out unless their names alone are too many.
 */
export function takeawayText(guide: ServiceBody, place: NoticePlace): string {
  const [full, names] = [materialLine, ({ name }: Material) => name].map((lineOf) =>
    mustText(guide, place, lineOf),
  ) as [string, string];
  const urgent = guide.urgent === undefined ? '' : `注意：${guide.urgent}`;
  const date = `${place.date} 告知，以窗口为准`;
  const basis = `依据：${formatCitations(guide.basis)}`;
  const wanted = [
    [full, urgent, date, basis],
    [full, urgent, date],
    [names, urgent, date, basis],
    [names, urgent, date],
    [names, date],
  ].map((lines) => lines.filter(Boolean).join('\n'));
  return wanted.find((text) => utf8Length(text) <= TAKEAWAY_MAX_BYTES) ?? cut(names);
}

type Material = ServiceBody['materials'][number];

function mustText(
  guide: ServiceBody,
  place: NoticePlace,
  lineOf: (material: Material) => string,
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
export function materialLine(material: Material): string {
  const original = { show: '原件', keep: '原件（留下）', none: '' }[material.original];
  const copies = material.copies > 0 ? `复印件${material.copies}份` : '';
  const papers = [original, copies].filter(Boolean).join('+');
  return `${material.name}${papers ? ` ${papers}` : ''}${material.when ? `(${material.when})` : ''}`;
}

/** The beginning of a text, as much as a QR code takes; the whole of one that fits. */
export function cut(text: string): string {
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
