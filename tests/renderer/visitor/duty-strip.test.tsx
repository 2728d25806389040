import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { homeView } from '#station/home/home.ts';
import { hello } from '../../../src/renderer/gallery/fixtures.ts';
import { HomePage } from '../../../src/renderer/visitor/pages/home.tsx';
import { PROFILES, type ProfileId, shippedPack, stationOn } from '../../real-content.ts';
import { draw } from '../draw.tsx';

const opened: ReturnType<typeof stationOn>[] = [];
afterEach(() => {
  for (const { db } of opened.splice(0)) db.write.close();
});

/** Home of a shipped deployment at a time; gives the strip that says who is on duty, and what the roster says. */
async function dutyAt(profile: ProfileId, time: string) {
  const station = stationOn(shippedPack(profile), time);
  opened.push(station);
  const { library, stations } = station;
  const view = homeView(library, stations, 'zh-CN');
  await draw(<HomePage hello={hello((chinese) => chinese)} />, {
    answers: { 'home.view': async ({ language }) => homeView(library, stations, language) },
  });
  return { view, strip: await screen.findByRole('region', { name: '今天值班' }) };
}

describe('home', () => {
  it.each(PROFILES)('names who leads and who is on duty today, with their post: %s', async (id) => {
    const { view, strip } = await dutyAt(id, '2026-11-23 10:24');
    const { leader, staff } = view.duty;
    const named = [leader ?? expect.unreachable('nobody leads'), ...staff.slice(0, 2)];
    expect(named.length).toBeGreaterThan(1);
    for (const { name } of named)
      expect(within(strip).getAllByText(name).length).toBeGreaterThan(0);
    expect(strip.textContent).toContain('带班领导');
  });

  it('names somebody else on a day with another turn', async () => {
    const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];
    const shown: string[] = [];
    for (const day of days) {
      const { strip } = await dutyAt('wuhua', `${day} 10:24`);
      shown.push(strip.textContent);
      strip.remove();
    }
    expect(new Set(shown).size).toBeGreaterThan(1);
  });

  it('shows nobody of yesterday on a day off, but where to ask, and when the adviser sits next', async () => {
    const { view, strip } = await dutyAt('wuhua', '2026-11-22 10:24');
    expect(view.duty.leader).toBeUndefined();
    expect(strip.textContent).toContain('今天谁值班，请向窗口询问');
    const next = view.duty.nextAdviser ?? expect.unreachable('no adviser ever comes');
    expect(strip.textContent).toContain(`下次坐班 ${next.name}`);
    expect(strip.textContent).toContain(`${next.from}–${next.to}`);
  });
});
