/**
 * Writes, for each deployment profile, the people of its network who are not written by hand, with their rosters: leaders and
 * mediators of street stations, lawyers, village advisers, law-wise residents, volunteers, experts, notaries, grids, police
 * posts. All are samples and say so. Reads the outlets that `generate-divisions.mjs` has written: run that first, then this, look at the
 * difference, commit. `--check` writes nothing and exits 1 when a committed file differs.
 *
 *   node build/profiles/generate-people.mjs [--check] [profile ...]
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { FAMILY_NAMES, NETWORKS, SPECIALTIES } from './network.mjs';
import { PLACES } from './places.mjs';

/** @typedef {import('./network.mjs').Network} Network */
/** @typedef {import('./places.mjs').Place} Place */
/** @typedef {{ code: string, level: string }} Outlet */
/** @typedef {{ id: string, person: string, duty: string, from: string, to: string, when: string, window?: string }} Shift */
/**
 * @typedef {object} Maker What makes records for one place, with its counters.
 * @property {string} id
 * @property {Place} place
 * @property {Network} network
 * @property {Map<string, string>} names
 * @property {Outlet[]} outlets
 * @property {Set<string>} rostered Outlets whose roster is written by hand.
 * @property {string[][]} people
 * @property {{ id: string, name: string, serves: readonly string[] }[]} serving Whom has been made, to be named again in grids.
 * @property {Map<string, { title: string, shifts: Shift[] }>} rosters
 * @property {string[][]} grids
 * @property {string[][]} posts
 * @property {string[][]} postHours
 * @property {number} made How many people so far.
 * @property {Iterator<string>} freeNames Names that nobody of the place has yet.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const profiles = join(root, 'assets', 'profiles');
const HEADER =
  '# Written by build/profiles/generate-people.mjs; change network.mjs and run it again. 全部是示例人员。\n';
const OFFICE_NUMBER = 3001;
const MOBILE_NUMBER = 1001;
const WEEKDAY_NAMES = '一二三四五六日';
const WEEK_NAMES = '一二三四五';

/** @type {(id: string) => Maker} */
function makerOf(id) {
  const folder = join(profiles, id);
  const content = join(folder, 'content');
  const files = readdirSync(content)
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('network-'))
    .map((name) => parse(readFileSync(join(content, name), 'utf8')));
  const bodies = (/** @type {string} */ kind) =>
    files
      .filter((file) => file.kind === kind)
      .flatMap((file) => file.records)
      .map((record) => record.body);
  /** @type {{ code: string, name: string }[]} */
  const divisions = parse(readFileSync(join(folder, 'divisions.yaml'), 'utf8'));
  const place = PLACES[id];
  const network = NETWORKS[id];
  if (place === undefined || network === undefined) throw new Error(`no place ${id}`);
  return {
    id,
    place,
    network,
    names: new Map(divisions.map(({ code, name }) => [code, name])),
    outlets: bodies('station').sort((a, b) => (a.code < b.code ? -1 : 1)),
    rostered: new Set(bodies('roster').map((body) => body.station)),
    people: [],
    serving: [],
    rosters: new Map(),
    grids: [],
    posts: [],
    postHours: [],
    made: 0,
    freeNames: namesBeside(new Set(bodies('person').map(({ name }) => name))),
  };
}

/**
 * Names one after the other, none of those that are taken: a family name with 示例, and from the second round on a letter
 * that tells them apart.
 */
function* namesBeside(/** @type {ReadonlySet<string>} */ taken) {
  for (const letter of ['', ...Array.from('甲乙丙丁戊己庚辛壬癸')]) {
    for (let at = 0; at < FAMILY_NAMES.length; at += 1) {
      // In steps, so that neighbours in a list do not come in the order of the family names.
      const name = `${inTurn(FAMILY_NAMES, at * 37)}示例${letter}`;
      if (!taken.has(name)) yield name;
    }
  }
}

/** @type {<Item>(items: readonly Item[], at: number) => Item} */
function inTurn(items, at) {
  return /** @type {any} */ (items[at % items.length]);
}

/** Two specialties, in turn. */
function twoOf(/** @type {readonly string[]} */ list, /** @type {number} */ at) {
  return [inTurn(list, at), inTurn(list, at + 1 + (at % (list.length - 1)))].filter(
    (item, index, all) => all.indexOf(item) === index,
  );
}

/**
 * @param {Maker} maker
 * @param {{ name: string, role: string, title: string, organisation: string, office?: boolean, specialties?: readonly string[], spoken?: boolean,
 *   grade?: string, helps?: readonly string[], duties: readonly (readonly [string, string])[], serves: readonly string[], hours: readonly string[] }} person
 */
function addPerson(maker, person) {
  const at = maker.made;
  maker.made += 1;
  const id = `person.${maker.id}-${person.name}`;
  const { value: name, done } = maker.freeNames.next();
  if (done === true) throw new Error('not enough names');
  maker.serving.push({ id, name: person.name, serves: person.serves });
  const spoken = person.spoken === false ? [] : inTurn(maker.network.spoken ?? [[]], at);
  const phone = person.office
    ? `${maker.place.phonePrefix}${OFFICE_NUMBER + at}`
    : `138****${MOBILE_NUMBER + at}`;
  maker.people.push([
    `  - id: ${id}`,
    '    body:',
    `      name: ${name}`,
    '      sample: true',
    `      role: ${person.role}`,
    `      title: ${person.title}`,
    `      organisation: ${person.organisation}`,
    `      phone: "${phone}"`,
    ...(person.grade === undefined ? [] : [`      grade: ${person.grade}`]),
    ...(person.specialties === undefined
      ? []
      : [`      specialties: [${person.specialties.join(', ')}]`]),
    ...(spoken.length === 0 ? [] : [`      languages: [${['zh-CN', ...spoken].join(', ')}]`]),
    '      duties:',
    ...person.duties.map(([key, text]) => `        - { id: ${key}, text: ${text} }`),
    ...(person.helps === undefined ? [] : [`      helps: [${person.helps.join(', ')}]`]),
    `      serves: [${person.serves.map((code) => `"${code}"`).join(', ')}]`,
    '      hours:',
    ...person.hours.map((text, line) => `        - { id: h${line + 1}, text: ${text} }`),
  ]);
  return id;
}

/** @type {(maker: Maker, station: string, shift: Shift) => void} */
function addShift(maker, station, shift) {
  const roster = maker.rosters.get(station) ?? { title: '值班安排', shifts: [] };
  roster.shifts.push(shift);
  maker.rosters.set(station, roster);
}

const LEAD = /** @type {const} */ (['lead', '安排当天的工作，处理投诉和急事、难事。']);
const MEDIATE = /** @type {const} */ (['mediation', '主持调解，帮双方写协议，回访有没有照办。']);
const ANSWER = /** @type {const} */ (['advice', '当面解答法律问题，不收费。']);
const READ = /** @type {const} */ (['paper', '帮您看合同、判决书等文书，告诉您下一步怎么办。']);
const VISIT = /** @type {const} */ (['visit', '行动不便的，可以约上门。']);
const CHOOSE = /** @type {const} */ ([
  'choose',
  '您可以自己选他，打电话或者预约；一个人不够，可以几个人一起帮您。',
]);
const ADVISER = /** @type {const} */ ([
  ['advice', '到场解答法律问题，不收费'],
  ['mediation', '参与调解纠纷'],
  ['publicity', '讲法律知识'],
  ['aid', '帮您申请法律援助'],
]);

/** When an office opens and closes on a day, over all seasons: the latest start and the earliest end. */
function officeDay(/** @type {Place} */ place) {
  const ends = place.seasons.map((season) => season.periods.at(-1)?.to ?? '17:00').sort();
  return { from: morning(place).from, to: ends[0] ?? '17:00' };
}

/** The morning, which is the same in all seasons. */
function morning(/** @type {Place} */ place) {
  const first = place.seasons[0]?.periods[0];
  if (first === undefined) throw new Error('a place without hours');
  return first;
}

/** The stations of streets and towns whose roster nobody has written. */
function openStations(/** @type {Maker} */ maker) {
  return maker.outlets.filter(
    ({ code, level }) => level === 'station' && !maker.rostered.has(code),
  );
}

/** A leader and a mediator at each station. */
function staffStations(/** @type {Maker} */ maker) {
  const day = officeDay(maker.place);
  for (const { code } of openStations(maker)) {
    const street = maker.names.get(code) ?? '';
    const office = `${street.replace(/(?:街道|镇|乡)$/, '')}司法所`;
    const leader = addPerson(maker, {
      name: `${code}-leader`,
      role: 'leader',
      title: '司法所所长',
      organisation: office,
      office: true,
      duties: [LEAD],
      serves: [code],
      hours: ['工作日值班，具体看当天值班表'],
    });
    const mediator = addPerson(maker, {
      name: `${code}-mediator`,
      role: 'mediator',
      title: '人民调解员',
      organisation: `${street}人民调解委员会`,
      office: true,
      specialties: twoOf(SPECIALTIES.mediator, maker.made),
      duties: [MEDIATE],
      helps: ['mediation'],
      serves: [code],
      hours: ['工作日，急的纠纷随时联系'],
    });
    const week = 'weekdays: [1, 2, 3, 4, 5]';
    addShift(maker, code, { id: 'leader', person: leader, duty: 'leader', ...day, when: week });
    addShift(maker, code, {
      id: 'mediator',
      person: mediator,
      duty: 'mediation',
      window: 'mediation-room',
      ...day,
      when: week,
    });
  }
}

/** Lawyers shared out over the stations: some have one, some two, each on a morning of its own. */
function staffLawyers(/** @type {Maker} */ maker) {
  const stations = openStations(maker);
  const count = maker.network.lawyers ?? 0;
  for (let at = 0; at < count; at += 1) {
    const own = stations.filter((_station, index) => index % count === at);
    const days = own.map((_station, index) => 1 + ((at + 2 * index) % 5));
    const period = morning(maker.place);
    const person = addPerson(maker, {
      name: `street-lawyer-${at + 1}`,
      role: 'lawyer',
      title: '镇（街道）对接律师',
      organisation: `示例律师事务所（${(at % 6) + 1}）`,
      specialties: twoOf(SPECIALTIES.lawyer, at),
      duties: [ANSWER, READ],
      helps: ['advice', 'papers'],
      serves: own.map(({ code }) => code),
      hours: own.map(
        ({ code }, index) =>
          `每周${WEEKDAY_NAMES[(days[index] ?? 1) - 1]} ${period.from}–${period.to} 在${maker.names.get(code)}工作站`,
      ),
    });
    own.forEach(({ code }, index) => {
      addShift(maker, code, {
        id: 'lawyer',
        person,
        duty: 'lawyer',
        window: 'w2',
        ...period,
        when: `weekdays: [${days[index]}]`,
      });
    });
  }
}

/** A village adviser for each few communities of a street, half a day a month in each of them. */
function staffAdvisers(/** @type {Maker} */ maker) {
  const { communitiesAnAdviser, adviserWeeks } = maker.network;
  const open = maker.outlets.filter(
    ({ code, level }) =>
      (level === 'workroom' || level === 'point') &&
      code.length === 12 &&
      !maker.rostered.has(code),
  );
  const streets = Map.groupBy(open, ({ code }) => code.slice(0, 9));
  for (const [street, members] of streets) {
    for (let first = 0; first < members.length; first += communitiesAnAdviser) {
      adviseCommunities(
        maker,
        `${street}-adviser-${first / communitiesAnAdviser + 1}`,
        members.slice(first, first + communitiesAnAdviser),
        adviserWeeks,
      );
    }
  }
}

/** @type {(maker: Maker, name: string, members: Outlet[], weeks: readonly number[]) => void} */
function adviseCommunities(maker, name, members, weeks) {
  const period = morning(maker.place);
  const start = maker.made;
  // No two communities on the same day: another weekday for each, another week after five.
  const days = members.map((_member, at) => 1 + ((start + at) % 5));
  const nth = `第${weeks.map((week) => WEEK_NAMES[week - 1]).join('、')}个`;
  const person = addPerson(maker, {
    name,
    role: 'village-adviser',
    title: '村居法律顾问',
    organisation: `示例律师事务所（${(start % 6) + 1}）`,
    specialties: twoOf(SPECIALTIES.lawyer, start),
    duties: ADVISER,
    helps: ['advice', 'mediation', 'publicity', 'legal-aid'],
    serves: members.map(({ code }) => code),
    hours: members.map(
      ({ code }, at) =>
        `每月${nth}星期${WEEKDAY_NAMES[(days[at] ?? 1) - 1]} ${period.from}–${period.to} ${maker.names.get(code)}`,
    ),
  });
  members.forEach(({ code }, at) => {
    addShift(maker, code, {
      id: 'adviser',
      person,
      duty: 'adviser',
      window: 'desk',
      ...period,
      when: `monthly: { nth: [${weeks.join(', ')}], weekday: ${days[at]} }`,
    });
  });
}

/** The committee of a village (村) or of a community. */
function committeeOf(/** @type {string} */ name) {
  return `${name}${name.endsWith('村') ? '民' : '居民'}委员会`;
}

/** Three law-wise residents or more in the first few villages of each township. */
function nameLawWise(/** @type {Maker} */ maker) {
  const { villages: aTownship, each, communitiesOf = [] } = maker.network.lawWise;
  // Villages without an outlet of their own have them, too.
  const codes = [...maker.names]
    .filter(
      ([code, name]) =>
        code.length === 12 && (name.endsWith('村') || communitiesOf.includes(code.slice(0, 9))),
    )
    .map(([code]) => code)
    .filter((code) => !maker.rostered.has(code));
  const villages = Map.groupBy(codes, (code) => code.slice(0, 9));
  const chosen = [...villages.values()].flatMap((members) => members.slice(0, aTownship));
  chosen.forEach((code, at) => {
    for (let one = 1; one <= inTurn(each, at); one += 1)
      addPerson(maker, {
        name: `${code}-law-wise-${one}`,
        role: 'law-wise',
        title: '法律明白人',
        organisation: committeeOf(maker.names.get(code) ?? ''),
        specialties: [inTurn(['邻里', '土地承包', '婚姻家庭', '老人赡养'], at + one)],
        duties: [['first', '先听您说，讲清简单的道理和法律，帮您找到该找的人。']],
        helps: inTurn([['advice'], ['mediation', 'advice'], ['publicity', 'advice']], at + one),
        serves: [code],
        hours: [`住在${maker.names.get(code)?.endsWith('村') ? '村' : '社区'}里，随时可以找`],
      });
  });
}

/** What volunteers do, each something else; the title says the main thing. */
const VOLUNTEER_WORK = /** @type {const} */ ([
  { name: '解答咨询', helps: ['advice', 'papers'], duties: [ANSWER, READ] },
  {
    name: '参与调解',
    helps: ['mediation'],
    duties: [['mediation', '参与调解家里的、邻里的纠纷。']],
  },
  {
    name: '陪同办事',
    helps: ['company'],
    duties: [['company', '陪您去法院、仲裁委、办事大厅，帮您找窗口、递材料。']],
  },
  {
    name: '讲法律',
    helps: ['publicity', 'advice'],
    duties: [['publicity', '到村、社区、学校讲法律，发资料。'], ANSWER],
  },
  {
    name: '上门服务',
    helps: ['visit', 'legal-aid'],
    duties: [VISIT, ['aid', '帮老人、残疾人准备法律援助申请，代为递交。']],
  },
]);

/** The streets and towns in twos, neighbours in the list of a district; the last one may stand alone. */
function neighbouringStations(/** @type {Maker} */ maker) {
  const stations = maker.outlets.filter(({ level }) => level === 'station');
  const districts = Map.groupBy(stations, ({ code }) => code.slice(0, 6));
  return [...districts.values()].flatMap((members) =>
    members.flatMap((_station, at) => (at % 2 === 0 ? [members.slice(at, at + 2)] : [])),
  );
}

/** The team of volunteers: each with two specialties and a street or two, on a half day at the station of one of them. */
function nameVolunteers(/** @type {Maker} */ maker) {
  const { volunteers } = maker.network;
  const pairs = neighbouringStations(maker);
  const period = morning(maker.place);
  for (let at = 0; at < volunteers.count; at += 1) {
    const pair = at % pairs.length;
    const round = Math.floor(at / pairs.length);
    const own = inTurn(pairs, pair).map(({ code }) => code);
    const open = own.filter((code) => !maker.rostered.has(code));
    if (open.length === 0) throw new Error(`no station for a volunteer of ${own.join(', ')}`);
    const code = inTurn(open, round);
    // Those of one pair come on other days and do other things.
    const weekday = 1 + ((pair + round) % 5);
    const work = inTurn(VOLUNTEER_WORK, pair + 2 * round);
    const person = addPerson(maker, {
      name: `volunteer-${at + 11}`,
      role: 'volunteer',
      title: `${volunteers.title}（${work.name}）`,
      organisation: volunteers.organisation,
      grade: volunteers.grades && inTurn(volunteers.grades, at),
      specialties: twoOf(SPECIALTIES.volunteer, at),
      duties: [CHOOSE, ...work.duties],
      helps: work.helps,
      serves: own,
      hours: [
        `每周${WEEKDAY_NAMES[weekday - 1]} ${period.from}–${period.to} 在${maker.names.get(code)}工作站，其他时间可以预约`,
      ],
    });
    addShift(maker, code, {
      id: `volunteer-${at + 11}`,
      person,
      duty: 'volunteer',
      window: 'w1',
      ...period,
      when: `weekdays: [${weekday}]`,
    });
  }
}

function nameExperts(/** @type {Maker} */ maker) {
  const all = widestScope(maker.place);
  maker.network.experts.forEach((field, at) => {
    addPerson(maker, {
      name: `expert-${at + 11}`,
      role: 'expert',
      title: `调解专家（${field}）`,
      organisation: `${maker.names.get(all)}调解专家库`,
      office: true,
      specialties: [field],
      duties: [['major', '重大、复杂的纠纷，由公共法律服务中心请来一起调解。']],
      helps: ['mediation'],
      serves: [all],
      hours: ['由中心约时间'],
    });
  });
}

function nameNotaries(/** @type {Maker} */ maker) {
  const period = morning(maker.place);
  for (const { office, serves, outlet, count } of maker.network.notaries ?? []) {
    for (let one = 1; one <= count; one += 1) {
      const weekdays = one === 1 ? [1, 3, 5] : [2, 4];
      const person = addPerson(maker, {
        name: `notary-${outlet.toLowerCase()}-${one}`,
        role: 'notary',
        title: '公证员',
        organisation: office,
        office: true,
        specialties: ['遗嘱继承', '委托声明'],
        duties: [['guide', '告诉您能不能办公证、要带什么、多少钱。'], VISIT],
        helps: ['notary', 'visit'],
        serves: [...serves, outlet],
        hours: [
          `每周${weekdays.map((day) => WEEKDAY_NAMES[day - 1]).join('、')} ${period.from}–${period.to} 在${office}`,
        ],
      });
      addShift(maker, outlet, {
        id: `notary-${one}`,
        person,
        duty: 'notary',
        ...period,
        when: `weekdays: [${weekdays.join(', ')}]`,
      });
    }
  }
}

/** Grids: two in each community of one street, and one in the first community of each other, each with contacts of its own. */
function makeGrids(/** @type {Maker} */ maker) {
  const { grids } = maker.network;
  if (grids === undefined) return;
  const stations = new Set(
    maker.outlets.filter(({ level }) => level === 'station').map(({ code }) => code),
  );
  const communities = [...maker.names].flatMap(([code, name]) =>
    code.length === 12 && /(?:社区|村)$/.test(name) && !maker.rostered.has(code) ? [code] : [],
  );
  const streets = Map.groupBy(communities, (code) => code.slice(0, 9));
  const aid = new Map(maker.place.districts.map((district) => [district, addAid(maker, district)]));
  for (const [street, members] of streets) {
    const district = street.slice(0, 6);
    if (street === grids.street)
      members.forEach((code, at) => {
        const shared = { lawyer: inTurn(grids.lawyers, at), notary: grids.notary, aid: grids.aid };
        makeCommunityGrids(maker, code, at, ['东', '西'], shared);
      });
    else if (stations.has(street))
      makeCommunityGrids(maker, members[0] ?? '', maker.made, ['东'], {
        lawyer: whoServes(maker, 'street-lawyer', street),
        notary: whoServes(maker, 'notary', district),
        aid: aid.get(district) ?? '',
      });
  }
}

/** The contact for legal aid of a district's grids. */
function addAid(/** @type {Maker} */ maker, /** @type {string} */ district) {
  return addPerson(maker, {
    name: `${district}-aid-contact`,
    role: 'legal-aid-contact',
    title: '法律援助联络员',
    organisation: `${maker.names.get(district)}法律援助中心`,
    office: true,
    duties: [['aid', '告诉您够不够条件，帮您准备申请，送到法律援助中心。']],
    helps: ['legal-aid'],
    serves: [district],
    hours: ['工作日'],
  });
}

/** The first person of a kind made before who serves a division. @type {(maker: Maker, kind: string, code: string) => string} */
function whoServes(maker, kind, code) {
  const found = maker.serving.find(
    ({ name, serves }) => name.startsWith(kind) && serves.includes(code),
  );
  if (found === undefined) throw new Error(`no ${kind} serves ${code}`);
  return found.id;
}

/**
 * @param {Maker} maker
 * @param {string} code
 * @param {number} at
 * @param {readonly string[]} sides Each is a grid.
 * @param {{ lawyer: string, notary: string, aid: string }} shared Those who have several grids.
 */
function makeCommunityGrids(maker, code, at, sides, shared) {
  const name = maker.names.get(code) ?? '';
  const codes = sides.map((_side, index) => `${code}-G0${index + 1}`);
  const publicist = addPerson(maker, {
    name: `${code}-grid-publicist`,
    role: 'publicist',
    title: '网格法治宣传员',
    organisation: committeeOf(name),
    office: true,
    duties: [['publicity', '发法律资料，通知讲座，收大家想听什么。']],
    helps: ['publicity'],
    serves: [code, ...codes],
    hours: ['工作日在网格里'],
  });
  sides.forEach((side, index) => {
    const grid = codes[index] ?? '';
    const mediator = addPerson(maker, {
      name: `${grid.toLowerCase()}-mediator`,
      role: 'mediator',
      title: '网格调解员',
      organisation: `${name}人民调解委员会`,
      office: true,
      specialties: twoOf(SPECIALTIES.mediator, at + index),
      duties: [MEDIATE],
      helps: ['mediation'],
      serves: [grid],
      hours: ['工作日，急的纠纷随时联系'],
    });
    maker.grids.push([
      `  - id: grid.${grid.toLowerCase()}`,
      `    scope: ${grid}`,
      '    body:',
      `      code: ${grid}`,
      `      name: ${name}第${index + 1}网格`,
      `      area: ${name}${side}片（示例范围）`,
      '      contacts:',
      `        - { id: mediator, person: ${mediator}, duty: mediator }`,
      `        - { id: lawyer, person: ${shared.lawyer}, duty: lawyer }`,
      `        - { id: publicist, person: ${publicist}, duty: publicist }`,
      `        - { id: notary, person: ${shared.notary}, duty: notary }`,
      `        - { id: legal-aid-contact, person: ${shared.aid}, duty: legal-aid-contact }`,
    ]);
  });
}

/** A convenience police post in each street without one, staffed day and night. */
function makePosts(/** @type {Maker} */ maker) {
  if (maker.network.policePosts !== true) return;
  const has = new Set(
    maker.outlets
      .filter(({ level }) => level === 'police-post')
      .map(({ code }) => code.slice(0, 9)),
  );
  const streets = maker.outlets.filter(({ code, level }) => level === 'station' && !has.has(code));
  streets.forEach(({ code }, at) => {
    const post = `${code}-J01`;
    const street = maker.names.get(code);
    const number = at + has.size + 1;
    const person = addPerson(maker, {
      name: `${code}-police`,
      role: 'police',
      title: '便民警务站值班民警',
      organisation: `${street} ${number}号便民警务站`,
      office: true,
      duties: [['first', '先处理急事，再告诉您去哪里解决法律问题；帮您接通 12348。']],
      serves: [post],
      hours: ['全天有人值班'],
    });
    maker.posts.push([
      `  - id: station.${post.toLowerCase()}`,
      `    scope: ${post}`,
      '    body:',
      `      code: ${post}`,
      '      level: police-post',
      `      place: ${number}号`,
      `      address: ${street}（示例地址）`,
      `      phone: "${maker.place.phonePrefix}${2001 + at}"`,
      '      windows:',
      '        - { id: desk, label: 服务台, name: 法律咨询和指引, lines: [reception, advice, mediation, legal-aid, publicity] }',
    ]);
    maker.postHours.push([
      `  - id: hours.${post.toLowerCase()}`,
      `    scope: ${post}`,
      '    body:',
      `      station: ${post}`,
      '      title: 服务时间',
      '      seasons:',
      '        - { id: all-day, from: "01-01", to: "12-31", weekdays: [1, 2, 3, 4, 5, 6, 7], periods: [{ from: "00:00", to: "24:00" }] }',
      '      followsCalendar: false',
      '      note: 警务站全天有人；法律咨询可以用这里的电话打 12348。',
    ]);
    addShift(maker, post, {
      id: 'police',
      person,
      duty: 'police',
      window: 'desk',
      from: '00:00',
      to: '24:00',
      when: 'weekdays: [1, 2, 3, 4, 5, 6, 7], whenClosed: true',
    });
  });
}

/** @type {(maker: Maker) => string[][]} */
function rosterRecords({ rosters }) {
  return [...rosters].map(([station, { title, shifts }]) => [
    `  - id: roster.${station.toLowerCase()}`,
    `    scope: "${station}"`,
    '    body:',
    `      station: "${station}"`,
    `      title: ${title}`,
    '      shifts:',
    ...shifts.map(
      ({ id, person, duty, window, from, to, when }) =>
        `        - { id: ${id}, person: ${person}, duty: ${duty}, ${window === undefined ? '' : `window: ${window}, `}from: "${from}", to: "${to}", ${when} }`,
    ),
  ]);
}

/** @type {(kind: string, records: string[][], more: readonly string[]) => string} */
function file(kind, records, more) {
  return [
    `${HEADER}kind: ${kind}`,
    'defaults:',
    ...more.map((line) => `  ${line}`),
    '  responsibleBody: local',
    '  effectiveFrom: "2026-11-01"',
    '  publishedAt: "2026-11-01T09:00:00+08:00"',
    '  editor: 内容编写组',
    '  reviewer: 待本地司法局审核',
    'records:',
    ...records.flat(),
    '',
  ].join('\n');
}

/** A roster of several outlets belongs to each outlet's own scope; people are everyone's to find. */
function widestScope(/** @type {Place} */ { districts }) {
  const [first = ''] = districts;
  return districts.length === 1 ? first : first.slice(0, 4);
}

/** @type {(id: string) => [string, string | undefined][]} */
function filesOf(id) {
  const maker = makerOf(id);
  for (const make of [
    staffStations,
    staffLawyers,
    staffAdvisers,
    nameVolunteers,
    nameExperts,
    nameNotaries,
    makeGrids,
    makePosts,
    nameLawWise,
  ])
    make(maker);
  const path = (/** @type {string} */ name) =>
    join(profiles, id, 'content', `network-${name}.yaml`);
  /** @type {(kind: string, records: string[][], more: string[]) => string | undefined} */
  const filled = (kind, records, more) =>
    records.length === 0 ? undefined : file(kind, records, more);
  return [
    [
      path('people'),
      filled('person', maker.people, [
        `scope: "${widestScope(maker.place)}"`,
        'source: 本单位人员资料（示例）',
        'confirm: [示例人员，换成真实人员并取得本人同意]',
      ]),
    ],
    [
      path('rosters'),
      filled('roster', rosterRecords(maker), [
        'source: 本单位值班安排（示例）',
        'validUntil: "2027-06-30"',
        'confirm: [值班表，按实际排班更新]',
      ]),
    ],
    [
      path('grids'),
      filled('grid', maker.grids, [
        'source: 常州市公共法律服务进网格方案（2020 年）；网格划分为示例',
        'confirm: [网格的划分和名称，联系人换成真实人员]',
      ]),
    ],
    [
      path('posts'),
      filled('station', maker.posts, [
        'source: 本单位网点资料（示例）',
        'confirm: [便民警务站的编号、位置、电话和合作方式]',
      ]),
    ],
    [
      path('post-hours'),
      filled('hours', maker.postHours, [
        'source: 本单位网点资料（示例）',
        'confirm: [警务站是否全天有人]',
      ]),
    ],
  ];
}

function run(/** @type {string[]} */ args) {
  const check = args.includes('--check');
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const files = Object.keys(NETWORKS)
    .filter((id) => wanted.length === 0 || wanted.includes(id))
    .flatMap(filesOf);
  const stale = files.filter(
    ([path, text]) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined) !== text,
  );
  for (const [path, text] of check ? [] : stale) {
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
  for (const [path] of stale) {
    process.stdout.write(`${check ? '与网络资料不一致' : '已写入'}: ${relative(root, path)}\n`);
  }
  return check && stale.length > 0 ? 1 : 0;
}

process.exitCode = run(process.argv.slice(2));
