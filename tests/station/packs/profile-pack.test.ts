import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packDigest } from '#station/packs/pack-digest.ts';
import { readProfilePack } from '#station/packs/profile-pack.ts';
import { hotlineFile, SOUND_PROFILE, type WrittenPack, writtenPack } from './written-pack.ts';

const STATIONS = 'profiles/town/content/stations.yaml';
const PROFILE = 'profiles/town/profile.yaml';

let pack: WrittenPack;
beforeEach(() => {
  pack = writtenPack(SOUND_PROFILE);
});
afterEach(() => pack.remove());

const folder = () => join(pack.folder, 'profiles/town');

function change(file: string, from: string | RegExp, to: string): void {
  const before = SOUND_PROFILE[file] ?? '';
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  pack.write(file, after);
}

function faults(): string[] {
  return readProfilePack(folder()).faults.map(
    ({ file, line, field, fault, remedy }) =>
      `${file.slice(pack.folder.length + 1)}${line === undefined ? '' : `:${line}`} ${field}: ${fault}；${remedy}`,
  );
}

test('a sound profile is read with the starter pack beside it, and answers for its records', () => {
  const read = readProfilePack(folder());
  expect(read.faults).toEqual([]);
  expect(read.pack?.records.map(({ record }) => [record.id, record.responsibleBody])).toEqual([
    ['hotline.legal', '某区司法局'],
    ['station.530102001', '某区司法局'],
  ]);
});

describe('a wrong profile.yaml', () => {
  test('that is missing is told before anything else', () => {
    rmSync(join(folder(), 'profile.yaml'));
    expect(faults()).toEqual([
      `${PROFILE} : 没有这个文件；补上它，可以照 assets/profiles/wuhua 的写`,
    ]);
  });

  test.each([
    [
      'display',
      /display:.*/,
      'display: { mmPerPx: 369, screenBottomMm: 720 }',
      `${PROFILE}:12 display.mmPerPx: 数字太大；不超过 1.5`,
    ],
    ['district', '"530102"', '530102', `${PROFILE}:4 district: 类型不对；要写成文字，数字加引号`],
    ['model', '3+X', '5+X', `${PROFILE}:7 model: 不在可选的值里；可以写：3+X、4+X`],
    [
      'services',
      'notary]',
      'banking]',
      `${PROFILE}:8 services.3: 不在可选的值里；可以写：legal-aid、mediation、advice、publicity、lawyer、notary、appraisal、grassroots、judicial-exam、resettlement、pro-mediation、remote-visit`,
    ],
    [
      'languages',
      '[zh-CN]',
      '[zh-CN, fr]',
      `${PROFILE}:11 languages.1: 不在可选的值里；可以写：zh-CN、en、ug-CN、kk-Arab-CN、mn-Mong-CN、bo-CN、ii-CN、za-CN`,
    ],
    [
      'printer',
      /$/,
      'printer: { document: lp }\n',
      `${PROFILE}:13 printer.document: 格式不对；写 none，或 cups: 加打印机名称`,
    ],
    [
      'idle',
      /$/,
      'idle: { warningSeconds: 5 }\n',
      `${PROFILE}:13 idle.warningSeconds: 数字太小；至少 20`,
    ],
    [
      'platform',
      /$/,
      'platform: { name: 平台, url: 12348.gov.cn }\n',
      `${PROFILE}:13 platform.url: 网址不对；写完整的网址，例如 https://www.example.gov.cn/`,
    ],
    [
      'naming',
      'station:',
      'stations:',
      `${PROFILE}:9 naming: 不认识的项目：stations；删掉，或改成正确的名称`,
    ],
    [
      'defaultStation',
      /defaultStation: .*/,
      'defaultStation: "530102002"',
      `${PROFILE} defaultStation: 没有代码为 530102002 的网点；改成 content 里已有的网点代码`,
    ],
    [
      'displays',
      /$/,
      'displays: { "530102009": { mmPerPx: 0.3, screenBottomMm: 700 } }\n',
      `${PROFILE} displays: 没有代码为 530102009 的网点；改成 content 里已有的网点代码`,
    ],
  ])('has its fault at %s told', (_field, from, to, told) => {
    change(PROFILE, from, to);
    expect(faults()).toEqual([told]);
  });
});

describe('one fault does not hide or invent another', () => {
  const TRANSLATED = `kind: translations\nlanguage: en\nrecords:\n  hotline.legal:\n    name: Legal line\n`;

  test('faults of settings and of content are told in one run', () => {
    change(PROFILE, '3+X', '5+X');
    pack.write(STATIONS, (SOUND_PROFILE[STATIONS] ?? '').replace('id: w1', 'id: w1, size: 3'));
    pack.write('profiles/town/divisions.yaml', '- { code: 530102001, name: 华山街道 }\n');
    expect(faults()).toEqual([
      `${PROFILE}:7 model: 不在可选的值里；可以写：3+X、4+X`,
      'profiles/town/divisions.yaml:1 0.code: 类型不对；要写成文字，数字加引号',
      `${STATIONS}:15 station.530102001: body.windows.0: 不认识的项目：size；删掉，或改成正确的名称`,
    ]);
  });

  test('outlets are held against the sound settings beside a faulty one', () => {
    change(PROFILE, '3+X', '5+X');
    const text = (SOUND_PROFILE[PROFILE] ?? '').replace('3+X', '5+X');
    pack.write(PROFILE, text.replace('defaultStation: "530102001"', 'defaultStation: "530102009"'));
    pack.write('profiles/town/divisions.yaml', '- { code: "530102002", name: 护国街道 }\n');
    expect(faults()).toEqual([
      `${PROFILE}:7 model: 不在可选的值里；可以写：3+X、4+X`,
      `${STATIONS}:10 station.530102001: body.code: divisions.yaml 里没有代码 530102001 的名称；核对代码、命名规则（profile.yaml 的 naming）和 divisions.yaml`,
      `${PROFILE} defaultStation: 没有代码为 530102009 的网点；改成 content 里已有的网点代码`,
    ]);
  });

  test('a translation of a record with a fault is not called one of no record', () => {
    pack.write('starter/en.yaml', TRANSLATED);
    pack.write('starter/hotlines.yaml', hotlineFile('      group: fun'));
    expect(faults()).toEqual([
      'starter/hotlines.yaml:15 hotline.legal: body.group: 不在可选的值里；可以写：legal、government、emergency、supervision、other',
    ]);
  });

  test.each([
    ['is no YAML', hotlineFile('      what: "half'), '少了引号、括号或冒号'],
    ['has an unknown kind', hotlineFile('kind: telephone'), '没有"telephone"这类内容'],
    ['has another list', hotlineFile('records: {}', 'more:'), '缺少这一项|类型不对|缩进不对'],
  ])('nor where the whole file %s; a name that stands nowhere still is', (_name, text, told) => {
    pack.write('starter/en.yaml', `${TRANSLATED}  hotline.none:\n    name: x\n`);
    pack.write('starter/hotlines.yaml', text);
    const found = faults();
    expect(found[0]).toMatch(new RegExp(told));
    expect(found.filter((line) => line.includes('译文对应的记录不存在'))).toEqual([
      'starter/en.yaml:6 hotline.none: 译文对应的记录不存在；改正编号，或删掉这段译文',
    ]);
  });

  test('an outlet with a fault of its own is not called missing by those that name it', () => {
    const hours = (station: string) => `kind: hours
${(SOUND_PROFILE[STATIONS] ?? '').split('\n').slice(1, 8).join('\n')}
records:
  - id: hours.one
    scope: "530102001"
    body:
      station: "${station}"
      title: 服务时间
      followsCalendar: true
      seasons: [{ id: a, from: 01-01, to: 12-31, weekdays: [1], periods: [{ from: "09:00", to: "17:00" }] }]
`;
    change(STATIONS, 'level: station', 'level: palace');
    pack.write('profiles/town/content/hours.yaml', hours('530102001'));
    expect(faults()).toEqual([
      `${STATIONS}:14 station.530102001: body.level: 不在可选的值里；可以写：city-centre、centre、station、workroom、point、police-post、notary-office`,
    ]);
    pack.write('profiles/town/content/hours.yaml', hours('530102009'));
    expect(faults()).toContainEqual(expect.stringContaining('没有代码为 530102009 的网点'));
  });

  test('a placeholder that nobody knows is told once, in the naming rule', () => {
    change(PROFILE, '{street}', '{strasse}');
    expect(faults()).toEqual([
      `${PROFILE}:9 naming.station: 命名规则里不认识 {strasse}；可以写：{province}、{city}、{district}、{street}、{community}、{place}`,
    ]);
    change(PROFILE, '{street}', '{street');
    expect(faults()).toHaveLength(1);
    expect(faults()[0]).toContain('naming.station: 命名规则里不认识 {；');
  });
});

describe('content of a profile', () => {
  test('whose folder is missing is told', () => {
    rmSync(join(folder(), 'content'), { recursive: true });
    expect(faults()).toEqual([
      'profiles/town/content : 没有这个文件夹；建好它，把本地的内容放进去',
    ]);
  });

  test('an outlet whose name cannot be made', () => {
    change('profiles/town/divisions.yaml', '530102001', '530102002');
    expect(faults()).toEqual([
      `${STATIONS}:10 station.530102001: body.code: divisions.yaml 里没有代码 530102001 的名称；核对代码、命名规则（profile.yaml 的 naming）和 divisions.yaml`,
    ]);
  });

  test('two outlets of one code', () => {
    const text = SOUND_PROFILE[STATIONS] ?? '';
    const record = text.slice(text.indexOf('  - id:'));
    pack.write(STATIONS, `${text}${record.replace('station.530102001', 'station.other')}`);
    expect(faults()).toEqual([
      `${STATIONS}:10 station.530102001: body.code: 网点代码 530102001 已经有了（station.other）；改正代码；同一个区划的第二个网点加后缀，例如 -J01`,
    ]);
  });

  test('a roster for an unknown outlet, at an unknown window, with an unknown person', () => {
    const roster = (station: string, window: string, person: string) =>
      (SOUND_PROFILE[STATIONS] ?? '')
        .replace('kind: station', 'kind: roster')
        .replace(/records:[\s\S]*$/, '')
        .concat(`  validUntil: "2027-06-30"
records:
  - id: roster.one
    scope: "530102001"
    body:
      station: "${station}"
      title: 值班安排
      shifts:
        - { id: a, person: person.${person}, duty: leader, window: ${window}, from: "09:00", to: "17:00", weekdays: [1] }
`);
    pack.write('profiles/town/content/roster.yaml', roster('530102001', 'w9', 'nobody'));
    expect(faults()).toEqual([
      'profiles/town/content/roster.yaml:11 roster.one: body.shifts.0.person: 指向了不存在的记录 person.nobody；改正编号，或补上那条记录',
      'profiles/town/content/roster.yaml:11 roster.one: body.shifts.0.window: 网点 530102001 没有窗口"w9"；可以写：w1',
    ]);
    pack.write('profiles/town/content/roster.yaml', roster('530102007', 'w1', 'nobody'));
    expect(faults()).toContain(
      'profiles/town/content/roster.yaml:11 roster.one: scope: 范围 530102001 里看不到网点 530102007；改正 scope，写成这条内容所属的区划或网点代码',
    );
    expect(faults()).toContain(
      'profiles/town/content/roster.yaml:11 roster.one: body.station: 没有代码为 530102007 的网点；改成已有的网点代码，或补上网点',
    );
  });

  test('a translation of no record, of no field, and twice', () => {
    const english = (fields: string) =>
      `kind: translations\nlanguage: en\nrecords:\n  hotline.legal:\n    ${fields}\n`;
    pack.write(
      'starter/en.yaml',
      english('name: Legal line\n    nonsense: x\n  hotline.none:\n    name: x'),
    );
    expect(faults()).toEqual([
      'starter/en.yaml:6 hotline.legal: nonsense: 译文对应的字段不存在；列表里的项目用它的 id 指明',
      'starter/en.yaml:7 hotline.none: 译文对应的记录不存在；改正编号，或删掉这段译文',
    ]);
    pack.write('starter/en.yaml', english('name: Legal line'));
    pack.write('starter/en-again.yaml', english('name: Law line'));
    expect(faults()).toEqual([
      'starter/en.yaml:4 hotline.legal: 这条记录的 en 译文写了两处；合成一处',
    ]);
  });
});

test('the digest of a pack changes with its content and its reader only', () => {
  const before = packDigest(folder(), '1.0.0');
  expect(packDigest(folder(), '1.0.0')).toBe(before);
  expect(packDigest(folder(), '1.0.1')).not.toBe(before);
  pack.write('starter/notes.txt', 'x');
  expect(packDigest(folder(), '1.0.0')).toBe(before);
  change(STATIONS, '1号窗口', '2号窗口');
  expect(packDigest(folder(), '1.0.0')).not.toBe(before);
});
