import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lawPaper, lawTakeaway } from '#shared/papers/law-paper.ts';
import { TAKEAWAY_MAX_BYTES, utf8Length } from '#shared/papers/takeaway-text.ts';

const PLACE = { station: '华山街道公共法律服务工作站', date: '2026-11-23' };
const ARTICLE = {
  lawTitle: '邻里互助法（示例）',
  above: ['第二章 日常互助', '第一节 照应'],
  label: '第四条',
  text: '邻居临时外出的，可以请人代为照看门窗。\n受托人应当小心。',
  version: '2024-03-01 文本，现行有效（按本机收录）',
  caution: '',
};

describe('an article to take along', () => {
  test('names the law, the article, the version, the place and 12348', () => {
    const text = lawTakeaway(ARTICLE, PLACE);
    expect(text).toBe(
      '《邻里互助法（示例）》第四条\n邻居临时外出的，可以请人代为照看门窗。\n受托人应当小心。\n2024-03-01 文本，现行有效（按本机收录）\n华山街道公共法律服务工作站 2026-11-23\n咨询电话 12348',
    );
  });

  test('fits a QR code however long law and article are, and a cut article says so', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.string({ unit: 'grapheme', maxLength: 3000 }),
        (lawTitle, text) => {
          const taken = lawTakeaway({ ...ARTICLE, lawTitle, text }, PLACE);
          expect(utf8Length(taken)).toBeLessThanOrEqual(TAKEAWAY_MAX_BYTES);
          expect(taken).toContain('12348');
        },
      ),
    );
    const long = lawTakeaway({ ...ARTICLE, text: '照看门窗，代收物品。'.repeat(100) }, PLACE);
    expect(long).toContain('代收物品。……（后面还有，请看全文）');
  });

  test('is printed whole, with where it stands and where to check it', () => {
    const paper = lawPaper({ ...ARTICLE, text: '照看门窗。\n'.repeat(200).trim() }, PLACE);
    expect(paper.title).toBe('邻里互助法（示例）');
    expect(paper.blocks.filter(({ type }) => type === 'paragraph')).toHaveLength(200);
    expect(JSON.stringify(paper)).toContain('flk.npc.gov.cn');
    expect(JSON.stringify(paper)).toContain('第二章 日常互助 › 第一节 照应');
  });

  test('says above the text, on paper and on the phone, why not to rely on it', () => {
    const old = {
      ...ARTICLE,
      caution: '已经废止，现在不能再照它办。',
      text: '照看门窗。'.repeat(200),
    };
    expect(lawTakeaway(old, PLACE).split('\n')[1]).toBe('注意：已经废止，现在不能再照它办。');
    expect(utf8Length(lawTakeaway(old, PLACE))).toBeLessThanOrEqual(TAKEAWAY_MAX_BYTES);
    expect(lawPaper(old, PLACE).blocks[0]).toEqual({
      type: 'note',
      text: '注意：已经废止，现在不能再照它办。',
    });
  });
});
