import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTENT_KINDS, isKindName } from '#shared/content/kinds/index.ts';
import { StationError } from '#shared/contract/errors.ts';
import { provenanceSchema } from '#shared/contract/views.ts';
import { isLoaded, loadPack } from '#station/content/load-pack.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { shippedPack, stationOn } from '../../real-content.ts';

let pack: ProfilePack;
let station: ReturnType<typeof stationOn>;
beforeAll(() => {
  pack = shippedPack('changzhou');
  station = stationOn(pack, '2026-11-23 10:00');
});
afterAll(() => station.db.write.close());

describe('the library of a station', () => {
  test('shows every record with where it comes from', () => {
    for (const kind of Object.keys(CONTENT_KINDS).filter(isKindName))
      for (const { provenance } of station.library.shown(kind, 'zh-CN')) {
        expect(provenanceSchema.parse(provenance)).toEqual(provenance);
        expect(provenance.language).toBe('own');
      }
  });

  test('orders records by what their author wrote, then by id', () => {
    const orders = station.library.shown('hotline', 'zh-CN').map(({ body, provenance }) => ({
      order: body.order,
      id: provenance.id,
    }));
    expect(orders).toEqual(orders.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)));
    expect(orders.length).toBeGreaterThan(10);
  });

  test('finds no record under another kind', () => {
    expect(station.library.record('faq', 'hotline.12348')).toBeUndefined();
    expect(() => station.library.shownOne('faq', 'hotline.12348', 'zh-CN')).toThrow(
      new StationError('not-found'),
    );
  });

  test('has another day as soon as the clock has', () => {
    station.at('2099-12-31 23:59');
    expect(station.library.contentDay()).toBe('2099-12-31');
    expect(station.library.records('roster')).toEqual([]);
    station.at('2026-11-23 00:00');
    expect(station.library.records('roster').length).toBeGreaterThan(0);
  });
});

test('a pack counts as loaded only under its own profile and digest', () => {
  loadPack(station.db, pack, 'digest', 0);
  expect(isLoaded(station.db, 'changzhou', 'digest')).toBe(true);
  expect(isLoaded(station.db, 'changzhou', 'other')).toBe(false);
  expect(isLoaded(station.db, 'wuhua', 'digest')).toBe(false);
});
