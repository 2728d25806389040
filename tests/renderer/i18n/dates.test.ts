import { describe, expect, it } from 'vitest';
import { fullDate, monthDay, timeRange, weekday } from '../../../src/renderer/i18n/dates.ts';
import { directionOf, startI18n } from '../../../src/renderer/i18n/i18n.ts';
import { pseudoRightToLeft } from '../../../src/renderer/i18n/pseudo.ts';

const zh = startI18n().getFixedT('zh-CN');
const en = startI18n().getFixedT('en');

describe('dates', () => {
  it('are written as Chinese are used to, without leading zeros', () => {
    expect(fullDate(zh, '2026-03-05')).toBe('2026年3月5日');
    expect(monthDay(zh, '2026-11-23')).toBe('11月23日');
    expect(weekday(zh, '2026-11-23')).toBe('星期一');
    expect(weekday(zh, '2026-11-29')).toBe('星期日');
  });

  it('have day, month and year in English', () => {
    expect(fullDate(en, '2026-03-05')).toMatch(/2026/);
    expect(monthDay(en, '2026-11-23')).toMatch(/23/);
    expect(weekday(en, '2026-11-24')).toBe('Tuesday');
  });

  it('keep a range of times from left to right inside other text', () => {
    expect(timeRange('09:00', '17:30')).toBe('\u206609:00–17:30\u2069');
  });
});

describe('languages', () => {
  it('are written from right to left where they are', () => {
    expect(['zh-CN', 'en', 'mn-Mong-CN'].map((code) => directionOf(code as 'en'))).toEqual([
      'ltr',
      'ltr',
      'ltr',
    ]);
    expect(directionOf('x-rtl')).toBe('rtl');
    expect(directionOf('ug-CN')).toBe('rtl');
  });

  it('keep placeholders and digits in the made-up right-to-left language', () => {
    const { text } = pseudoRightToLeft({ text: 'Open until {{time}}, 24 h' });
    expect(text).toContain('{{time}}');
    expect(text).toContain('24');
    expect(text.replace('{{time}}', '')).not.toMatch(/[a-z]/i);
    expect(text).toHaveLength('Open until {{time}}, 24 h'.length);
  });

  it('fall back to Chinese where a text is missing', () => {
    const { t } = startI18n().cloneInstance({ lng: 'bo-CN' });
    expect(t('bar.home')).toBe('首页');
  });
});
