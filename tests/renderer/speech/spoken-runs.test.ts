import { describe, expect, it } from 'vitest';
import { spokenRuns } from '../../../src/renderer/speech/spoken-runs.ts';

describe('what is said of a text', () => {
  it('is said in Chinese on a Chinese page, with its foreign words', () => {
    expect(spokenRuns('打开 WPS，再点保存。', 'zh-CN')).toEqual([
      { words: '打开 WPS，再点保存。', language: 'zh-CN' },
    ]);
  });

  it('is said in two voices on a page in another language that names things in Chinese', () => {
    expect(spokenRuns('Published by 昆明市五华区司法局, 1 Nov 2026', 'en')).toEqual([
      { words: 'Published by', language: 'en' },
      { words: '昆明市五华区司法局', language: 'zh-CN' },
      { words: ', 1 Nov 2026', language: 'en' },
    ]);
  });

  it('keeps the numbers and marks of a Chinese text with it', () => {
    const text = '3号窗口（一楼），8:30开门。';
    expect(spokenRuns(text, 'en')).toEqual([{ words: text, language: 'zh-CN' }]);
  });
});
