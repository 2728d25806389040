import { describe, expect, test } from 'vitest';
import { displaySchema } from '#shared/access/display.ts';
import { LOW_REACH_TOP_MM } from '#shared/access/reach.ts';
import { profileSchema } from '#shared/profile/profile.ts';
import { PROFILES, shippedPack } from '../../real-content.ts';

const MINIMAL = {
  id: 'town',
  title: '某区',
  province: '云南省',
  district: '530102',
  justiceBureau: '某区司法局',
  responsibleBody: '某区司法局',
  model: '3+X',
  services: ['legal-aid', 'mediation', 'advice', 'notary'],
  naming: {},
  defaultStation: '530102001',
  languages: ['zh-CN'],
  display: { mmPerPx: 0.369, screenBottomMm: 720 },
};

describe('a profile', () => {
  test('with the least that it must say has the standards’ defaults', () => {
    const profile = profileSchema.parse(MINIMAL);
    expect(profile.idle).toEqual({
      browseSeconds: 120,
      attractSeconds: 300,
      formSeconds: 180,
      warningSeconds: 30,
      numberSeconds: 30,
    });
    expect(profile.printer.document).toBe('none');
    expect(profile.display.viewingDistanceMm).toBe(500);
  });

  test('cannot warn for less than 20 seconds', () => {
    expect(profileSchema.safeParse({ ...MINIMAL, idle: { warningSeconds: 19 } }).success).toBe(
      false,
    );
  });

  test.each(['cups:', 'cups:a b', 'cups:a;rm', 'lpd:a'])(
    'refuses "%s" as a printer',
    (document) => {
      expect(profileSchema.safeParse({ ...MINIMAL, printer: { document } }).success).toBe(false);
    },
  );

  test('refuses a setting that nobody knows', () => {
    expect(profileSchema.safeParse({ ...MINIMAL, theme: 'dark' }).success).toBe(false);
  });
});

test.each(PROFILES)('every screen of %s reaches down to where a seated person reaches', (id) => {
  const { profile } = shippedPack(id);
  for (const display of [profile.display, ...Object.values(profile.displays)]) {
    expect(displaySchema.parse(display)).toEqual(display);
    expect(display.screenBottomMm).toBeLessThan(LOW_REACH_TOP_MM);
  }
});
