import { afterEach, expect, test, vi } from 'vitest';
import { countPages, type PageCount } from '#station/transport/page-count.ts';

let pages: PageCount;
afterEach(() => {
  pages.stop();
  vi.useRealTimers();
});

test('pages are counted from their first word until they are gone', () => {
  const counts: number[] = [];
  pages = countPages((count) => counts.push(count));
  const [one, two] = [{}, {}];
  pages.heard(one);
  pages.heard(two);
  pages.heard(one);
  pages.gone(one);
  pages.gone(two);
  expect(counts).toEqual([1, 2, 1, 0]);
});

test('a page that is connected but says nothing counts as lost until it speaks again', () => {
  vi.useFakeTimers();
  let now = 0;
  const counts: number[] = [];
  pages = countPages(
    (count) => counts.push(count),
    1000,
    () => now,
  );
  const page = {};
  pages.heard(page);
  now = 1000;
  vi.advanceTimersByTime(1000);
  expect(counts).toEqual([1, 0]);
  pages.heard(page);
  expect(counts).toEqual([1, 0, 1]);
});
