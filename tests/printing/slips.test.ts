import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Slip } from '#shared/printing/slip.ts';
import { markedCopy } from '#shared/printing/slip.ts';
import { SLIP_PAPERS, type SlipPaper } from '#shared/printing/slip-layout.ts';
import { testSlip } from '#shared/printing/test-slip.ts';
import { slipBytes } from '#station/printing/slip-bytes.ts';
import { commandReader } from './escpos-commands.ts';
import { type PrintedSlip, paperRoll } from './paper-roll.ts';
import { sampleTicket } from './sample-ticket.ts';

const PAPERS = ['58', '80'] as const;

function decoded(slip: Slip, paper: SlipPaper): PrintedSlip {
  const roll = paperRoll(SLIP_PAPERS[paper].columns * 12);
  for (const command of commandReader()(slipBytes(slip, paper))) roll.print(command);
  expect(roll.slips).toHaveLength(1);
  expect(roll.unfinished().lines).toEqual([]);
  const [printed] = roll.slips;
  if (printed === undefined) throw new Error('nothing was cut off');
  return printed;
}

const textsOf = (slip: PrintedSlip) => slip.lines.map((line) => line.text.trim());
const allText = (slip: PrintedSlip) => textsOf(slip).join('').replaceAll(' ', '');

describe.each(PAPERS)('on %s mm paper', (paper) => {
  test('a ticket says everything, in Chinese, without a fault, and is cut off once', () => {
    const slip = decoded(sampleTicket(), paper);
    expect(slip.faults).toEqual([]);
    const text = allText(slip);
    for (const part of [
      '昆明市五华区华山街道公共法律服务工作站',
      '办理业务法律援助',
      '前面等候3人',
    ])
      expect(text).toContain(part);
    for (const part of ['15到25分钟', '2号窗口、3号窗口', '收费免费', '□身份证', '2026-11-2310:05'])
      expect(text).toContain(part);
  });

  test('the number is the largest thing on it, and bold', () => {
    const runs = decoded(sampleTicket(), paper).lines.flatMap((line) => line.runs);
    const number = runs.find((run) => run.text === 'A012');
    expect(number).toMatchObject({ wide: 6, high: 6, bold: true });
    for (const run of runs.filter((other) => other !== number)) expect(run.high).toBeLessThan(6);
  });

  test('its QR code is read as what it says', () => {
    expect(decoded(sampleTicket(), paper).codes).toEqual([sampleTicketCode()]);
  });

  test('a copy says 补打 in white on black, and the first print does not', () => {
    const marks = (slip: Slip) =>
      decoded(slip, paper).lines.flatMap((line) => line.runs.filter((run) => run.inverse));
    expect(marks(markedCopy(sampleTicket()))).toMatchObject([{ text: '补打', wide: 2, high: 2 }]);
    expect(marks(sampleTicket())).toEqual([]);
  });

  test('the test page has rare characters, a code and a cut', () => {
    const page = testSlip({ station: '华山街道工作站', printer: '取号机', at: 1795392000000 });
    const slip = decoded(page, paper);
    expect(slip.faults).toEqual([]);
    expect(allText(slip)).toContain('㙓、䶮、喆、堃、镕');
    expect(slip.codes).toHaveLength(1);
  });

  test('the longest code that a slip may hold can still be read', () => {
    const text = '法'.repeat(300);
    const slip: Slip = { label: 'x', blocks: [{ type: 'qr', text }] };
    expect(decoded(slip, paper)).toMatchObject({ codes: [text], faults: [] });
  });

  test('any text of the printer’s letters decodes to itself', () => {
    const letters = fc
      .oneof(
        fc.integer({ min: 0x21, max: 0x7e }),
        fc.integer({ min: 0x4e00, max: 0x9fa5 }),
        fc.integer({ min: 0x3400, max: 0x4db5 }),
        fc.constantFrom(
          ...Array.from('，。、；：？！（）《》“”…—·　', (l) => l.codePointAt(0) ?? 0),
        ),
      )
      .map((point) => String.fromCodePoint(point));
    fc.assert(
      fc.property(fc.string({ unit: letters, minLength: 1, maxLength: 60 }), (text) => {
        const slip = decoded(everyPlaceFor(text), paper);
        expect(slip.faults).toEqual([]);
        const plain = text.replaceAll('　', '');
        const found = allText(slip).replaceAll('　', '');
        expect(found).toBe(`${plain}事项${plain}□${plain}${plain}12348`);
        expect(slip.codes).toEqual([text]);
      }),
      { numRuns: 60 },
    );
  });

  test('no text of Unicode at all makes it fail or spoils the rest', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const slip = decoded(everyPlaceFor(text === '' ? ' ' : text), paper);
        expect(slip.faults).toEqual([]);
        expect(textsOf(slip).at(-1)).toBe('12348');
      }),
      { numRuns: 60 },
    );
  });
});

test('a character that no printer has is printed as its code point, an emoji as a box, marks of direction not at all', () => {
  const slip: Slip = {
    label: 'x',
    blocks: [{ type: 'line', role: 'plain', text: '𠮷\u202e先生😀' }],
  };
  expect(textsOf(decoded(slip, '80'))).toEqual(['[U+20BB7]先生□']);
});

function sampleTicketCode(): string {
  const block = sampleTicket().blocks.find(({ type }) => type === 'qr');
  return block?.type === 'qr' ? block.text : '';
}

/** The text as a line, a label with a value, an item and a code, and something after it. */
function everyPlaceFor(text: string): Slip {
  return {
    label: 'x',
    blocks: [
      { type: 'line', role: 'heading', text },
      { type: 'pair', label: '事项', value: text },
      { type: 'list', items: [text] },
      { type: 'qr', text, caption: text },
      { type: 'line', role: 'plain', text: '12348' },
    ],
  };
}
