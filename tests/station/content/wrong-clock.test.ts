import { describe, expect, test } from 'vitest';
import { dutyBoard } from '#station/board/duty-board.ts';
import { listGuides } from '#station/guides/guides.ts';
import { shippedPack, stationOn } from '../../real-content.ts';

const pack = shippedPack('wuhua');

describe('a clock whose battery is dead', () => {
  test.each(['1970-01-01 00:10', '2019-05-06 10:00'])(
    'at %s makes no content vanish, and names nobody and no hours',
    (time) => {
      const { library, stations } = stationOn(pack, time);
      const right = stationOn(pack, '2026-11-23 10:00');
      expect(listGuides(library, 'zh-CN')).toEqual(listGuides(right.library, 'zh-CN'));
      expect(stations.list()).toEqual(
        right.stations.list().map((outlet) => ({ ...outlet, open: { state: 'unknown' } })),
      );
      expect(stations.current('zh-CN').open).toEqual({ state: 'unknown' });
      expect(dutyBoard(library, stations, 'zh-CN')).toMatchObject({ staff: [] });
      expect(dutyBoard(library, stations, 'zh-CN').leader).toBeUndefined();
    },
  );

  test('that is a few days behind a publication is believed', () => {
    const { library, stations } = stationOn(pack, '2026-10-29 10:00');
    expect(library.isClockRight()).toBe(true);
    expect(stations.current('zh-CN').open.state).toBe('open');
  });
});
