import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { translationLanguageSchema } from '#shared/content/envelope.ts';
import { faqTopicSchema } from '#shared/content/kinds/faq.ts';
import { gridDutySchema } from '#shared/content/kinds/grid.ts';
import { hotlineBodySchema } from '#shared/content/kinds/hotline.ts';
import { helpSchema, roleSchema } from '#shared/content/kinds/person.ts';
import { dutySchema } from '#shared/content/kinds/roster.ts';
import { serviceCategorySchema } from '#shared/content/kinds/service.ts';
import { outletLevelSchema } from '#shared/content/kinds/station.ts';
import { editProgressSchema } from '#shared/contract/editing.ts';
import { STATION_ERROR_KINDS } from '#shared/contract/errors.ts';
import { lawStateSchema } from '#shared/contract/laws.ts';
import {
  machineOrderSchema,
  stickOutcomeSchema,
  stickViewSchema,
} from '#shared/contract/machine.ts';
import { takeRefusalSchema, windowStateSchema } from '#shared/contract/queue.ts';
import { searchKindSchema } from '#shared/contract/search.ts';
import { boardItemSchema } from '#shared/contract/views.ts';
import { doctorReportSchema } from '#shared/health/finding.ts';
import { ticketPrinterStateSchema } from '#shared/printing/printer-state.ts';
import { TICKET_ORDERS } from '../../../src/renderer/console/desk-orders.ts';
import { INTERFACE_LANGUAGES, startI18n } from '../../../src/renderer/i18n/i18n.ts';
import { KEY_ACTS } from '../../../src/renderer/keyboard/layout.ts';
import { HOME_ENTRIES } from '../../../src/renderer/visitor/home-entries.ts';
import {
  PAPER_WORDS,
  PRINTER_NOTES,
} from '../../../src/renderer/visitor/printing/printing-words.ts';

type Texts = { readonly [key: string]: string | Texts };

const ROOT = join(import.meta.dirname, '../../..');

const STAFF_ROOMS = ['content', 'printers', 'devices', 'terminals', 'machine', 'district'];

/** The values that stand in keys with a gap, such as t(`category.${category}.name`). */
const GAPS: Readonly<Record<string, readonly (string | number)[]>> = {
  'board.items.*': boardItemSchema.shape.id.options,
  'category.*.detail': serviceCategorySchema.options,
  'category.*.name': serviceCategorySchema.options,
  'date.months.*': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  'date.weekdays.*': [1, 2, 3, 4, 5, 6, 7],
  'desk.devices.*': ['off', 'failed', 'console', 'display'],
  'desk.order.*': TICKET_ORDERS.map(({ order }) => order),
  'desk.outcome.*': ['nobody', 'window-busy', 'window-closed', 'not-now', 'no-such-number'],
  'desk.printer.*': ticketPrinterStateSchema.options,
  'desk.statistics.*': ['from', 'to', 'xlsx', 'csv'],
  'desk.state.*': windowStateSchema.options,
  'display.sizes.*': ['1', '1.5', '2'],
  'duty.roles.*': dutySchema.options,
  'error.*': STATION_ERROR_KINDS,
  'faqs.topics.*': faqTopicSchema.options,
  'grid.duties.*': gridDutySchema.options,
  'guide.*': ['you', 'window', 'body'],
  'guide.original.*': ['show', 'keep'],
  'header.*': ['open', 'break', 'closed'],
  'home.entries.*': HOME_ENTRIES,
  'hotlines.groups.*': hotlineBodySchema.shape.group.options,
  'keyboard.act.*': KEY_ACTS,
  'people.languages.*': ['zh-CN', ...translationLanguageSchema.options],
  'people.roles.*': roleSchema.options,
  'people.helps.*': helpSchema.options,
  'laws.state.*': lawStateSchema.options,
  'laws.stateNote.*': lawStateSchema.options.filter(
    (state) => state !== 'in-force' && state !== 'outdated',
  ),
  'print.*': ['none', 'unreachable'],
  'search.kinds.*': searchKindSchema.options,
  'ticketPaper.*': PAPER_WORDS,
  'ticketPrinter.*': PRINTER_NOTES,
  'media.*': ['films', 'pamphlets'],
  'media.*Lead': ['films', 'pamphlets'],
  'number.state.*': ['held', 'skipped', 'finished', 'no-show', 'expired'],
  'take.mode.*.text': ['closed', 'quota-reached', 'none', 'removed'],
  'take.mode.*.title': ['closed', 'quota-reached', 'early-close', 'none', 'removed'],
  'take.refused.*': takeRefusalSchema.options,
  'staff.action.*': ['create', 'change', 'withdraw'],
  'staff.draftState.*': ['saving', 'saved', 'failed'],
  'staff.facts.*': ['troubles', 'ending', 'drafts', 'waiting'],
  'staff.printers.*': ['testSent', 'failed'],
  'staff.printers.decision.*': ['came-out', 'print-again', 'not-needed'],
  'staff.progress.*': editProgressSchema.options.filter((state) => state !== 'none'),
  'staff.whole.*.title': ['gone', 'withdrawal'],
  'staff.whole.*.hint': ['gone', 'withdrawal'],
  'staff.whole.*.theirs': ['gone', 'withdrawal'],
  'staff.whole.*.ours': ['gone', 'withdrawal'],
  'staff.rooms.*': STAFF_ROOMS,
  'staff.rooms.*What': STAFF_ROOMS,
  'staff.district.answer.*': [
    ...['bad-address', 'unreadable-code', 'code', 'too-many', 'unreachable'],
    ...['other-outlet', 'refused', 'enrolled-before'],
  ],
  'staff.machine.order.*': machineOrderSchema.options,
  'staff.machine.slip.*': ['printing', 'no-printer'],
  'staff.machine.taken.*': machineOrderSchema.options,
  'staff.machine.verdict.*': doctorReportSchema.shape.verdict.options,
  'staff.stick.outcome.*': stickOutcomeSchema.options,
  'staff.stick.state.*': stickViewSchema.shape.state.options,
  'staff.tabs.*': ['edit', 'preview', 'history'],
  'staff.terminals.answer.*': [
    ...['joined', 'left', 'resting', 'unreported', 'in-hand', 'has-terminals', 'wait'],
    ...['bad-address', 'unreachable', 'wrong', 'not-the-host', 'other-station'],
  ],
  'staff.terminals.noCode.*': ['further', 'lan-off', 'full', 'resting'],
  'staff.versionState.*': ['waiting', 'taken', 'settled', 'conflict', 'refused', 'closed'],
  'station.levels.*': outletLevelSchema.options,
};

const texts = Object.fromEntries(
  globSync('assets/locales/*.json', { cwd: ROOT }).map((path) => [
    basename(path, '.json'),
    flat(JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Texts),
  ]),
);
const chinese = texts['zh-CN'] ?? new Map<string, string>();

const sources = globSync('src/renderer/**/*.{ts,tsx}', { cwd: ROOT }).map((path) => ({
  path,
  code: withoutComments(readFileSync(join(ROOT, path), 'utf8')),
}));
const pages = sources.filter(({ path }) => !path.startsWith('src/renderer/gallery/'));

function flat(tree: Texts, before = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value]] : [...flat(value, `${before}${key}.`)],
    ),
  );
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** What stands between the brackets of every call of t. */
function callsIn(code: string): string[] {
  return [...code.matchAll(/\bt\(/g)].map(({ index }) => {
    const begin = index + 2;
    let end = begin;
    for (let depth = 1; depth > 0 && end < code.length; end += 1)
      depth += { '(': 1, ')': -1 }[code[end] ?? ''] ?? 0;
    return code.slice(begin, end - 1);
  });
}

/** Keys with a gap in calls of t, written with a star. */
const gapped = [
  ...new Set(
    pages
      .flatMap(({ code }) => callsIn(code))
      .flatMap((call) => [...call.matchAll(/`((?:[\w.-]|\$\{[^}]*\})+)`/g)])
      .map((match) => (match[1] ?? '').replace(/\$\{[^}]*\}/g, '*')),
  ),
].toSorted();
/** Keys that calls of t begin with, and those that gaps are filled to. */
const asked = [
  ...pages
    .flatMap(({ code }) => callsIn(code))
    .flatMap((call) => /^\s*'([^']+)'/.exec(call)?.[1] ?? []),
  ...gapped.flatMap((key) => (GAPS[key] ?? []).map((value) => key.replace('*', String(value)))),
];
/** Keys that are also chosen elsewhere: between two, or for another language. */
const named = pages.flatMap(({ code }) =>
  [...code.matchAll(/'([a-z][\w.-]*)'/gi)].flatMap((match) => match[1] ?? []),
);
const used = new Set([...asked, ...named]);

describe('interface texts', () => {
  it('exist for every language that is offered', () => {
    expect(Object.keys(texts).toSorted()).toEqual([...INTERFACE_LANGUAGES].toSorted());
  });

  it('have the same keys in every language', () => {
    for (const language of INTERFACE_LANGUAGES)
      expect([...(texts[language]?.keys() ?? [])], language).toEqual([...chinese.keys()]);
  });

  it('have the same placeholders in every language', () => {
    const placeholders = (text: string | undefined) =>
      [...(text?.matchAll(/\{\{\w+\}\}/g) ?? [])].map(([found]) => found).toSorted();
    for (const [key, text] of chinese)
      expect(placeholders(texts.en?.get(key)), key).toEqual(placeholders(text));
  });

  it('are never empty, and have no Chinese letters in English', () => {
    for (const found of Object.values(texts))
      expect([...found].filter(([, text]) => text.trim() === '')).toEqual([]);
    expect([...(texts.en ?? [])].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('leave the hours and the cost of a hotline to its record', () => {
    const hotline = /12348|热线|hotline/i;
    const claim = /免费|不收费|不要钱|随时|小时|\bfree\b|charge|day and night|any time|hours/i;
    for (const found of Object.values(texts))
      expect([...found].filter(([, text]) => hotline.test(text) && claim.test(text))).toEqual([]);
  });

  it('are there for every key that a page asks for', () => {
    expect(asked.filter((key) => !chinese.has(key))).toEqual([]);
  });

  it('are all asked for by a page', () => {
    expect([...chinese.keys()].filter((key) => !used.has(key))).toEqual([]);
  });

  it('have keys with gaps only where it is known what fills them', () => {
    expect(gapped).toEqual(Object.keys(GAPS).toSorted());
  });

  it('are found by i18next, even where a key holds a point', () => {
    const { t } = startI18n();
    for (const key of chinese.keys()) expect(t(key as 'close', { lng: 'en' })).not.toBe(key);
  });
});

describe('pages', () => {
  it('have no Chinese text or punctuation of their own', () => {
    const chineseText = /[\p{Script=Han}\u3001\u3002\u300a\u300b\uff01-\uff5e]/u;
    const found = sources
      .filter(({ path }) => path.endsWith('.tsx'))
      .flatMap(({ path, code }) =>
        code
          .split('\n')
          .flatMap((line) => (chineseText.test(line) ? [`${path}: ${line.trim()}`] : [])),
      )
      .filter((line) => !line.startsWith('src/renderer/gallery/'));
    expect(found).toEqual([]);
  });

  it('do not ask the browser to format dates, numbers or lists', () => {
    // Where letters end does not depend on the language: Intl.Segmenter needs none of the tables that are missing.
    const formats = /\bIntl\.(?!Segmenter)|toLocale\w*String\(/;
    expect(pages.filter(({ code }) => formats.test(code)).map(({ path }) => path)).toEqual([]);
  });
});
