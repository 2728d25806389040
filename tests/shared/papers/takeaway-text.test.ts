import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServiceBody } from '#shared/content/kinds/service.ts';
import { TAKEAWAY_MAX_BYTES, takeawayText, utf8Length } from '#shared/papers/takeaway-text.ts';
import { readBarePack } from '#station/packs/profile-pack.ts';

const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength });

const guides = fc.record({
  title: text(30),
  basis: fc.array(fc.record({ law: text(40) }), { maxLength: 10 }),
  materials: fc.array(
    fc.record({
      id: fc.constant('m'),
      name: text(40),
      original: fc.constantFrom('show' as const, 'keep' as const, 'none' as const),
      copies: fc.integer({ min: 0, max: 9 }),
      when: fc.option(text(60), { nil: undefined }),
    }),
    { maxLength: 30 },
  ),
  fee: fc.record({ headline: text(16) }),
  timeLimit: fc.record({ headline: text(16) }),
  urgent: fc.option(text(160), { nil: undefined }),
});

const places = fc.record({
  station: text(60),
  windows: fc.array(text(12), { maxLength: 4 }),
  date: fc.constant('2026-11-23'),
});

test('any guide fits the QR code and no character is cut in two', () => {
  fc.assert(
    fc.property(guides, places, (guide, place) => {
      const taken = takeawayText(guide as unknown as ServiceBody, place);
      expect(utf8Length(taken)).toBeLessThanOrEqual(TAKEAWAY_MAX_BYTES);
      expect(taken.isWellFormed()).toBe(true);
      expect(Buffer.byteLength(taken, 'utf8')).toBe(utf8Length(taken));
    }),
  );
});

const { records } = readBarePack(join(import.meta.dirname, '../../../assets/starter'));
const STARTER = records.flatMap(({ record }) =>
  record.kind === 'service' ? [[record.id, record.body as ServiceBody] as const] : [],
);
const PLACE = {
  station: '五华区华山街道公共法律服务工作站',
  windows: ['3号窗口', '4号窗口'],
  date: '2026-11-23',
};

test.each(STARTER)('%s tells its time limit, every material and the day', (_id, guide) => {
  const taken = takeawayText(guide, PLACE);
  expect(taken).toContain(guide.urgent ?? '');
  for (const { name } of guide.materials) expect(taken).toContain(name);
  expect(taken).toContain('2026-11-23 告知');
});
