import { describe, expect, test } from 'vitest';
import type { OutletLevel } from '#shared/content/kinds/station.ts';
import { wayUp } from '#shared/stations/way-up.ts';

const outlet = (code: string, level: OutletLevel) => ({ code, level });
const OUTLETS = [
  outlet('620104-N01', 'notary-office'),
  outlet('620104-A01', 'centre'),
  outlet('620104-A02', 'centre'),
  outlet('620105-A01', 'centre'),
  outlet('6201-A01', 'city-centre'),
  outlet('620104001', 'station'),
  outlet('620104001-J01', 'police-post'),
  outlet('620104001001', 'point'),
];
const codesFrom = (code: string) => {
  const own = OUTLETS.find((one) => one.code === code) ?? expect.unreachable();
  return wayUp(OUTLETS, own).map((one) => one.code);
};

describe('the way up', () => {
  test('goes from a community to its street, its district and its city', () => {
    expect(codesFrom('620104001001')).toEqual([
      '620104001001',
      '620104001',
      '620104-A01',
      '620104-A02',
      '6201-A01',
    ]);
  });

  test('begins at the outlet itself where another one stands in the same division', () => {
    expect(codesFrom('620104001-J01').slice(0, 2)).toEqual(['620104001-J01', '620104001']);
    expect(codesFrom('620104-N01').slice(0, 2)).toEqual(['620104-N01', '620104-A01']);
  });

  test('leads from a centre to its city, not to another centre of the district', () => {
    expect(codesFrom('620104-A01')).toEqual(['620104-A01', '6201-A01']);
  });
});
