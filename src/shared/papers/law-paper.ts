import { inTitleMarks } from '../laws/law-title.ts';
import type { PaperDocument } from './paper-document.ts';
import { TAKEAWAY_MAX_BYTES, utf8Length } from './takeaway-text.ts';

/** An article that a visitor takes along. */
export interface LawExcerpt {
  readonly lawTitle: string;
  /** Headings above it, the widest first. */
  readonly above: readonly string[];
  readonly label: string;
  /** Paragraphs, one a line. */
  readonly text: string;
  /** What is known of the version: 2020年5月28日通过，现行有效. */
  readonly version: string;
  /** Why not to rely on it, in a sentence; empty where nothing speaks against it. */
  readonly caution: string;
}

/** What it says of the place that gives it. */
export interface LawPaperPlace {
  readonly station: string;
  readonly date: string;
}

const CHECK = '以国家法律法规数据库（flk.npc.gov.cn）公布的文本为准';

/** An article of a law on paper: where it stands, its text, which version, and where to check. */
export function lawPaper(excerpt: LawExcerpt, place: LawPaperPlace): PaperDocument {
  return {
    title: excerpt.lawTitle,
    subtitle: excerpt.label === '' ? undefined : excerpt.label,
    sample: false,
    blocks: [
      ...(excerpt.caution === ''
        ? []
        : [{ type: 'note' as const, text: `注意：${excerpt.caution}` }]),
      ...(excerpt.above.length === 0
        ? []
        : [{ type: 'note' as const, text: excerpt.above.join(' › ') }]),
      ...excerpt.text.split('\n').map((part) => ({ type: 'paragraph' as const, parts: [part] })),
      { type: 'note', text: `${excerpt.version}；${CHECK}。` },
      {
        type: 'qr',
        text: lawTakeaway(excerpt, place),
        captions: [
          '手机扫一扫，把条文带走，不用上网。',
          '看不懂怎么用在自己身上，打 12348 或者问工作人员。',
        ],
      },
    ],
    foot: `${place.station} ${place.date} · 供学习参考，${CHECK}`,
  };
}

/**
 * An article as text for a QR code, within decision 008's bytes. A long article is cut at the end of a sentence and says
 * that it goes on.
 */
export function lawTakeaway(excerpt: LawExcerpt, place: LawPaperPlace): string {
  const name = cutAt(`${inTitleMarks(excerpt.lawTitle)}${excerpt.label}`, HEAD_BYTES);
  const head = excerpt.caution === '' ? name : `${name}\n注意：${excerpt.caution}`;
  const foot = `${excerpt.version}\n${place.station} ${place.date}\n咨询电话 12348`;
  const room = TAKEAWAY_MAX_BYTES - utf8Length(`${head}\n\n${foot}`);
  return `${head}\n${shortened(excerpt.text, room)}\n${foot}`;
}

const HEAD_BYTES = 240;
const GOES_ON = '……（后面还有，请看全文）';

function shortened(text: string, bytes: number): string {
  if (utf8Length(text) <= bytes) return text;
  const kept = cutAt(text, bytes - utf8Length(GOES_ON));
  const end = Math.max(...['。', '；', '：', '\n'].map((mark) => kept.lastIndexOf(mark)));
  return `${end > 0 ? kept.slice(0, end + 1) : kept}${GOES_ON}`;
}

/** As many whole characters as fit. */
function cutAt(text: string, bytes: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += utf8Length(character);
    if (used > bytes) break;
    kept += character;
  }
  return kept;
}
