import type { Citation } from '../content/citation.ts';
import { formatCitations } from '../content/citation.ts';
import type { TriageOutcome } from '../content/kinds/triage.ts';
import type { PaperBlock, PaperDocument, PaperField } from './paper-document.ts';
import { cut, TAKEAWAY_MAX_BYTES, utf8Length } from './takeaway-text.ts';

/** What an end of the questions says of this place. */
export interface TriagePlace {
  readonly station: string;
  readonly phone?: string | undefined;
  readonly windows: readonly string[];
  /** The outlet above with its windows, for what no window of the place takes. */
  readonly above?: string | undefined;
  readonly date: string;
  /** Titles of the guides that fit. */
  readonly services: readonly string[];
  /** The place's escalation rule from this matter's step on, each as one line. */
  readonly ladder: readonly string[];
}

/** Stands on every end, on paper and on the phone as on the screen. */
export const TRIAGE_CAVEAT = '以上仅供参考，不是法律意见；拿不准就问窗口或打12348。';

/** The paper that a visitor takes along from the end of the questions. */
export function triagePaper(
  title: string,
  outcome: TriageOutcome,
  place: TriagePlace,
): PaperDocument {
  return {
    title: '下一步怎么办',
    subtitle: outcome.title,
    sample: false,
    blocks: [
      { type: 'fields', columns: 2, fields: placeFields(title, outcome, place) },
      { type: 'note', text: outcome.text },
      ...section('现在先做', outcome.urgent === '' ? [] : [outcome.urgent]),
      ...section(
        '要带的材料',
        outcome.papers.map((paper) => paper.text),
      ),
      ...section(
        '不能错过的时间',
        outcome.deadlines.map((deadline) => `${deadline.text}${sources(deadline.basis)}`),
      ),
      ...section('可以办的事', place.services),
      ...section('先找谁，再找谁', place.ladder),
      { type: 'qr', text: triageTakeawayText(outcome, place), captions: captions() },
    ],
    foot: `${place.station} ${place.date} · 仅供参考，以窗口告知为准`,
  };
}

/**
 * The same as text for a QR code. What cannot be left out comes first: what to do now and where, then every time limit. The
 * rest follows as whole sentences in the order of its weight; where it does not all fit, the text says so.
 */
export function triageTakeawayText(outcome: TriageOutcome, place: TriagePlace): string {
  const head = [
    outcome.title,
    ...(outcome.call === undefined ? [] : [`先打${outcome.call}`]),
    `现在先做：${outcome.urgent}`,
    `去：${whereTo(outcome, place)}`,
  ].join('\n');
  const [first = '', ...others] = sentencesOf(outcome.text);
  const rest = [
    ...outcome.deadlines.map((deadline) => `\n期限：${deadline.text}`),
    `\n${first}`,
    ...(outcome.papers.length === 0
      ? []
      : [`\n带：${outcome.papers.map((paper) => paper.text).join('；')}`]),
    ...others.map((sentence, at) => (at === 0 ? `\n${sentence}` : sentence)),
    ...(place.services.length === 0 ? [] : [`\n可办：${place.services.join('、')}`]),
  ];
  const close = `\n${TRIAGE_CAVEAT}\n${place.date}`;
  return cut(`${head}${filled(rest, TAKEAWAY_MAX_BYTES - utf8Length(head + close))}${close}`);
}

const MORE_ON_PAPER = '\n（没写完，还有的看打印的单子或问窗口。）';

/** Parts from the first on, as many as fit; nothing behind one that does not, and a word on what was left out. */
function filled(parts: readonly string[], bytes: number): string {
  const whole = parts.join('');
  if (utf8Length(whole) <= bytes) return whole;
  const room = bytes - utf8Length(MORE_ON_PAPER);
  const end = parts.findIndex((_, at) => utf8Length(parts.slice(0, at + 1).join('')) > room);
  return `${parts.slice(0, end).join('')}${MORE_ON_PAPER}`;
}

/** Sentences of a text, each with the mark that ends it. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=[。！？])/);
}

function whereTo(outcome: TriageOutcome, place: TriagePlace): string {
  if (outcome.level === 'elsewhere') return outcome.where;
  if (place.above !== undefined) return place.above;
  return [place.station, place.windows.join('、')].filter((part) => part !== '').join(' ');
}

function placeFields(title: string, outcome: TriageOutcome, place: TriagePlace): PaperField[] {
  const field = (label: string, value: string): PaperField => ({ label, lines: 1, value });
  return [
    field('您问的事', title),
    field('日期', place.date),
    field('去哪里', whereTo(outcome, place)),
    field('咨询电话', '12348'),
    ...(outcome.call === undefined ? [] : [field('马上打', outcome.call)]),
    ...(place.phone === undefined ? [] : [field('本站电话', place.phone)]),
  ];
}

function section(text: string, items: readonly string[]): PaperBlock[] {
  return items.length === 0
    ? []
    : [
        { type: 'heading', text },
        { type: 'list', items },
      ];
}

function sources(basis: readonly Citation[]): string {
  return basis.length === 0 ? '' : `（${formatCitations(basis)}）`;
}

function captions(): string[] {
  return [
    '手机扫一扫，带走这张单子，不用上网。',
    TRIAGE_CAVEAT,
    '说不清、走不开、看不清，都可以打12348或者问工作人员。',
  ];
}
