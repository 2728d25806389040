import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FormBlock, FormSampleBody } from '#shared/content/kinds/form-sample.ts';
import type { ServiceBody } from '#shared/content/kinds/service.ts';
import { formPaper } from '#shared/papers/form-paper.ts';
import { noticePaper } from '#shared/papers/notice-paper.ts';
import type { PaperDocument } from '#shared/papers/paper-document.ts';
import { readBarePack } from '#station/packs/profile-pack.ts';
import { pdfMaker } from '#station/papers/pdf.ts';
import { letters, lettersOf, type ReadPage, readPdf } from './read-pdf.ts';

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const PLACE = {
  station: '五华区华山街道公共法律服务工作站',
  date: '2026-11-23',
  windows: ['3号窗口'],
  phone: '0871-0000-0011',
  complaint: '12345（政务服务便民热线）',
};
/** Punctuation that GB/T 15834-2011 does not let begin a line. */
const NOT_AT_LINE_START = /^[。，、；：？！）》〉」』”’〕…]/u;

/** Between these, in points from the bottom, stands the paper itself; above is the mark, below the foot. */
const FOOT = 45;
const HEAD = 795;
const SAMPLE_MARK = '人和事都是编的';

const { records } = readBarePack(join(import.meta.dirname, '../../../assets/starter'));
const bodies = <Body>(kind: string) =>
  records
    .filter(({ record }) => record.kind === kind)
    .map(({ record }) => [record.id, record.body as Body] as const);
const forms = bodies<FormSampleBody>('form-sample');
const guides = bodies<ServiceBody>('service');
const makePdf = pdfMaker();

function expectWellSet(pdf: Buffer, pages: readonly ReadPage[], id: string): void {
  expect(pdf.length, id).toBeLessThan(300_000);
  for (const page of pages) {
    expect([Math.round(page.width), Math.round(page.height)], id).toEqual([595, 842]);
    for (const piece of page.pieces) {
      expect(piece.x, `${id}: ${piece.text}`).toBeGreaterThanOrEqual(40);
      expect(piece.x + piece.width, `${id}: ${piece.text}`).toBeLessThanOrEqual(page.width - 40);
      expect(piece.y, `${id}: ${piece.text}`).toBeGreaterThanOrEqual(15);
      expect(piece.y, `${id}: ${piece.text}`).toBeLessThanOrEqual(page.height - 20);
    }
  }
}

/** The first piece of each line of running text; pieces that follow others on the same line do not begin one. */
function lineStarts(page: ReadPage): string[] {
  return page.pieces
    .filter(
      (piece) =>
        !page.pieces.some(
          (other) =>
            other !== piece &&
            Math.abs(other.y - piece.y) < 2 &&
            Math.abs(other.x + other.width - piece.x) < 3,
        ),
    )
    .map((piece) => piece.text);
}

/** Lines of more than 40 characters of their size; pieces that follow one another are one line. */
function longLines(page: ReadPage): string[] {
  const ends: { right: number; y: number; from: number; text: string; size: number }[] = [];
  for (const { x, y, width, size, text } of page.pieces.filter((piece) => piece.y > FOOT)) {
    const line = ends.find((one) => Math.abs(one.y - y) < 2 && Math.abs(one.right - x) < 3);
    if (line === undefined) ends.push({ right: x + width, y, from: x, text, size });
    else Object.assign(line, { right: x + width, text: line.text + text });
  }
  return ends.flatMap(({ from, right, size, text }) => (right - from > 40.1 * size ? [text] : []));
}

/** Letters of the papers themselves, so that a text which goes on at the next page is found across the foot between. */
function bodyLetters(pages: readonly ReadPage[]): string {
  const body = pages.map((page) => ({
    ...page,
    pieces: page.pieces.filter((piece) => piece.y > FOOT && piece.y < HEAD),
  }));
  return lettersOf(body);
}

/** A heading at the foot of a page, with nothing of its section under it. */
function orphans(pages: readonly ReadPage[], paper: PaperDocument): string[] {
  const headings = paper.blocks.flatMap((block) => (block.type === 'heading' ? block.text : []));
  return pages.flatMap((page) => {
    const body = page.pieces.filter((piece) => piece.y > FOOT);
    const lowest = Math.min(...body.map((piece) => piece.y));
    return body
      .filter((piece) => piece.y < lowest + 3 && piece.size > 11)
      .map((piece) => piece.text)
      .filter((text) => headings.includes(text));
  });
}

async function setAndRead(paper: PaperDocument, id: string) {
  const pdf = await makePdf(paper, NOW);
  const pages = await readPdf(pdf);
  expectWellSet(pdf, pages, id);
  for (const page of pages) expect(lettersOf([page]).includes(SAMPLE_MARK), id).toBe(paper.sample);
  expect(orphans(pages, paper), id).toEqual([]);
  // A form's sentences with blanks are written into, not read line by line.
  const isRead = paper.blocks.every(({ type }) => type !== 'paragraph');
  expect(isRead ? pages.flatMap(longLines) : [], id).toEqual([]);
  expect(
    pages.flatMap(lineStarts).filter((text) => NOT_AT_LINE_START.test(text)),
    id,
  ).toEqual([]);
  return bodyLetters(pages);
}

function labelsOf(block: FormBlock): string[] {
  switch (block.type) {
    case 'fields':
    case 'signature':
      return block.fields.map((field) => field.label);
    case 'choice':
      return [block.label, ...block.options.map((option) => option.text)];
    case 'table':
      return [block.label, ...block.columns.map((column) => column.label)];
    case 'heading':
    case 'note':
      return [block.text];
    case 'paragraph':
      return block.text.split(/\{\{[a-z0-9-]+\}\}/);
  }
}

function valuesOf(form: FormSampleBody): string[] {
  return form.blocks.flatMap((block) => {
    if (block.type === 'choice') return [];
    if (block.type === 'table') return (form.example[block.id] as string[][]).flat();
    return 'fields' in block
      ? block.fields.map((field) => [form.example[field.id] ?? ''].flat(2).join('、'))
      : [];
  });
}

test('the starter pack has forms and guides to print', () => {
  expect(forms.length).toBeGreaterThan(20);
  expect(guides.length).toBeGreaterThan(50);
});

test.each(forms)('%s, blank: every label is there, on A4, inside the page', async (id, form) => {
  const text = await setAndRead(formPaper(form, PLACE, { filled: false }), id);
  for (const label of form.blocks.flatMap(labelsOf)) expect(text).toContain(letters(label));
  const blanks = form.blocks.flatMap((block) => (block.type === 'paragraph' ? block.fields : []));
  for (const blank of blanks) expect(text).toContain(letters(blank.label));
});

test.each(forms)('%s, filled: every value is there, marked as an example', async (id, form) => {
  const text = await setAndRead(formPaper(form, PLACE, { filled: true }), id);
  for (const value of valuesOf(form)) expect(text).toContain(letters(value));
});

test.each(guides)('%s: the notice says all that a visitor has to know', async (id, guide) => {
  const text = await setAndRead(noticePaper(guide, PLACE), id);
  const told = [
    '一次性告知单',
    guide.title,
    PLACE.station,
    '以窗口告知为准',
    '12348',
    '12345',
    guide.timeLimit.detail,
    guide.fee.detail,
    guide.feeBasis.text,
    ...guide.applicants.map((item) => item.text),
    ...guide.conditions.map((item) => item.text),
    ...guide.materials.flatMap((material) => [material.name, material.note ?? '']),
    ...guide.steps.nodes.flatMap((node) => [node.title, node.detail ?? '']),
    ...guide.basis.map((citation) => citation.article ?? `《${citation.law}》`),
  ];
  for (const part of told) expect(text).toContain(letters(part));
});

const plain = (text: string): PaperDocument => ({
  title: '试验',
  sample: false,
  blocks: [
    { type: 'note', text },
    { type: 'fields', columns: 2, fields: [{ label: '姓名', lines: 1, value: text }] },
  ],
  foot: '试验',
});

test('rare characters of names and places come from other parts of the font', async () => {
  const pages = await readPdf(await makePdf(plain('堌村鲃碶亖①→℃'), NOW));
  expect(lettersOf(pages)).toContain('堌村鲃碶亖①→℃');
});

test('a character that no font has is printed as 〓, the sign of a missing type', async () => {
  const pages = await readPdf(await makePdf(plain('王𠮷示例'), NOW));
  expect(lettersOf(pages)).toContain('王〓示例');
});

test('a word longer than the line is broken, not cut off', async () => {
  const long = 'https://example.invalid/'.padEnd(400, 'x');
  const pdf = await makePdf(plain(long), NOW);
  const pages = await readPdf(pdf);
  expectWellSet(pdf, pages, 'long word');
  expect(lettersOf(pages)).toContain(long);
});

test('a cell that is longer than a page goes on at the next one', async () => {
  const long = '很长的一段话，说了又说。'.repeat(400);
  const pdf = await makePdf(plain(long), NOW);
  const pages = await readPdf(pdf);
  expectWellSet(pdf, pages, 'long cell');
  expect(bodyLetters(pages).split('很长的一段话').length).toBe(801);
});

test('the same paper at the same moment is the same file, made by another maker too', async () => {
  const paper = plain('同样的内容');
  const first = await makePdf(paper, NOW);
  expect((await makePdf(paper, NOW)).equals(first)).toBe(true);
  expect((await pdfMaker()(paper, NOW)).equals(first)).toBe(true);
});
