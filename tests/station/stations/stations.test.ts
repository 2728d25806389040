import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import { stationViewSchema } from '#shared/contract/views.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { shippedPack, stationOn } from '../../real-content.ts';

const HUASHAN = '530102001';

let pack: ProfilePack;
beforeAll(() => {
  pack = shippedPack('wuhua');
});
let station: ReturnType<typeof stationOn>;
beforeEach(() => {
  station = stationOn(pack, '2026-11-23 10:00');
});
afterEach(() => station.db.write.close());

describe('the station', () => {
  test('is called by its rule and keeps its contract', () => {
    const view = station.stations.current('zh-CN');
    expect(view.name).toBe('五华区华山街道公共法律服务工作站');
    expect(view.district).toBe('五华区');
    expect(view.open).toEqual({ state: 'open', until: '12:00' });
    expect(stationViewSchema.parse(view)).toEqual(view);
  });

  test('names the real weekday on a make-up day', () => {
    const [today] = stationOn(withRecordsFromSummer(pack), '2026-10-10 10:00').stations.current(
      'zh-CN',
    ).week;
    expect(today).toMatchObject({ date: '2026-10-10', weekday: 6, makeUp: true });
    expect(today?.periods.length).toBeGreaterThan(0);
  });

  test('knows the holidays of next week only while there is a calendar', () => {
    const known = ['2026-12-24 10:00', '2026-12-25 10:00', '2027-01-04 10:00'].map((time) => {
      station.at(time);
      return station.stations.current('zh-CN').holidaysKnown;
    });
    expect(known).toEqual([true, false, false]);
  });

  test('says that it does not know when no hours are written', () => {
    const { open, week } = station.stations.get('530102001009', 'zh-CN');
    expect(open).toEqual({ state: 'unknown' });
    expect(week).toEqual([]);
  });

  test('that nobody has is not found', () => {
    expect(() => station.stations.get('999999', 'zh-CN')).toThrow(new StationError('not-found'));
  });

  test('that has closed for good is no longer listed', () => {
    const records = pack.records.map((entry) =>
      entry.record.id === 'station.530102001009'
        ? { ...entry, record: { ...entry.record, validUntil: '2026-11-22' } }
        : entry,
    );
    const codes = (time: string) =>
      stationOn({ ...pack, records }, time)
        .stations.list()
        .map((outlet) => outlet.code);
    expect(codes('2026-11-22 10:00')).toContain('530102001009');
    expect(codes('2026-11-23 10:00')).not.toContain('530102001009');
    expect(codes('2026-11-23 10:00')).toContain(HUASHAN);
  });
});

test('a day without written hours is a day of offices', () => {
  const workroom = stationOn(
    withRecordsFromSummer(pack),
    '2026-09-20 10:00',
    '530102001009',
  ).stations;
  expect(workroom.dutyDay('2026-09-20')).toEqual({ date: '2026-09-20', weekday: 1, isOpen: true });
  expect(workroom.dutyDay('2026-10-01')).toEqual({ date: '2026-10-01', weekday: 4, isOpen: false });
  expect(workroom.dutyDay('2026-11-22')).toEqual({ date: '2026-11-22', weekday: 7, isOpen: false });
});

test('a police post is on duty by the real weekday, holidays or not', () => {
  const post = stationOn(
    withRecordsFromSummer(shippedPack('bozhou')),
    '2026-10-10 10:00',
    '652701001-J01',
  ).stations;
  expect(post.current('zh-CN').open).toEqual({ state: 'open', until: '24:00' });
  expect(post.dutyDay('2026-10-10')).toEqual({ date: '2026-10-10', weekday: 6, isOpen: true });
  expect(post.dutyDay('2026-10-01')).toEqual({ date: '2026-10-01', weekday: 4, isOpen: true });
});

/** The shipped content as if it had been in force since the summer, for the holidays of 2026. */
function withRecordsFromSummer(from: ProfilePack): ProfilePack {
  const records = from.records.map((entry) => ({
    ...entry,
    record: { ...entry.record, effectiveFrom: '2026-06-01' },
  }));
  return { ...from, records };
}
