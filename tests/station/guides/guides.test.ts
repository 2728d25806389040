import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import { faqViewSchema, serviceSummarySchema, serviceViewSchema } from '#shared/contract/views.ts';
import { getFaq, getGuide, listFaqs, listGuides, takeaway } from '#station/guides/guides.ts';
import { getTriage } from '#station/triage/triage.ts';
import { PROFILES, shippedPack, stationOn } from '../../real-content.ts';

let station: ReturnType<typeof stationOn>;
beforeAll(() => {
  station = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
});
afterAll(() => station.db.write.close());

describe('guides', () => {
  test('stand in the order in which the profile offers their services', () => {
    const { library } = station;
    const guides = listGuides(library, 'zh-CN');
    const categories = [...new Set(guides.map((guide) => guide.category))];
    expect(categories).toEqual(library.profile.services);
    expect(guides.map((guide) => serviceSummarySchema.parse(guide))).toEqual(guides);
  });

  test('of services that the place does not offer are not listed', () => {
    expect(station.library.profile.services).not.toContain('remote-visit');
    expect(
      listGuides(station.library, 'zh-CN').some((guide) => guide.category === 'remote-visit'),
    ).toBe(false);
  });

  test('each open, with the questions that lead to them and samples that exist', () => {
    const { library, stations } = station;
    for (const { id } of listGuides(library, 'zh-CN')) {
      const guide = getGuide(library, stations, id, 'zh-CN');
      expect(serviceViewSchema.safeParse(guide).success, id).toBe(true);
      const named = new Set([
        ...guide.body.formSamples,
        ...guide.body.materials.flatMap((one) => one.sample ?? []),
      ]);
      expect(new Set(guide.samples.map((sample) => sample.id)), id).toEqual(named);
      for (const faq of guide.faqs)
        expect(library.record('faq', faq.id)?.body.services).toContain(id);
    }
  });

  test('name the windows that take their business, all of them and no other', () => {
    const { library, stations } = station;
    const here = stations.current('zh-CN').windows;
    const named = listGuides(library, 'zh-CN').flatMap(({ id }) => {
      const { body, windows } = getGuide(library, stations, id, 'zh-CN');
      expect(windows, id).toEqual(here.filter(({ lines }) => lines.includes(body.line)));
      return windows;
    });
    expect(new Set(named.map(({ id }) => id)).size).toBeGreaterThan(1);
  });

  test('lead to the nearest outlet above that takes their business, on the page, the phone and paper', () => {
    // A community's room of the network that has one window, for reception, advice, mediation and publicity.
    const room = stationOn(shippedPack('wuhua'), '2026-11-23 10:00', '530102001009');
    const { library, stations } = room;
    const id = 'service.notary-will';
    const guide = getGuide(library, stations, id, 'zh-CN');
    expect(guide.windows).toEqual([]);
    expect(guide.above?.outlet).toMatchObject({
      code: '530102001',
      name: '五华区华山街道公共法律服务工作站',
    });
    const labels = guide.above?.windows.map(({ label }) => label).join('、');
    expect(labels).not.toBe('');
    expect(takeaway(library, stations, id).text).toContain(
      `到：五华区华山街道公共法律服务工作站 ${labels}\n`,
    );
    for (const guides of listGuides(library, 'zh-CN')) {
      const { windows, above } = getGuide(library, stations, guides.id, 'zh-CN');
      expect(windows.length > 0, guides.id).not.toBe(above !== undefined);
    }
    room.db.write.close();
  });

  test('pass by an outlet above that does not take their business either', () => {
    const pack = shippedPack('wuhua');
    const records = pack.records.map((entry) =>
      entry.record.id === 'station.530102001'
        ? {
            ...entry,
            record: { ...entry.record, body: { ...(entry.record.body as object), windows: [] } },
          }
        : entry,
    );
    const room = stationOn({ ...pack, records }, '2026-11-23 10:00', '530102001009');
    expect(room.stations.above('notary', 'zh-CN')?.outlet.code).toBe('530102');
    room.db.write.close();
  });

  test('lead from a street up to the centre of the district, which has a code of its own', () => {
    const street = stationOn(shippedPack('jilin'), '2026-11-23 10:00', '220221101');
    expect(street.stations.above('remote-visit', 'zh-CN')?.outlet.code).toBe('220221-A01');
    const [, end] = getTriage(street.library, street.stations, 'triage.wages', 'zh-CN').ends;
    expect(end?.ladder.map(({ outlet }) => outlet?.code)).toEqual([
      '220221101',
      '220221-A01',
      '2202-A01',
    ]);
    street.db.write.close();
  });

  test('that are not there are not found', () => {
    const { library, stations } = station;
    const missing = new StationError('not-found');
    expect(() => getGuide(library, stations, 'service.none', 'zh-CN')).toThrow(missing);
    expect(() => getGuide(library, stations, 'hotline.12348', 'zh-CN')).toThrow(missing);
    expect(() => takeaway(library, stations, 'service.none')).toThrow(missing);
    expect(() => getFaq(library, 'faq.none', 'zh-CN')).toThrow(missing);
  });

  test('taken along name the station, its window and the day', () => {
    const { library, stations } = station;
    const [first] = listGuides(library, 'zh-CN');
    const { text } = takeaway(library, stations, first?.id ?? '');
    expect(text.startsWith(first?.title ?? 'none')).toBe(true);
    expect(text).toContain('五华区华山街道公共法律服务工作站 ');
    expect(text).toContain('2026-11-23 告知');
  });
});

describe.each(PROFILES)('in %s', (profile) => {
  test('every guide has a question that people ask about it', () => {
    const { library, stations, db } = stationOn(shippedPack(profile), '2026-11-23 10:00');
    const guides = listGuides(library, 'zh-CN');
    expect(guides.length).toBeGreaterThan(0);
    for (const { id } of guides)
      expect(getGuide(library, stations, id, 'zh-CN').faqs.length, id).toBeGreaterThan(0);
    db.write.close();
  });
});

describe('questions', () => {
  test('each opens with an answer and leads to a guide that is offered here', () => {
    const { library } = station;
    const offered = new Set(listGuides(library, 'zh-CN').map((guide) => guide.id));
    for (const { id } of listFaqs(library, 'zh-CN')) {
      const faq = getFaq(library, id, 'zh-CN');
      expect(faqViewSchema.safeParse(faq).success, id).toBe(true);
      expect(faq.services.length, id).toBeGreaterThan(0);
      expect(faq.services.every((service) => offered.has(service.id))).toBe(true);
    }
  });
});

describe('in a language that nothing is translated into', () => {
  test('every guide stays Chinese and says so, never English', () => {
    const chinese = listGuides(station.library, 'zh-CN');
    const tibetan = listGuides(station.library, 'bo-CN');
    expect(tibetan.map((guide) => guide.title)).toEqual(chinese.map((guide) => guide.title));
    expect(new Set(tibetan.map((guide) => guide.language))).toEqual(new Set(['chinese']));
  });
});
