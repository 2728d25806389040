import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordedParts, spokenCall } from '#shared/queue/spoken-call.ts';

test('number and window are said digit by digit, the window counted', () => {
  expect(spokenCall('A012', '3号窗口')).toBe('请 A 零 一 二 号，到 三号窗口。');
  expect(spokenCall('B120', '12号窗口')).toBe('请 B 一 二 零 号，到 十二号窗口。');
  expect(spokenCall('C007', '20号法律援助窗口')).toBe('请 C 零 零 七 号，到 二十号法律援助窗口。');
  expect(spokenCall('C007', '综合窗口')).toBe('请 C 零 零 七 号，到 综合窗口。');
});

test('whatever a label holds, only Han characters and letters are said, and not many', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (number, label) => {
      const words = spokenCall(number.slice(0, 8), label);
      expect(words).toMatch(/^请 [\p{Script=Han}A-Z ]* 号，到 [\p{Script=Han}A-Z ]*。$/u);
      expect(Array.from(words).length).toBeLessThan(120);
    }),
  );
});

test('recordings are named by the number and the id of the window', () => {
  expect(recordedParts('A012', 'w3')).toEqual(['please', 'A', '0', '1', '2', 'go-to', 'window-w3']);
});
