import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PersonBody } from '#shared/content/kinds/person.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { StationError } from '#shared/contract/errors.ts';
import {
  communitiesSchema,
  gridCardSchema,
  personCardSchema,
  personListSchema,
  servingSchema,
} from '#shared/contract/people.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { communities } from '#station/people/communities.ts';
import { gridCard } from '#station/people/grid-card.ts';
import { getPerson, listPeople } from '#station/people/people.ts';
import { serving } from '#station/people/serving.ts';
import { PROFILES, type ProfileId, shippedPack, stationOn } from '../../real-content.ts';

const MORNING = '2026-11-23 10:24';
let packs: ReadonlyMap<ProfileId, ProfilePack>;
beforeAll(() => {
  packs = new Map(PROFILES.map((id) => [id, shippedPack(id)]));
});
const opened: { close: () => void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

function packOf(id: ProfileId): ProfilePack {
  return packs.get(id) ?? expect.unreachable(id);
}

function open(id: ProfileId, time = MORNING, code?: string) {
  const { db, library, stations } = stationOn(packOf(id), time, code);
  opened.push({ close: () => db.write.close() });
  return { library, stations };
}

const bodies = <Body>(id: ProfileId, kind: string) =>
  packOf(id)
    .records.filter(({ record }) => record.kind === kind)
    .map(({ record }) => record.body as Body);

describe.each(PROFILES)('%s', (id) => {
  test('keeps the contract, and every person that it lists has a card', () => {
    const { library, stations } = open(id);
    const list = listPeople(library, stations, {}, 'zh-CN');
    expect(personListSchema.parse(list)).toEqual(list);
    expect(list.people.length).toBeGreaterThan(50);
    expect(list.choices.onDuty).toBe(
      list.people.filter((person) => person.onDuty !== undefined).length,
    );
    for (const { id: person } of list.people.filter((_one, at) => at % 17 === 0)) {
      const card = getPerson(library, stations, person, 'en');
      expect(personCardSchema.parse(card)).toEqual(card);
      expect(card.vcard).toContain('BEGIN:VCARD');
    }
  });

  test('has somebody and somewhere for every community that can be chosen', () => {
    const { library, stations } = open(id);
    const { groups } = communitiesSchema.parse(communities(library));
    const codes = groups.flatMap((group) =>
      group.streets.flatMap((street) => [
        street.code,
        ...street.communities.map((one) => one.code),
      ]),
    );
    const lost = codes.filter((code) => {
      const view = servingSchema.parse(serving(library, stations, code, 'zh-CN'));
      return view.groups.length === 0 || view.outlets.length === 0;
    });
    expect(lost).toEqual([]);
  });

  test('names only samples, with numbers that nobody can have', () => {
    const people = bodies<PersonBody>(id, 'person');
    expect(people.filter((one) => !one.sample || !one.name.includes('示例'))).toEqual([]);
    const odd = people.filter(({ phone }) => !/^(?:138\*{4}|\d{4}-0000?-)\d{4}$/.test(phone ?? ''));
    expect(odd.map(({ phone }) => phone)).toEqual([]);
  });

  test('gives no name to two people', () => {
    const people = Map.groupBy(bodies<PersonBody>(id, 'person'), ({ name }) => name);
    expect([...people].filter(([, same]) => same.length > 1).map(([name]) => name)).toEqual([]);
  });

  test('has everyone whom a visitor may look for, from lawyers to experts, volunteers and law-wise residents', () => {
    const { library, stations } = open(id);
    const { choices } = listPeople(library, stations, {}, 'zh-CN');
    expect(choices.roles.map(({ value }) => value)).toEqual(
      expect.arrayContaining([
        'village-adviser',
        'lawyer',
        'mediator',
        'law-wise',
        'notary',
        'volunteer',
        'expert',
      ]),
    );
  });

  test('has an expert for several fields and a volunteer of its own in every street and town', () => {
    const { library, stations } = open(id);
    const found = (role: 'expert' | 'volunteer', place?: string) =>
      listPeople(library, stations, { role, place }, 'zh-CN').people;
    const fields = new Set(found('expert').flatMap(({ specialties }) => specialties));
    expect(fields.size).toBeGreaterThan(5);
    const volunteers = found('volunteer').length;
    const streets = bodies<StationBody>(id, 'station').filter(({ level }) => level === 'station');
    for (const { code } of streets) {
      expect(found('expert', code).length, code).toBeGreaterThan(5);
      const here = found('volunteer', code).length;
      expect(here, code).toBeGreaterThan(0);
      expect(here, code).toBeLessThanOrEqual(volunteers / 3);
    }
  });

  test('has volunteers who serve one or two streets, and come to one of their stations or the centre, or can be called', () => {
    const { library, stations } = open(id);
    const centres = bodies<StationBody>(id, 'station')
      .filter(({ level }) => level === 'centre')
      .map(({ code }) => code);
    for (const { id: person } of listPeople(library, stations, { role: 'volunteer' }, 'zh-CN')
      .people) {
      const { serves, next, hours } = getPerson(library, stations, person, 'zh-CN');
      expect(
        serves.map(({ code }) => code.length),
        person,
      ).toEqual(serves.length === 1 ? [9] : [9, 9]);
      if (next.length === 0) expect(hours.map(({ text }) => text).join(), person).toContain('预约');
      const own = [...serves.map(({ code }) => code), ...centres];
      expect(
        next.filter(({ station }) => !own.includes(station.code)),
        person,
      ).toEqual([]);
    }
  });

  test('says who comes on each day of the week ahead, and when', () => {
    const { library, stations } = open(id, '2026-11-23 10:24');
    const { choices, today } = listPeople(library, stations, {}, 'zh-CN');
    expect(today).toBe('2026-11-23');
    expect(choices.days[0]?.value).toBe(today);
    expect(choices.days.length).toBeGreaterThanOrEqual(5);
    for (const { value: day, count } of choices.days) {
      const { people } = listPeople(library, stations, { day }, 'zh-CN');
      expect(people).toHaveLength(count);
      for (const { id: person, thatDay } of people)
        expect(thatDay?.from, `${person} on ${day}`).toMatch(/^\d\d:\d\d$/);
    }
  });

  test('lists nobody for today whose turn has ended', () => {
    const { library, stations } = open(id, '2026-11-23 23:30');
    const { people } = listPeople(library, stations, { day: '2026-11-23' }, 'zh-CN');
    expect([...new Set(people.map(({ role }) => role))]).toEqual(id === 'bozhou' ? ['police'] : []);
  });

  test('knows nobody on duty at night but those who are there day and night', () => {
    const { library, stations } = open(id, '2026-11-23 03:00');
    const { people } = listPeople(library, stations, { onDuty: true }, 'zh-CN');
    expect([...new Set(people.map(({ role }) => role))]).toEqual(id === 'bozhou' ? ['police'] : []);
  });
});

describe('places as their documents count them', () => {
  test('Changzhou: 54 lawyers for 62 streets and towns, five notary offices for all districts', () => {
    const streets = bodies<StationBody>('changzhou', 'station')
      .filter(({ level }) => level === 'station')
      .map(({ code }) => code);
    const lawyers = bodies<PersonBody>('changzhou', 'person').filter(
      ({ role, serves }) => role === 'lawyer' && serves.some((code) => code.length === 9),
    );
    expect(streets).toHaveLength(62);
    expect(lawyers).toHaveLength(54);
    expect(streets.filter((code) => !lawyers.some(({ serves }) => serves.includes(code)))).toEqual(
      [],
    );
    const { library, stations } = open('changzhou');
    const office = (code: string) =>
      serving(library, stations, code, 'zh-CN').outlets.find(
        ({ level }) => level === 'notary-office',
      )?.name;
    expect(['320411', '320404', '320412', '320413', '320402', '320481'].map(office)).toEqual([
      '常州公证处',
      '常州公证处',
      '武进公证处',
      '金坛公证处',
      '天宁公证处',
      '溧阳公证处',
    ]);
  });

  test('Changzhou: each of the 62 streets and towns has its communities and a grid with five contacts', () => {
    const { library, stations } = open('changzhou');
    const streets = communities(library)
      .groups.flatMap((group) => group.streets)
      .filter(({ code }) => library.everywhere('station').some(({ body }) => body.code === code));
    expect(streets).toHaveLength(62);
    expect(streets.filter((street) => street.communities.length === 0)).toEqual([]);
    expect(streets.flatMap((street) => street.communities).length).toBeGreaterThan(1000);
    for (const street of streets) {
      const [grid] = street.communities.flatMap(({ grids }) => grids);
      const card = gridCard(library, stations, grid?.code ?? street.code, 'zh-CN');
      expect(card.missing, street.name).toEqual([]);
      expect(card.notaryOffice, street.name).toBeDefined();
      const lawyer = card.contacts.find(({ duty }) => duty === 'lawyer')?.person.id;
      const serves = getPerson(library, stations, lawyer ?? '', 'zh-CN').serves;
      expect(
        serves.some(({ code }) => code.startsWith(street.code)),
        street.name,
      ).toBe(true);
    }
  });

  test('Changzhou: a grid chosen as place leaves out who serves only the grid beside it', () => {
    const { library, stations } = open('changzhou');
    const role = 'mediator' as const;
    const of = (place: string) => listPeople(library, stations, { role, place }, 'zh-CN');
    const [first, second] = [of('320402005010-G01'), of('320402005010-G02')];
    const community = of('320402005010').people.map(({ id }) => id);
    const own = (list: typeof first) =>
      list.people.map(({ id }) => id).filter((id) => id.includes('320402005010-g'));
    expect(own(first)).toHaveLength(1);
    expect(own(second)).toHaveLength(1);
    expect(own(first)).not.toEqual(own(second));
    expect(first.people.length).toBeLessThan(community.length);
    expect(community).toEqual(expect.arrayContaining([...own(first), ...own(second)]));
    expect(first.place).toEqual({
      code: '320402005010-G01',
      name: '怡康花园社区第1网格',
      isGrid: true,
    });
    expect(of('320402005010').place?.isGrid).toBe(false);
  });

  test('Changzhou: a grid shows its five contacts and where a dispute goes', () => {
    const { library, stations } = open('changzhou');
    const card = gridCardSchema.parse(gridCard(library, stations, '320402005010-G01', 'zh-CN'));
    expect(card.contacts.map(({ duty }) => duty)).toEqual([
      'mediator',
      'lawyer',
      'publicist',
      'notary',
      'legal-aid-contact',
    ]);
    expect(card.missing).toEqual([]);
    expect(card.escalation).toMatchObject([
      { who: '网格调解员', people: [{ role: 'mediator' }] },
      { who: '镇（街道）公共法律服务工作站', people: [], outlet: { code: '320402005' } },
      { who: '区公共法律服务中心', people: [], outlet: { code: '320402' } },
    ]);
    expect(card.notaryOffice?.name).toBe('天宁公证处');
    expect(() => gridCard(library, stations, '320402005010-G09', 'zh-CN')).toThrow(
      new StationError('not-found'),
    );
  });

  test('Xigu: one touch on a place leaves a few of 32 volunteers, some of each grade', () => {
    const { library, stations } = open('xigu');
    const of = (place?: string) =>
      listPeople(library, stations, { role: 'volunteer', place }, 'zh-CN').people;
    expect(of()).toHaveLength(32);
    const here = of('620104001001');
    expect(here.length).toBeLessThan(12);
    expect(new Set(here.map(({ grade }) => grade)).size).toBe(3);
  });

  test('Xigu: volunteers are chosen by grade, specialty and duty', () => {
    const { library, stations } = open('xigu');
    const all = listPeople(library, stations, { role: 'volunteer' }, 'zh-CN');
    expect(all.choices.grades.map(({ value }) => value)).toEqual(['一级', '三级', '二级']);
    const chosen = listPeople(
      library,
      stations,
      { role: 'volunteer', grade: '一级', specialty: '婚姻家庭' },
      'zh-CN',
    ).people;
    expect(chosen.length).toBeGreaterThan(0);
    expect(chosen.length).toBeLessThan(all.people.length);
    expect(all.choices.helps.length).toBeGreaterThanOrEqual(6);
    for (const { value: help, count } of all.choices.helps) {
      const { people } = listPeople(library, stations, { role: 'volunteer', help }, 'zh-CN');
      expect(people, help).toHaveLength(count);
      expect(count, help).toBeLessThan(all.people.length / 2);
    }
  });

  test('Jilin: three to five law-wise residents in each village that has them', () => {
    const villages = Map.groupBy(
      bodies<PersonBody>('jilin', 'person').filter(({ role }) => role === 'law-wise'),
      ({ serves }) => serves[0],
    );
    const counts = [...villages.values()].map((members) => members.length);
    expect(counts.length).toBeGreaterThan(15);
    expect(counts.filter((count) => count < 3 || count > 5)).toEqual([]);
  });

  test.each(['bozhou', 'xigu', 'changzhou', 'wuhua'] as const)(
    '%s: law-wise residents are found too, three a village or community that was one, each plainly a sample',
    (profile) => {
      const { library, stations } = open(profile);
      const found = listPeople(library, stations, { role: 'law-wise' }, 'zh-CN').people;
      expect(found.length).toBeGreaterThan(10);
      const wise = bodies<PersonBody>(profile, 'person').filter(({ role }) => role === 'law-wise');
      const villages = Map.groupBy(wise, ({ serves }) => serves[0]);
      expect([...villages.values()].filter((members) => members.length < 3)).toEqual([]);
      expect(wise.filter(({ sample, name }) => !sample || !name.includes('示例'))).toEqual([]);
    },
  );

  test('Bozhou: advisers who speak Uyghur, Kazakh and Mongolian can be found', () => {
    const { library, stations } = open('bozhou');
    for (const spoken of ['ug-CN', 'kk-Arab-CN', 'mn-Mong-CN'] as const) {
      const filter = { role: 'village-adviser' as const, spoken };
      expect(listPeople(library, stations, filter, 'zh-CN').people.length, spoken).toBeGreaterThan(
        3,
      );
    }
  });
});

describe('honest states', () => {
  test('after the rosters end nobody is called on duty', () => {
    const { library, stations } = open('xigu', '2027-07-05 10:00');
    const list = listPeople(library, stations, {}, 'zh-CN');
    expect(list.rostersKnown).toBe(false);
    expect(list.choices.onDuty).toBe(0);
  });

  test('a person or place that is not there is not found', () => {
    const { library, stations } = open('wuhua');
    const notFound = new StationError('not-found');
    expect(() => getPerson(library, stations, 'person.nobody', 'zh-CN')).toThrow(notFound);
    expect(() => serving(library, stations, '999999', 'zh-CN')).toThrow(notFound);
  });
});
