import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chineseNumber } from '#shared/laws/chinese-number.ts';
import { LONGEST_LAW_ID } from '#shared/laws/law-title.ts';
import { parseLaw } from '#shared/laws/parse-law.ts';
import type { LawFlawKind, ParsedLaw } from '#shared/laws/parsed-law.ts';
import { lawIdOf } from '#station/laws/law-rows.ts';
import { sampleLaws } from '../../laws/sample-laws.ts';

const HEAD = '# 邻里法（示例）\n\n2024年3月1日 示例会议通过\n\n<!-- INFO END -->\n\n';

function read(text: string, path = '民法商法/邻里法.md'): ParsedLaw {
  const law = parseLaw(text, path);
  if ('unreadable' in law) throw new Error(law.unreadable);
  return law;
}

const body = (...lines: string[]) => read(HEAD + lines.join('\n\n'));
const labels = (law: ParsedLaw) => law.articles.map(({ label }) => label);
const flaws = (law: ParsedLaw): LawFlawKind[] => law.flaws.map(({ kind }) => kind);

describe('a sound law', () => {
  const law = read(
    sampleLaws().find(({ path }) => path.includes('2024-03-01'))?.text ?? '',
    '民法商法/邻里互助法（示例）(2024-03-01).md',
  );

  test('is read by article with all its paragraphs', () => {
    expect(labels(law)).toEqual([
      ...['第一条', '第二条', '第三条', '第四条', '第五条', '第五条之一'],
      ...['第六条', '第七条', '第八条'],
    ]);
    expect(law.articles[4]?.text.split('\n')).toHaveLength(4);
    expect(law.articles[5]).toMatchObject({ number: 5, inserted: 1 });
    expect(law.flaws).toEqual([]);
  });

  test('has its chapters and sections over the articles that stand below them', () => {
    expect(law.outline).toEqual([
      { level: 1, heading: '第一章 总则', position: 0 },
      { level: 1, heading: '第二章 日常互助', position: 3 },
      { level: 2, heading: '第一节 照应', position: 3 },
      { level: 2, heading: '第二节 安静', position: 6 },
      { level: 1, heading: '第三章 附则', position: 8 },
    ]);
  });

  test('has its events, one that was broken over two lines whole', () => {
    expect(law.history.map(({ date }) => date)).toEqual([
      ...['2019-05-01', '2022-06-01', '2024-03-01', '2024-05-01'],
    ]);
    expect(law.history[1]?.event).toBe(
      '示例区居民代表会议第八次会议《关于修改〈邻里互助法（示例）〉的决定》第一次修正',
    );
  });

  test('knows the day of its version, its first day in force, and what it ends', () => {
    expect(law).toMatchObject({
      versionDate: '2024-03-01',
      inForceFrom: '2024-05-01',
      repeals: ['楼道公约（示例）'],
      genre: 'law',
      category: '民法商法',
    });
  });
});

describe('days', () => {
  const dates = ({ versionDate, inForceFrom }: ParsedLaw) => [versionDate, inForceFrom];

  test('"from the day of publication" is the day of the version', () => {
    expect(dates(body('第一条 甲。', '第二条 本法自公布之日起施行。'))).toEqual([
      '2024-03-01',
      '2024-03-01',
    ]);
  });

  test('a law that was only amended does not take its first day for that of the version', () => {
    expect(dates(body('第一条 甲。', '第二条 本法自2001年5月1日起施行。'))).toEqual([
      '2024-03-01',
      undefined,
    ]);
  });

  test('an event that names its own day of effect is believed', () => {
    const law = read(
      '# 甲办法\n\n2020年12月29日 某会议《关于修改的决定》修正，该修正自2021年1月1日起施行\n\n<!-- INFO END -->\n\n第一条 甲。',
    );
    expect(dates(law)).toEqual(['2020-12-29', '2021-01-01']);
  });

  test('two events in one line, in brackets, and without a space are read', () => {
    const law = read(
      '# 甲法\n\n（1995年2月28日第八届会议通过根据2017年9月1日第十二届会议《决定》修正）\n\n<!-- INFO END -->\n\n第一条 甲。',
    );
    expect(law.history).toEqual([
      { date: '1995-02-28', event: '第八届会议通过' },
      { date: '2017-09-01', event: '第十二届会议《决定》修正' },
    ]);
  });

  test('a law without any takes that of its file’s name', () => {
    const law = read(
      '# 甲解释\n\n<!-- INFO END -->\n\n第一条 甲。',
      '司法解释/甲解释(2016-12-16).md',
    );
    expect(law).toMatchObject({ versionDate: '2016-12-16', genre: 'interpretation' });
    expect(flaws(law)).toEqual(['no-date']);
  });

  test('a day that no calendar has is kept as a note, not as a date', () => {
    const law = read('# 甲法\n\n2024年13月45日 通过\n\n<!-- INFO END -->\n\n第一条 甲。');
    expect(law.history).toEqual([]);
    expect(law.notes).toEqual(['2024年13月45日 通过']);
  });

  test('disordered events are put in order, and said to have been', () => {
    const law = read(
      '# 甲法\n\n2021年4月29日 修正\n\n2015年9月1日 施行\n\n<!-- INFO END -->\n\n第一条 甲。',
    );
    expect(law.history.map(({ date }) => date)).toEqual(['2015-09-01', '2021-04-29']);
    expect(flaws(law)).toContain('dates-disordered');
    expect(law.inForceFrom).toBeUndefined();
  });
});

describe('flaws of real files', () => {
  test('an article number that stands twice is two articles', () => {
    const law = body('第一条 甲。', '第二条 乙。', '第二条 丙。', '第三条 丁。');
    expect(labels(law)).toEqual(['第一条', '第二条', '第二条', '第三条']);
    expect(law.flaws).toEqual([{ kind: 'number-twice', line: 11, what: '第二条' }]);
  });

  test('a number that is missing is named', () => {
    const law = body('第一条 甲。', '第四条 乙。');
    expect(law.flaws).toEqual([{ kind: 'number-missing', line: 9, what: '第二条' }]);
  });

  test.each(['第二 条乙。', '笫二条 乙。', '第 二 条 乙。', '第二条乙。', '**第二条** 乙。'])(
    '"%s" is the second article where a second must come',
    (line) => {
      const law = body('第一条 甲。', line, '第三条 丙。');
      expect(labels(law)).toEqual(['第一条', '第二条', '第三条']);
      expect(law.articles[1]?.text).toBe('乙。');
      expect(flaws(law)).toEqual(['number-misspelt']);
    },
  );

  test('a paragraph that speaks of another article is not one', () => {
    const law = body('第一条 甲。', '第九条规定的除外。', '第二条 乙。');
    expect(labels(law)).toEqual(['第一条', '第二条']);
    expect(law.articles[0]?.text).toBe('甲。\n第九条规定的除外。');
  });

  test('text before the first article is kept without a number', () => {
    const law = body('为了大家好，制定本法。', '第一条 甲。');
    expect(law.articles[0]).toEqual({
      ...{ label: '', number: 0, inserted: 0, text: '为了大家好，制定本法。' },
    });
  });

  test('an annex is not taken for the end of the last article', () => {
    const law = body('第一条 甲。', '附表一', '税目表');
    expect(law.articles.map(({ text }) => text)).toEqual(['甲。', '税目表']);
    expect(law.outline).toEqual([{ level: 1, heading: '附表一', position: 1 }]);
  });

  test('an empty part stays in the outline and is named; an empty heading goes', () => {
    const law = body('## 第一章 甲', '## 第二章 乙', '##', '第一条 丙。');
    expect(law.outline.map(({ heading }) => heading)).toEqual(['第一章 甲', '第二章 乙']);
    expect(flaws(law)).toEqual(['empty-heading', 'empty-part']);
  });

  test('a list of contents within the text is left out', () => {
    const law = body(
      '## 一、甲',
      '## 二、乙',
      '## 一、甲',
      '第一条 丙。',
      '## 二、乙',
      '第二条 丁。',
    );
    expect(law.outline).toEqual([
      { level: 1, heading: '一、甲', position: 0 },
      { level: 1, heading: '二、乙', position: 1 },
    ]);
    expect(flaws(law)).toEqual(['contents-list']);
  });

  test('a law in numbered points instead of articles is read by point', () => {
    const law = body('为了大家好，修改如下：', '一、甲。', '“乙。', '二、丙。');
    expect(labels(law)).toEqual(['', '一、', '二、']);
    expect(law.articles[1]).toMatchObject({ number: 1, text: '甲。\n“乙。' });
  });

  test('articles that an amendment quotes do not count as its own', () => {
    const law = read(
      '# 某法修正案（2018年）\n\n2018年3月11日 某会议通过\n\n<!-- INFO END -->\n\n第五十二条 增加一节：\n\n第一百二十三条 引文。\n\n第五十三条 乙。',
    );
    expect(law.genre).toBe('amendment');
    expect(labels(law)).toEqual(['第五十二条', '第五十三条']);
  });

  test('a case is read by its parts, articles that it quotes among them', () => {
    const law = read(
      '# 某案\n\n<!-- INFO END -->\n\n## 经过\n\n甲。\n\n## 依据\n\n第六条 引文。',
      '案例/邻里/某案.md',
    );
    expect(law.genre).toBe('case');
    expect(labels(law)).toEqual(['', '']);
    expect(law.outline.map(({ heading }) => heading)).toEqual(['经过', '依据']);
    expect(law.flaws).toEqual([]);
  });

  test('a part of a split law has its name as the widest heading', () => {
    const law = read(
      '# 大法（示例）\n\n# 家庭编\n\n2020年5月28日 会议通过\n\n<!-- INFO END -->\n\n## 第一章 甲\n\n第十条 乙。',
    );
    expect(law).toMatchObject({ title: '大法（示例）', part: '家庭编' });
    expect(law.outline.map(({ level, heading }) => [level, heading])).toEqual([
      [1, '家庭编'],
      [2, '第一章 甲'],
    ]);
  });

  test('rows of a table become lines, its rulers and comments go', () => {
    const law = body(
      '第一条 甲。',
      '<!-- TABLE -->',
      '| 税目 | 税额 |',
      '|---|:--:|',
      '| 水 | 1元 |',
    );
    expect(law.articles[0]?.text).toBe('甲。\n税目　税额\n水　1元');
  });

  test('without the mark of the head’s end, a byte order mark and Windows lines, it is read all the same', () => {
    const law = read(
      '\uFEFF# 甲法\r\n\r\n2024年3月1日 通过\r\n\r\n## 第一章 乙\r\n\r\n第一条 丙。\r\n',
    );
    expect(law).toMatchObject({ title: '甲法', versionDate: '2024-03-01' });
    expect(labels(law)).toEqual(['第一条']);
    expect(flaws(law)).toEqual(['no-head-end']);
  });
});

describe('what holds no law', () => {
  test('says why', () => {
    expect(parseLaw('', 'a.md')).toEqual({ unreadable: 'no-title' });
    expect(parseLaw('只有正文', 'a.md')).toEqual({ unreadable: 'no-title' });
    expect(parseLaw('# 甲法\n\n<!-- INFO END -->\n', 'a.md')).toEqual({ unreadable: 'no-text' });
    expect(parseLaw(`# ${'甲'.repeat(3000)}法\n\n第一条 甲。`, 'a.md')).toEqual({
      unreadable: 'long-title',
    });
  });

  test('or is read under a name by which it can be asked for', () => {
    const titled = (letters: number) =>
      parseLaw(`# ${'甲'.repeat(letters)}\n\n2020年1月1日 通过\n\n第一条 甲。`, 'a.md');
    const ids = Array.from({ length: LONGEST_LAW_ID }, (_, letters) => titled(letters + 1)).flatMap(
      (law) => ('unreadable' in law ? [] : [lawIdOf(law).length]),
    );
    expect(Math.max(...ids)).toBe(LONGEST_LAW_ID);
  });

  test('or a number that no article has is kept as text', () => {
    const law = read(
      '# 甲法\n\n2020年1月1日 通过\n\n第〇条 从零开始。\n\n第一条 甲。\n\n第一条之零 乙。',
    );
    expect(law.articles).toEqual([
      { label: '', number: 0, inserted: 0, text: '第〇条 从零开始。' },
      { label: '第一条', number: 1, inserted: 0, text: '甲。\n第一条之零 乙。' },
    ]);
  });
});

describe('any text', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '# ',
      '## 第一章',
      '##',
      '附件',
      '<!-- INFO END -->',
      '<!--',
      '| a |',
      '|',
      '《',
      '本法自公布之日起施行。',
    ),
    fc.nat({ max: 60 }).map((number) => `第${chineseNumber(number)}条 甲。`),
    fc.nat({ max: 9 }).map((number) => `${chineseNumber(number)}、甲。`),
    fc.constantFrom(
      '第条',
      '第〇条之 ',
      '2024年2月30日 通过',
      '0年0月0日',
      '# 甲法',
      '《甲》、《乙》同时废止。',
    ),
  );

  test('is read or refused, never a crash; what is read is in order and nothing of it is empty', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 40 }),
        fc.string({ maxLength: 30 }),
        (lines, path) => {
          const law = parseLaw(lines.join('\n'), path);
          if ('unreadable' in law) return;
          expect(law.articles.length).toBeGreaterThan(0);
          const positions = law.outline.map(({ position }) => position);
          expect(positions).toEqual(positions.toSorted((a, b) => a - b));
          expect(law.history).toEqual(law.history.toSorted((a, b) => (a.date < b.date ? -1 : 1)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('articles in order come back with their numbers and words, whatever the words are', () => {
    const words = fc
      .string({
        unit: fc.constantFrom(...Array.from('甲乙丙第条一二三、，。（）《》 ')),
        minLength: 1,
        maxLength: 20,
      })
      .map((text) => `文${text.trim()}`);
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 30 }), (texts) => {
        const law = body(...texts.map((text, at) => `第${chineseNumber(at + 1)}条 ${text}`));
        expect(law.articles.map(({ text }) => text)).toEqual(texts);
        expect(law.articles.map(({ number }) => number)).toEqual(texts.map((_, at) => at + 1));
        expect(law.flaws).toEqual([]);
      }),
    );
  });
});
