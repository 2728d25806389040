import { afterEach, beforeAll, expect, test } from 'vitest';
import { homeViewSchema } from '#shared/contract/views.ts';
import { homeView } from '#station/home/home.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { PROFILES, shippedPack, stationOn } from '../../real-content.ts';

let wuhua: ProfilePack;
beforeAll(() => {
  wuhua = shippedPack('wuhua');
});

const opened: { close: () => void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

function home(pack: ProfilePack, time: string) {
  const { db, library, stations } = stationOn(pack, time);
  opened.push({ close: () => db.write.close() });
  return homeView(library, stations, 'zh-CN');
}

test.each(PROFILES)('home of %s keeps its contract and leaves no service without a guide', (id) => {
  const view = home(shippedPack(id), '2026-11-23 11:00');
  expect(homeViewSchema.parse(view)).toEqual(view);
  expect(view.categories.filter((one) => one.guides === 0)).toEqual([]);
  expect(view.categories.reduce((sum, one) => sum + one.guides, 0)).toBe(view.counts.guides);
  expect(view.hotline?.body.number).toBe('12348');
  expect(view.supervision?.body.group).toBe('supervision');
  expect(view.commonQuestions.length).toBeGreaterThan(3);
  expect(view.board.total).toBe(8);
});

test('important notices come first, and there are never more than three', () => {
  const notices = home(wuhua, '2026-11-23 11:00').notices.map((one) => one.body.important);
  expect(notices.length).toBeLessThanOrEqual(3);
  expect(notices).toEqual(notices.toSorted((a, b) => Number(b) - Number(a)));
});

test('home of a station whose notices are all over has none, and says nothing of old people on duty', () => {
  const view = home(wuhua, '2028-01-04 11:00');
  expect(view.notices).toEqual([]);
  expect(view.duty).toEqual({ date: '2028-01-04', staff: [] });
});
