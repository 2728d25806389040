import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import jsqr from 'jsqr';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TakeAnswer } from '#shared/contract/queue.ts';
import type { PictureNode, SlipPicture } from '#shared/printing/slip-picture.ts';
import { terminalContext } from '#station/access/caller.ts';
import { type Host, startHost } from '#station/host.ts';
import { temporaryHost } from '../station/temporary-host.ts';
import type { PrintedSlip } from './paper-roll.ts';
import { type PrinterDouble, startPrinterDouble } from './printer-double.ts';
import { PATIENT } from './printing-station.ts';
import { profileWithPrinter } from './profile-with-printer.ts';

/** A working Monday, within the hours. */
const NOW = Date.parse('2026-11-23T10:05:00+08:00');
const STATION = '五华区华山街道公共法律服务工作站';
const GUIDE = 'service.legal-aid-wages';

let printer: PrinterDouble;
let host: Host;
const undo: (() => unknown)[] = [];
beforeEach(async () => {
  printer = await startPrinterDouble();
  undo.push(() => printer.close());
});
afterEach(async () => {
  for (const close of undo.splice(0).toReversed()) await close();
});

async function open(change: (folder: string) => void = () => {}) {
  const profile = profileWithPrinter('wuhua', printer.address);
  change(profile.folder);
  const temporary = temporaryHost();
  undo.push(profile.remove, temporary.remove);
  host = await startHost({ ...temporary.options, profileDir: profile.folder, now: () => NOW });
  undo.push(() => host.close());
  return createRouterClient(host.router, { context: terminalContext() });
}

type Station = Awaited<ReturnType<typeof open>>;

const take = (station: Station, line: string, more: { group?: string; guide?: string } = {}) =>
  station.queue.take({ operation: randomUUID(), line, language: 'zh-CN', ...more });

function issued(answer: TakeAnswer) {
  if (answer.outcome !== 'issued') throw new Error(`refused: ${answer.because}`);
  return answer;
}

/** The next slip that comes out, read from the bytes by the decoder that knows nothing of the encoder. */
async function paper(which: number): Promise<PrintedSlip> {
  await vi.waitUntil(() => printer.roll.slips.length > which, PATIENT);
  const slip = printer.roll.slips[which];
  if (slip === undefined) throw new Error('no slip');
  return slip;
}

const textOf = (slip: PrintedSlip) =>
  slip.lines
    .map((line) => line.text)
    .join('')
    .replaceAll(' ', '');

test('a number that was taken comes out with everything that it has to say', async () => {
  const station = await open();
  for (const which of [0, 1]) {
    await take(station, 'legal-aid');
    await paper(which);
  }
  const { ticket } = issued(await take(station, 'legal-aid', { guide: GUIDE, group: 'elder' }));
  const slip = await paper(2);
  expect(slip.faults).toEqual([]);
  const text = textOf(slip);
  const { body } = await station.guides.get({ id: GUIDE, language: 'zh-CN' });
  for (const part of [
    STATION,
    '办理业务法律援助',
    `前面等候${ticket.before}人`,
    '办理窗口3号窗口',
    '优先办理老年人（请出示身份证或老年人优待证）',
    body.title,
    `收费${body.fee.headline}`,
    '取号时间2026-11-2310:05',
    ...body.materials.map(({ name, when }) =>
      when === undefined ? `□${name}` : `□${name}（只在这种情况：${when}）`,
    ),
  ])
    expect(text).toContain(part);
  expect(text).toMatch(/大约等候(?:约?\d+|\d+到\d+)分钟/);
  const runs = slip.lines.flatMap((line) => line.runs);
  expect(runs.find((run) => run.text === 'C003')).toMatchObject({ high: 6, wide: 6, bold: true });
  expect(
    Math.max(...runs.filter((run) => run.text !== 'C003').map((run) => run.high)),
  ).toBeLessThan(6);
  expect(slip.codes).toEqual([`${STATION} 2026-11-23 C003 法律援助`]);
});

test('the picture on the screen says the same as the paper, and its code is read', async () => {
  const station = await open();
  const { ticket } = issued(await take(station, 'legal-aid', { guide: GUIDE }));
  const printed = textOf(await paper(0));
  const picture = await station.queue.slip({ id: ticket.id });
  const drawn = lettersOf(picture.nodes).replaceAll('\u00a0', '');
  expect(withoutRules(drawn)).toBe(withoutRules(printed));
  expect(codeOf(picture)).toBe(`${STATION} 2026-11-23 C001 法律援助`);
  expect(picture.lines).toContain('办理业务：法律援助');
});

test('a priority that does not hold in the line stands neither on the slip nor on the page', async () => {
  const station = await open();
  const elsewhere = issued(await take(station, 'advice', { group: 'soldier' })).ticket;
  expect(elsewhere.group).toBeUndefined();
  expect(textOf(await paper(0))).not.toContain('优先');
  const there = issued(await take(station, 'legal-aid', { group: 'soldier' })).ticket;
  expect(there.group?.name).toBe('军人、军属和遗属');
  expect(textOf(await paper(1))).toContain('优先办理军人、军属和遗属');
});

describe('with printer: false in the plan', () => {
  const withoutPaper = (folder: string) => {
    const file = join(folder, 'content/queue.yaml');
    const text = readFileSync(file, 'utf8').replaceAll(
      '      priorities: ',
      '      printer: false\n      priorities: ',
    );
    writeFileSync(file, text);
  };

  test('nothing is promised and nothing printed, and the number has a slip on the screen', async () => {
    const station = await open(withoutPaper);
    expect((await station.queue.state({ language: 'zh-CN' })).paper).toBe(false);
    const answer = issued(await take(station, 'advice'));
    expect(answer.printJob).toBeUndefined();
    const picture = await station.queue.slip({ id: answer.ticket.id });
    expect(lettersOf(picture.nodes)).toContain('B001');
    expect(codeOf(picture)).toBe(`${STATION} 2026-11-23 B001 法律咨询`);
    await expect(station.tickets.job({ jobId: answer.ticket.id })).rejects.toThrow('not-found');
    expect(printer.roll.slips).toEqual([]);
    expect(printer.lastByteAt()).toBe(0);
  });
});

function lettersOf(nodes: readonly PictureNode[]): string {
  return nodes.map((node) => (node.text ?? '') + lettersOf(node.children)).join('');
}

/** Rules are hyphens on paper and lines in the picture. */
function withoutRules(text: string): string {
  return text.replaceAll(/-{9,}/g, '');
}

/** Paints the code of a picture, whose cells are `Mx,yl8,0 …`, and reads it as a phone would. */
function codeOf({ nodes }: SlipPicture): string | undefined {
  const path = everyNode(nodes).find(({ attributes }) => attributes.d?.startsWith('M0,0l'))
    ?.attributes.d;
  const cells = [...(path ?? '').matchAll(/M(\d+),(\d+)l(\d+),0/g)].map((found) =>
    found.slice(1).map(Number),
  );
  const cell = cells[0]?.[2] ?? 0;
  const side = Math.max(...cells.flatMap(([x = 0, y = 0]) => [x, y])) + 9 * cell;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [x = 0, y = 0] of cells)
    for (let row = y + 4 * cell; row < y + 5 * cell; row += 1) {
      const from = (row * side + x + 4 * cell) * 4;
      for (let at = from; at < from + cell * 4; at += 4) pixels.fill(0, at, at + 3);
    }
  const code = jsqr(pixels, side, side);
  return code === null ? undefined : new TextDecoder().decode(Uint8Array.from(code.binaryData));
}

function everyNode(nodes: readonly PictureNode[]): PictureNode[] {
  return nodes.flatMap((node) => [node, ...everyNode(node.children)]);
}
