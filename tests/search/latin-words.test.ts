import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexEverything } from '#station/search/indexing.ts';
import { openSearch, type Search } from '#station/search/search.ts';
import { shippedPack, stationOn } from '../real-content.ts';

let search: Search;
let close: () => void;

beforeAll(() => {
  const pack = shippedPack('wuhua');
  const { db, library } = stationOn(pack, '2026-11-23 09:30');
  indexEverything(db, pack);
  search = openSearch(db, library);
  close = () => db.write.close();
});

afterAll(() => close());

/** As what characters the letters were read; undefined when they were left as they stand. */
function readAs(text: string): string | undefined {
  const sound = search
    .query({ text, limit: 1 })
    .understood.find((understood) => understood.type === 'sound');
  return sound?.type === 'sound' ? sound.read : undefined;
}

describe('what people say in Latin letters stands as it was typed', () => {
  test.each([
    ['qq被骗', 'faq.crime-scammed'],
    ['zfb被骗', 'faq.crime-scammed'],
    ['zfb转账', 'faq.debt-no-iou'],
    ['app借款', 'service.mediation-debt'],
    ['app上借钱', 'faq.debt-interest'],
    ['app贷款', 'faq.debt-interest'],
    ['app退款', 'faq.consumer-child-recharge'],
    ['c1驾照', 'faq.traffic-drunk'],
    ['b2驾照吊销', 'faq.traffic-drunk'],
    ['lpr利率', 'faq.debt-interest'],
    ['gps定位老公', 'faq.family-affair-damages'],
    ['sb骂我', 'faq.child-bullying'],
    ['x光', 'service.appraisal-injury'],
    ['x光片', 'service.appraisal-injury'],
    ['k歌扰民', 'faq.daily-noise'],
    ['t恤退货', 'triage.consumer'],
    ['hr让我签字离职', 'faq.work-forced-resign'],
    ['ktv打工不发工资', 'service.legal-aid-wages'],
    ['DNA鉴定', 'service.appraisal-paternity'],
    ['n+1赔偿', 'faq.work-dismissed'],
  ])('%s is answered by what stands beside it', (text, first) => {
    expect(search.row(text, 1)[0]?.id).toBe(first);
    expect(readAs(text)).toBeUndefined();
  });

  test.each([
    ['qq号被盗'],
    ['qq'],
    ['gps'],
    ['kpi'],
    ['ems'],
    ['ppt'],
    ['mba'],
    ['ab型'],
    ['b超'],
    ['t恤'],
    ['e租宝'],
    ['pdf'],
    ['wifi'],
    ['ai换脸'],
  ])('%s has no answer, and none is made up', (text) => {
    expect(search.row(text, 3)).toEqual([]);
    expect(readAs(text)).toBeUndefined();
  });

  test.each([['ct检查'], ['ct费用'], ['app扣费'], ['etc扣费'], ['sim卡被盗'], ['hr'], ['id']])(
    '%s is read as nothing else',
    (text) => {
      expect(readAs(text)).toBeUndefined();
    },
  );

  test('and is not taken for the beginning of words that have the same letters', () => {
    const ids = search.row('ct检查', 5).map(({ id }) => id);
    expect(ids).not.toContain('faq.work-dismissed');
    expect(search.row('app扣费', 5).map(({ id }) => id)).not.toContain('service.legal-aid-elderly');
  });
});

describe('a name in letters that has a Chinese one is looked for by that', () => {
  test.each([
    ['wx转账', 'faq.debt-no-iou'],
    ['vx转账', 'faq.debt-no-iou'],
    ['wx截图算证据吗', 'faq.work-evidence'],
    ['pdd退款', 'faq.consumer-online-return'],
    ['dy主播打赏', 'faq.consumer-child-recharge'],
  ])('%s', (text, first) => {
    expect(search.row(text, 1)[0]?.id).toBe(first);
  });
});

describe('letters that are sounds are still read', () => {
  test.each([
    ['hukou', '户口'],
    ['lbbfgz', '老板不发工资'],
    ['ld合同', '劳动合同'],
    ['抚养f', '抚养费'],
    ['被pian钱了', '被骗钱了'],
    ['老公cg想离婚', '老公出轨想离婚'],
  ])('%s is %s', (text, meant) => {
    expect(readAs(text)).toBe(meant);
  });

  test('and what they say counts before what the characters beside them say alone', () => {
    expect(search.row('老公cg想离婚', 1)[0]?.id).toBe('faq.family-affair-damages');
    expect(search.row('caili能退吗', 1)[0]?.id).toMatch(/bride-price/u);
  });
});
