import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestWords } from '#shared/pinyin/suggest.ts';
import { shippedLexicon } from './lexicon-file.ts';

const lexicon = shippedLexicon();
const offered = (letters: string) => suggestWords(lexicon, letters).map(({ text }) => text);

describe('pinyin', () => {
  it.each([
    ['laobanbugeigongzi', '老板不给工资'],
    ['laodongzhongcai', '劳动仲裁'],
    ['ldht', '劳动合同'],
    ['ldhetong', '劳动合同'],
    ['lihun', '离婚'],
    ["xi'an", '西安'],
    ['nver', '女儿'],
    ['lvshi', '律师'],
  ])('%s gives %s first', (letters, words) => {
    expect(offered(letters)[0]).toBe(words);
  });

  it('is understood where sounds are not told apart', () => {
    expect(offered('laodongzongcai')).toContain('劳动仲裁');
  });

  it('gives words for what is typed so far', () => {
    expect(offered('gongzhengc')).toContain('公证处');
  });

  it('offers the words of the beginning, too, longer ones before shorter ones', () => {
    const suggestions = suggestWords(lexicon, 'fangdongyajin');
    const landlord = suggestions.findIndex(({ text }) => text === '房东');
    const room = suggestions.findIndex(({ text }) => text === '房');
    expect(suggestions[landlord]?.letters).toBe('fangdong'.length);
    expect(landlord).toBeLessThan(room);
  });

  it('reaches the rarest surnames', () => {
    expect(offered('yan')).toContain('䶮');
    expect(offered('nie')).toContain('乜');
  });

  it('offers no names of people for initials', () => {
    for (const letters of ['ldh', 'mzd', 'xjp', 'ldeng'])
      expect(offered(letters).length).toBeGreaterThan(0);
    expect(offered('ldh')).not.toContain('刘德华');
  });

  it('gives nothing for what is no sound', () => {
    for (const letters of ['', "'", '你好', '123', 'a b']) expect(offered(letters)).toEqual([]);
  });

  it('never fails and never stands for more letters than there are', () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz'".split('')),
      maxLength: 40,
    });
    fc.assert(
      fc.property(letters, (entry) => {
        for (const { text, letters: spent } of suggestWords(lexicon, entry)) {
          expect(text).not.toBe('');
          expect(spent).toBeGreaterThan(0);
          expect(spent).toBeLessThanOrEqual(entry.length);
        }
      }),
      { seed: 20261122, numRuns: 60 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (entry) => {
        suggestWords(lexicon, entry);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});
