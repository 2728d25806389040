import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BOARD_ITEMS,
  type BoardFacts,
  type BoardItemId,
  boardItems,
  formatBoard,
} from '#shared/board/disclosure.ts';

const record = (publishedAt: string) => ({ publishedAt, responsibleBody: `发布于 ${publishedAt}` });

function factsWith(change: Partial<Record<BoardItemId, BoardFacts>>) {
  const whole: BoardFacts = { records: [record('2026-11-01T09:00:00+08:00')], missing: [] };
  const all = Object.fromEntries(BOARD_ITEMS.map((id) => [id, whole])) as Record<
    BoardItemId,
    BoardFacts
  >;
  return boardItems({ ...all, ...change });
}

test('a board with everything is whole', () => expect(formatBoard(factsWith({}))).toBe('8/8'));

test('an item without records lacks all, but there need not be other things', () => {
  expect(formatBoard(factsWith({ pledges: { records: [], missing: [] } }))).toBe('7/8，缺服务承诺');
  expect(formatBoard(factsWith({ other: { records: [], missing: [] } }))).toBe('8/8');
});

test('the same lack is said once', () => {
  const lack = {
    records: [record('2026-11-01T09:00:00+08:00')],
    missing: ['8/9，缺收费依据', '8/9，缺收费依据'],
  };
  expect(formatBoard(factsWith({ particulars: lack }))).toBe('7/8，缺服务指南（8/9，缺收费依据）');
});

test('an item is dated by its newest record, by the instant and not by the letters', () => {
  // 08:30 in Xinjiang's written +06:00 is later than 09:00 in +08:00.
  const records = [record('2026-11-01T09:00:00+08:00'), record('2026-11-01T08:30:00+06:00')];
  const [item] = factsWith({ duty: { records, missing: [] } });
  expect(item).toMatchObject({
    count: 2,
    newest: {
      publishedAt: '2026-11-01T08:30:00+06:00',
      responsibleBody: '发布于 2026-11-01T08:30:00+06:00',
    },
  });
});

test('the count of complete items is that of items without a lack', () => {
  const facts = fc.record({
    records: fc.array(fc.constant(record('2026-11-01T09:00:00+08:00')), { maxLength: 2 }),
    missing: fc.array(fc.constantFrom('甲', '乙'), { maxLength: 2 }),
  });
  const all = fc.record(
    Object.fromEntries(BOARD_ITEMS.map((id) => [id, facts])) as Record<BoardItemId, typeof facts>,
  );
  fc.assert(
    fc.property(all, (one) => {
      const items = boardItems(one);
      expect(items.map((item) => item.id)).toEqual([...BOARD_ITEMS]);
      const whole = BOARD_ITEMS.filter(
        (id) => one[id].missing.length === 0 && (id === 'other' || one[id].records.length > 0),
      );
      expect(formatBoard(items).startsWith(`${whole.length}/8`)).toBe(true);
    }),
  );
});
