import { beforeAll, describe, expect, test } from 'vitest';
import { completenessOf, formatCompleteness } from '#shared/content/kind.ts';
import type { FaqBody } from '#shared/content/kinds/faq.ts';
import type { FormSampleBody } from '#shared/content/kinds/form-sample.ts';
import type { PersonBody } from '#shared/content/kinds/person.ts';
import type { ServiceBody } from '#shared/content/kinds/service.ts';
import { serviceKind } from '#shared/content/kinds/service.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { TAKEAWAY_MAX_BYTES, takeawayText, utf8Length } from '#shared/papers/takeaway-text.ts';
import { outletName } from '#shared/stations/naming.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import en from '../../../assets/locales/en.json' with { type: 'json' };
import zhCN from '../../../assets/locales/zh-CN.json' with { type: 'json' };
import { PROFILES, shippedPack } from '../../real-content.ts';
import { buttonsNamedIn, promisesOfTheMachine } from './said-of-the-machine.ts';

/** Words that visitors type, and orders of films: nobody reads them. */
const NOT_READ = ['synonym', 'playlist'];

/** Kinds of which the shipped samples of a whole network stand in files of their own, to be replaced by real ones. */
const SAMPLES_OF_A_NETWORK = ['person', 'roster', 'grid'];

const NAMES = {
  wuhua: [
    ['530102', '五华区公共法律服务中心'],
    ['530102001', '五华区华山街道公共法律服务工作站'],
    ['530102001007', '翠湖社区公共法律服务工作室'],
  ],
  bozhou: [
    ['652701', '博乐市公共法律服务中心'],
    ['652701001', '博乐市青得里街道公共法律服务工作站'],
  ],
  xigu: [
    ['620104-A01', '西固区公共法律服务中心'],
    ['620104001', '西固区陈坪街道公共法律服务工作站'],
  ],
  jilin: [
    ['2202-A01', '吉林市公共法律服务中心'],
    ['220221-A01', '吉林市永吉县公共法律服务中心'],
    ['220221100', '口前镇公共法律服务工作站'],
  ],
  changzhou: [
    ['3204', '常州市公共法律服务中心'],
    ['320402', '天宁区公共法律服务中心'],
  ],
} as const;

describe.each(PROFILES)('%s', (id) => {
  let pack: ProfilePack;
  beforeAll(() => {
    // Throws with the first fault when there is one.
    pack = shippedPack(id);
  });

  function bodies<Body>(kind: string): { id: string; body: Body }[] {
    return pack.records
      .filter(({ record }) => record.kind === kind)
      .map(({ record }) => ({ id: record.id, body: record.body as Body }));
  }

  test('names its outlets by its own rule', () => {
    const outlets = bodies<StationBody>('station').map(({ body }) => body);
    const named = NAMES[id].map(([code]) => {
      const outlet = outlets.find((candidate) => candidate.code === code);
      return [
        code,
        outlet === undefined ? 'none' : outletName(pack.profile.naming, pack.divisions, outlet),
      ];
    });
    expect(named).toEqual(NAMES[id]);
  });

  test('has all nine particulars in each of at least 40 guides', () => {
    const guides = pack.records.filter(({ record }) => record.kind === 'service');
    expect(guides.length).toBeGreaterThanOrEqual(40);
    const counts = guides.map(({ record }) =>
      formatCompleteness(
        completenessOf(serviceKind, { ...record, body: record.body as ServiceBody }),
      ),
    );
    expect(new Set(counts)).toEqual(new Set(['9/9']));
  });

  test('has a guide for each service that it offers', () => {
    const categories = new Set(bodies<ServiceBody>('service').map(({ body }) => body.category));
    expect(pack.profile.services.filter((category) => !categories.has(category))).toEqual([]);
  });

  test('has at least 150 questions, each leading to a guide that it offers', () => {
    const guides = new Map(bodies<ServiceBody>('service').map((guide) => [guide.id, guide.body]));
    const faqs = bodies<FaqBody>('faq');
    expect(faqs.length).toBeGreaterThanOrEqual(150);
    const lost = faqs.filter(
      ({ body }) =>
        !body.services.some((service) => {
          const guide = guides.get(service);
          return guide !== undefined && pack.profile.services.includes(guide.category);
        }),
    );
    expect(lost.map((faq) => faq.id)).toEqual([]);
  });

  test('has at least 20 forms, each with a filled example', () => {
    const forms = bodies<FormSampleBody>('form-sample');
    expect(forms.length).toBeGreaterThanOrEqual(20);
    expect(forms.filter(({ body }) => Object.keys(body.example).length === 0)).toEqual([]);
  });

  test('tells source, body and date of every record', () => {
    const silent = pack.records.filter(
      ({ record }) =>
        !record.source || !record.responsibleBody || record.responsibleBody === 'local',
    );
    expect(silent).toEqual([]);
  });

  test('has the numbers that everyone must find', () => {
    const numbers = bodies<{ number: string }>('hotline').map(({ body }) => body.number);
    expect(numbers).toEqual(expect.arrayContaining(['12348', '12345', '110', '119', '120']));
  });

  test('gives every guide a notice that fits a QR code with all of its materials', () => {
    const place = { station: '测试公共法律服务工作站', windows: ['1号窗口'], date: '2026-11-23' };
    const cut = bodies<ServiceBody>('service').filter(({ body }) => {
      const text = takeawayText(body, place);
      return (
        utf8Length(text) > TAKEAWAY_MAX_BYTES ||
        !text.includes('12348') ||
        body.materials.some((material) => !text.includes(material.name))
      );
    });
    expect(cut.map((guide) => guide.id)).toEqual([]);
  });

  test('sends visitors only to buttons that its home page has', () => {
    const named = { 'zh-CN': new Set<string>(), en: new Set<string>() };
    for (const { record } of pack.records) {
      for (const name of buttonsNamedIn(record.body, 'zh-CN')) named['zh-CN'].add(name);
      for (const name of buttonsNamedIn(record.translations.en, 'en')) named.en.add(name);
    }
    for (const [language, texts] of Object.entries({ 'zh-CN': zhCN, en })) {
      const buttons = [
        ...Object.values(texts.home.entries),
        ...Object.values(texts.bar),
        ...pack.profile.services.map((service) => texts.category[service].name),
      ];
      const names = [...named[language as keyof typeof named]];
      expect(names.length, language).toBeGreaterThanOrEqual(3);
      expect(buttons, language).toEqual(expect.arrayContaining(names));
    }
  });

  test('names each specialty of its people in one way, so that the choice of one finds all of them', () => {
    const named = new Set(
      pack.records.flatMap(({ record }) =>
        record.kind === 'person' ? (record.body as PersonBody).specialties : [],
      ),
    );
    const meant = Map.groupBy(named, (name) =>
      Array.from(name.replace(/(?:纠纷|问题|事务)$/, ''))
        .toSorted()
        .join(''),
    );
    expect([...meant.values()].filter((names) => names.length > 1)).toEqual([]);
  });

  test('promises nothing of the machine that no page does', () => {
    const promises = pack.records.flatMap(({ record }) =>
      [record.body, record.translations.en]
        .flatMap(promisesOfTheMachine)
        .map((said) => `${record.id}: ${said}`),
    );
    expect(promises).toEqual([]);
  });

  test('has an English draft of everything that visitors read, but of the sample people, rosters and grids of its network', () => {
    const chineseOnly = pack.records.filter(
      ({ record, file }) =>
        record.translations.en === undefined &&
        !NOT_READ.includes(record.kind) &&
        !(SAMPLES_OF_A_NETWORK.includes(record.kind) && /[\\/]network-/.test(file)) &&
        // An outlet without windows has only its name and its address, which stay as they are.
        !(record.kind === 'station' && (record.body as StationBody).windows.length === 0),
    );
    expect(chineseOnly.map(({ record }) => record.id)).toEqual([]);
  });
});
