import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { triageViewSchema } from '#shared/contract/triage.ts';
import { TAKEAWAY_MAX_BYTES, utf8Length } from '#shared/papers/takeaway-text.ts';
import { TRIAGE_CAVEAT, triagePaper, triageTakeawayText } from '#shared/papers/triage-paper.ts';
import { getTriage, listTriages, triageEnd, triageTakeaway } from '#station/triage/triage.ts';
import { PROFILES, shippedPack, stationOn } from '../../real-content.ts';

/** What people come with: each has its questions (V7). */
const MATTERS = [
  'triage.wages',
  'triage.work-injury',
  'triage.family',
  'triage.housing',
  'triage.neighbours',
  'triage.debt',
  'triage.consumer',
  'triage.traffic',
  'triage.medical',
  'triage.detained',
  'triage.lawyer',
  'triage.administrative',
  'triage.court',
  'triage.appraisal',
  'triage.notary',
  'triage.learn',
];

describe.each(PROFILES)('%s', (profile) => {
  let station: ReturnType<typeof stationOn>;
  beforeAll(() => {
    station = stationOn(shippedPack(profile), '2026-11-23 10:00');
  });
  afterAll(() => station.db.write.close());

  test('has questions for every matter', () => {
    const { library } = station;
    expect(listTriages(library, 'zh-CN').map(({ id }) => id)).toEqual(MATTERS);
  });

  test('leads to every guide of the station: whoever knows no name of it gets there by questions', () => {
    const { library } = station;
    const led = new Set(
      library.records('triage').flatMap(({ body }) => body.outcomes.flatMap((one) => one.services)),
    );
    const guides = library.records('service').map(({ id }) => id);
    expect(guides.length).toBeGreaterThan(60);
    expect(guides.filter((id) => !led.has(id))).toEqual([]);
  });

  test('leads every end to a guide that it offers or to a body, with a ladder and something to do now', () => {
    const { library, stations } = station;
    for (const { id } of listTriages(library, 'zh-CN')) {
      const triage = triageViewSchema.parse(getTriage(library, stations, id, 'zh-CN'));
      triage.body.outcomes.forEach((outcome, at) => {
        const end = triage.ends[at];
        const name = `${id} ${outcome.id}`;
        expect(end?.id, name).toBe(outcome.id);
        if (outcome.level === 'elsewhere') expect(outcome.where, name).not.toBe('');
        else {
          expect(end?.services.length, name).toBeGreaterThan(0);
          expect(end?.ladder.length, name).toBeGreaterThan(0);
        }
        expect(outcome.urgent, name).not.toBe('');
        expect(outcome.deadlines.length, name).toBeGreaterThan(0);
      });
    }
  });

  test('fits an end on a phone, with what is urgent, each time limit and the caveat', () => {
    const { library, stations } = station;
    const [triage] = library.records('triage');
    for (const { id } of triage?.body.outcomes ?? []) {
      const { body, outcome, place } = triageEnd(library, stations, triage?.id ?? '', id);
      const text = triageTakeawayText(outcome, place);
      for (const part of [outcome.urgent, TRIAGE_CAVEAT, place.station])
        expect(text, id).toContain(part);
      expect(triagePaper(body.title, outcome, place).subtitle).toBe(outcome.title);
    }
  });
});

test('every end of every graph keeps its time limits in a QR code of 900 bytes', () => {
  const { library, stations, db } = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
  const { place } = triageEnd(library, stations, 'triage.wages', 'arbitrate');
  for (const { id, body } of library.records('triage'))
    for (const outcome of body.outcomes) {
      const text = triageTakeawayText(outcome, place);
      expect(utf8Length(text), `${id} ${outcome.id}`).toBeLessThanOrEqual(TAKEAWAY_MAX_BYTES);
      for (const deadline of outcome.deadlines)
        expect(text, `${id} ${outcome.id}`).toContain(deadline.text);
    }
  db.write.close();
});

test('a simple dispute in Changzhou goes from the grid mediator to the street and the district', () => {
  const { library, stations } = stationOn(
    shippedPack('changzhou'),
    '2026-11-23 10:00',
    '320402005',
  );
  const end = getTriage(library, stations, 'triage.neighbours', 'zh-CN').ends.find(
    ({ id }) => id === 'talk',
  );
  expect(end?.ladder.map(({ who, outlet, here }) => [who, outlet?.code, here])).toEqual([
    ['网格调解员', undefined, false],
    ['镇（街道）公共法律服务工作站', '320402005', true],
    ['区公共法律服务中心', '320402', false],
  ]);
});

test('an end that is not there is not found', () => {
  const { library, stations } = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
  expect(() => triageTakeaway(library, stations, 'triage.wages', 'no-such-end')).toThrow(
    expect.objectContaining({ kind: 'not-found' }),
  );
});

test('windows of this station that take the matter are named', () => {
  const { library, stations } = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
  const end = getTriage(library, stations, 'triage.wages', 'zh-CN').ends.find(
    ({ id }) => id === 'arbitrate',
  );
  const taking = stations.windowsFor('legal-aid', 'zh-CN').map(({ id }) => id);
  expect(taking.length).toBeGreaterThan(0);
  expect(end?.windows.map(({ id }) => id)).toEqual(expect.arrayContaining(taking));
});
