import { afterAll, describe, expect, test } from 'vitest';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { FaqBody } from '#shared/content/kinds/faq.ts';
import type { TriageBody } from '#shared/content/kinds/triage.ts';
import { indexEverything } from '#station/search/indexing.ts';
import { openSearch } from '#station/search/search.ts';
import { triageEntries } from '#station/search/triage-entries.ts';
import { shippedPack, stationOn } from '../real-content.ts';

const pack = shippedPack('wuhua');
const { db, library } = stationOn(pack, '2026-11-23 10:24');
indexEverything(db, pack);
afterAll(() => db.write.close());

const search = openSearch(db, library);
const faqs = library.records('faq');
const ends = new Map(
  library
    .records('triage')
    .map(({ id, body }) => [id, new Set(body.outcomes.flatMap(({ services }) => services))]),
);
const guides = new Map(faqs.map(({ id, body }) => [id, body.services]));

function offered(text: string): string | undefined {
  const step = search.query({ text, limit: 3 }).next.find(({ type }) => type === 'triage');
  return step?.type === 'triage' ? step.triage?.id : undefined;
}

/** The guides among the first answers, and those that the questions among them name. */
function firstGuides(text: string): string[] {
  const { groups } = search.query({ text, kinds: ['faq', 'service'], limit: 3 });
  return groups.flatMap(({ hits }) => hits.flatMap(({ id }) => guides.get(id) ?? [id]));
}

test('the questions offered beside an answer end where the first answers lead, however it was asked', () => {
  const asked = faqs.flatMap(({ body }) => [body.question, ...body.words]);
  expect(asked.length).toBeGreaterThan(1000);
  const astray = asked.filter((text) => {
    const triage = offered(text);
    return triage !== undefined && !firstGuides(text).some((id) => ends.get(triage)?.has(id));
  });
  expect(astray).toEqual([]);
  expect(asked.filter((text) => offered(text) !== undefined).length).toBeGreaterThan(
    asked.length / 2,
  );
});

describe('whoever the questions were not written for', () => {
  test.each([
    ...['被骗了', '电信诈骗', '刷单被骗', '孩子被拐', '抢劫', '溺水', '身份证被冒用', '网上造谣'],
    ...['校园欺凌', '孩子在学校被打', '老人摔倒', '被打了'],
  ])('is not sent to the questions of somebody else: %s', (text) => {
    const notMeant = ['triage.detained', 'triage.medical', 'triage.lawyer', 'triage.learn'];
    expect([...notMeant, 'triage.traffic', 'triage.family']).not.toContain(offered(text));
  });
});

describe('whoever they were written for', () => {
  test.each([
    ['健身房跑路', 'triage.consumer'],
    ['彩礼', 'triage.family'],
    ['被拘留了', 'triage.detained'],
    ['房东不退押金', 'triage.housing'],
    ['车祸', 'triage.traffic'],
  ])('is sent to them: %s', (text, triage) => {
    expect(offered(text)).toBe(triage);
  });
});

describe('the graph that a question belongs to', () => {
  const graph = (id: string, topic: string, services: string[]) =>
    ({ id, body: { topic, outcomes: [{ services }] } }) as unknown as ContentRecord<TriageBody>;
  const question = (topic: string, services: string[]) =>
    ({ id: 'faq.x', body: { topic, services } }) as unknown as ContentRecord<FaqBody>;
  const GRAPHS = [
    graph('triage.arrest', 'crime', ['service.window', 'service.defence', 'service.lawyer']),
    graph('triage.shop', 'consumer', ['service.window', 'service.refund', 'service.village']),
    graph('triage.house', 'housing', ['service.window', 'service.refund', 'service.village']),
    graph('triage.school', 'school', ['service.window']),
  ];
  const entry = (topic: string, services: string[]) =>
    triageEntries(GRAPHS, [question(topic, services)]).entryOf.get('faq.x');

  test('is the one whose ends name its guides', () => {
    expect(entry('child', ['service.defence'])).toBe('triage.arrest');
  });

  test('is, of several, the one of its topic', () => {
    expect(entry('consumer', ['service.refund'])).toBe('triage.shop');
  });

  test('is none where several may be meant', () => {
    expect(entry('child', ['service.refund'])).toBeUndefined();
  });

  test('is none where only guides for everything are named', () => {
    expect(entry('crime', ['service.window'])).toBeUndefined();
  });

  test('is one of another topic only where several guides say so', () => {
    expect(entry('consumer', ['service.defence'])).toBeUndefined();
    expect(entry('consumer', ['service.defence', 'service.lawyer'])).toBe('triage.arrest');
    expect(entry('consumer', ['service.defence', 'service.lawyer', 'service.refund'])).toBe(
      undefined,
    );
  });
});
