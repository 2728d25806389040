import { expect, test } from 'vitest';
import { indexEverything } from '#station/search/indexing.ts';
import { openSearch } from '#station/search/search.ts';
import { shippedPack, stationOn } from '../real-content.ts';

/** A word of everyday that has a meaning of its own must not be taken for the matter that it sometimes stands in. */
const NOT_MEANT: readonly (readonly [said: string, notMeant: string])[] = [
  ['化妆品用了皮肤过敏', 'faq.consumer-child-recharge'],
  ['停工', 'faq.housing-late-delivery'],
  ['停工期间工资怎么发', 'faq.housing-late-delivery'],
  ['银行存钱变成保险', 'faq.crime-visit'],
  ['退税', 'faq.crime-scammed'],
  ['彩票中奖', 'faq.crime-scammed'],
  ['物业不接电话', 'faq.debt-not-repaid'],
  ['五保户', 'service.notary-guardianship'],
  ['遗产税', 'service.notary-gift'],
];

test('everyday words that mean something else are not taken for a legal matter', () => {
  const pack = shippedPack('wuhua');
  const { db, library } = stationOn(pack, '2026-11-23 10:24');
  try {
    indexEverything(db, pack);
    const search = openSearch(db, library);
    const known = new Set(pack.records.map(({ record }) => record.id));
    expect(NOT_MEANT.filter(([, id]) => !known.has(id))).toEqual([]);
    expect(NOT_MEANT.filter(([said, id]) => search.row(said, 3)[0]?.id === id)).toEqual([]);
  } finally {
    db.write.close();
  }
});
