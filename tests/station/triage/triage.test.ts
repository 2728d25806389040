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
  'triage.harmed',
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

  test('gives every end along on a phone: what to do, where, the time limits, the advice; what is left out is never silent', () => {
    const { library, stations } = station;
    for (const { id: triage, body } of library.records('triage'))
      for (const { id } of body.outcomes) {
        const { outcome, place } = triageEnd(library, stations, triage, id);
        const text = triageTakeawayText(outcome, place);
        const name = `${triage} ${id}`;
        const [advice = '', ...others] = outcome.text.split(/(?<=。)/);
        const where =
          outcome.level === 'elsewhere' ? outcome.where : (place.above ?? place.station);
        expect(utf8Length(text), name).toBeLessThanOrEqual(TAKEAWAY_MAX_BYTES);
        for (const part of [outcome.urgent, advice, where, TRIAGE_CAVEAT, outcome.call ?? ''])
          expect(text, name).toContain(part);
        for (const deadline of outcome.deadlines) expect(text, name).toContain(deadline.text);
        const rest = [...others, ...outcome.papers.map((paper) => paper.text), ...place.services];
        const isWhole = rest.every((part) => text.includes(part));
        expect(text.includes('没写完'), name).toBe(!isWhole);
      }
  });

  test('takes no more along than a phone reads, however many time limits an end has', () => {
    const { library, stations } = station;
    const { outcome, place } = triageEnd(library, stations, 'triage.wages', 'social-insurance');
    const deadline = outcome.deadlines[0] ?? { id: 'd', text: '一年以内要申请仲裁', basis: [] };
    for (const count of [1, 3, 7, 20]) {
      const deadlines = Array.from({ length: count }, (_, at) => ({
        ...deadline,
        id: `d${at}`,
        text: `第${at + 1}个期限：${'三十日以内要去办，'.repeat(8)}`,
      }));
      const text = triageTakeawayText({ ...outcome, deadlines, urgent: '快去'.repeat(80) }, place);
      expect(utf8Length(text)).toBeLessThanOrEqual(TAKEAWAY_MAX_BYTES);
      expect(text).toContain('没写完');
    }
  });

  test('prints an end whole, whatever the phone has no room for', () => {
    const { library, stations } = station;
    const { body, outcome, place } = triageEnd(
      library,
      stations,
      'triage.wages',
      'social-insurance',
    );
    const paper = JSON.stringify(triagePaper(body.title, outcome, place));
    for (const part of [outcome.text, ...outcome.papers.map(({ text }) => text), ...place.services])
      expect(paper).toContain(part);
  });

  test('speaks of video visits only as of what the list below may hold', () => {
    const end = getTriage(station.library, station.stations, 'triage.detained', 'zh-CN');
    const visit = end.ends.find(({ id }) => id === 'visit');
    const offered = station.library.profile.services.includes('remote-visit');
    expect(visit?.services.some(({ id }) => id === 'service.remote-visit-prison')).toBe(offered);
    const text = end.body.outcomes.find(({ id }) => id === 'visit')?.text;
    expect(text).toContain('里有远程视频会见的');
    expect(text).not.toMatch(/可以在司法所申请远程/);
  });
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
