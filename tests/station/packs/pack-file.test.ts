import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONTENT_KINDS } from '#shared/content/kinds/index.ts';
import type { PackFault } from '#station/packs/pack-file.ts';
import { readBarePack } from '#station/packs/profile-pack.ts';
import { hotlineFile, type WrittenPack, writtenPack } from './written-pack.ts';

let pack: WrittenPack;
beforeEach(() => {
  pack = writtenPack();
});
afterEach(() => pack.remove());

type Told = Pick<PackFault, 'line' | 'field' | 'fault' | 'remedy'>;

function faultsOf(content: string | Buffer, name = 'hotlines.yaml'): Told[] {
  const path = pack.write(name, content);
  return readBarePack(pack.folder).faults.map(({ file, ...told }) => {
    expect(file).toBe(path);
    return told;
  });
}

/** Zod's, YAML's and Node's own words must not reach a technician. */
const FOREIGN =
  /\b(?:invalid|expected|received|must|string|pattern|regex|error|undefined|null|ENOENT|EACCES|EISDIR|ENOTDIR|unrecognized|BAD_|MISSING_|TAB_)/i;

test.each([
  ['a list', '      what: [half', 16, '[', ']'],
  ['a list over several lines', '      what: [one,\n        two,', 16, '[', ']'],
  ['a mapping', '      what: { a: 1', 16, '{', '}'],
  ['a list in a mapping', '      what: { a: [1, 2 }', 16, '[', ']'],
])(
  'a bracket of %s that is never closed is named where it opens',
  (_name, text, line, open, close) => {
    const [first] = faultsOf(hotlineFile(text));
    expect(first).toEqual({
      line,
      field: '',
      fault: `括号 ${open} 没有关上`,
      remedy: `在这一项末尾补上 ${close}`,
    });
  },
);

test('a bracket that is closed too far to the left stays a matter of indentation', () => {
  expect(faultsOf('a:\n  b: [1,\n]\n')[0]).toMatchObject({ fault: '缩进不对' });
});

test('a sound file has no fault', () => expect(faultsOf(hotlineFile())).toEqual([]));

describe('a field', () => {
  test.each<[string, string[], Told]>([
    [
      'that is missing',
      ['      what: '],
      {
        line: 16,
        field: 'hotline.legal: body.what',
        fault: '这一项是空的',
        remedy: '写上内容，不需要就删掉这一行',
      },
    ],
    [
      'that is an empty text',
      ['      name: ""'],
      {
        line: 13,
        field: 'hotline.legal: body.name',
        fault: '这一项是空的',
        remedy: '写上内容，不需要就删掉这一行',
      },
    ],
    [
      'whose number has no quotes',
      ['      number: 12348'],
      {
        line: 14,
        field: 'hotline.legal: body.number',
        fault: '类型不对',
        remedy: '要写成文字，数字加引号',
      },
    ],
    [
      'that a pattern refuses',
      ['      number: "一二三四八"'],
      {
        line: 14,
        field: 'hotline.legal: body.number',
        fault: '格式不对',
        remedy: '号码只写数字和短横线',
      },
    ],
    [
      'outside its list of values',
      ['      group: fun'],
      {
        line: 15,
        field: 'hotline.legal: body.group',
        fault: '不在可选的值里',
        remedy: '可以写：legal、government、emergency、supervision、other',
      },
    ],
    [
      'that is too long',
      [`      what: ${'长'.repeat(81)}`],
      { line: 16, field: 'hotline.legal: body.what', fault: '太长', remedy: '不超过 80 个字' },
    ],
    [
      'that is too short',
      ['      what: 短'],
      { line: 16, field: 'hotline.legal: body.what', fault: '太短', remedy: '至少 4 个字' },
    ],
    [
      'that is no whole number',
      ['      order: 1.5'],
      { line: 18, field: 'hotline.legal: body.order', fault: '类型不对', remedy: '要写成整数' },
    ],
    [
      'that nobody knows',
      ['      colour: red'],
      {
        line: 12,
        field: 'hotline.legal: body',
        fault: '不认识的项目：colour',
        remedy: '删掉，或改成正确的名称',
      },
    ],
    [
      'that is no address of a page',
      ['      web: { name: 官网, url: www.12348.gov.cn }'],
      {
        line: 18,
        field: 'hotline.legal: body.web.url',
        fault: '网址不对',
        remedy: '写完整的网址，例如 https://www.example.gov.cn/',
      },
    ],
    [
      'of the defaults that is no date',
      ['  effectiveFrom: "2026-11-31"'],
      {
        line: 6,
        field: 'hotline.legal: effectiveFrom',
        fault: '格式不对',
        remedy: '要写成真实的日期，例如 2026-11-23',
      },
    ],
    [
      'of the defaults without a zone',
      ['  publishedAt: "2026-11-01T09:00:00"'],
      {
        line: 7,
        field: 'hotline.legal: publishedAt',
        fault: '格式不对',
        remedy: '要写成带时区的时间，例如 2026-11-01T09:00:00+08:00',
      },
    ],
    [
      'of the defaults that is no division code',
      ['  scope: "5301021"'],
      {
        line: 3,
        field: 'hotline.legal: scope',
        fault: '格式不对',
        remedy: '要写成 2、4、6、9 或 12 位的区划代码，加引号，例如 "530102001"',
      },
    ],
    [
      'named like no language',
      ['    translations: { fr: { fields: { name: x } } }'],
      {
        line: 18,
        field: 'hotline.legal: translations',
        fault: '不认识的项目：fr',
        remedy: '删掉，或改成正确的名称',
      },
    ],
    [
      'that names the record wrongly',
      ['  - id: Hotline.Legal'],
      {
        line: 11,
        field: 'Hotline.Legal: id',
        fault: '格式不对',
        remedy: '编号写成 kind.some-name，小写英文、数字和短横线',
      },
    ],
  ])('%s is told with line and remedy', (_name, changed, told) => {
    expect(faultsOf(hotlineFile(...changed))).toEqual([told]);
  });

  test('that a record has not is told at the record', () => {
    const faults = faultsOf(
      hotlineFile()
        .replace(/ {6}group: legal\n/, '')
        .replace(/ {2}editor: 甲\n/, ''),
    );
    expect(faults).toEqual([
      { line: 10, field: 'hotline.legal: editor', fault: '缺少这一项', remedy: '补上这一项' },
      {
        line: 11,
        field: 'hotline.legal: body.group',
        fault: '缺少这一项',
        remedy: '可以写：legal、government、emergency、supervision、other',
      },
    ]);
  });

  test('that breaks a rule between fields tells the rule', () => {
    const notice = hotlineFile('kind: event', '  - id: event.one')
      .replace(/ {6}name:[\s\S]*$/, '')
      .concat(
        '      title: 讲座\n      about: 讲遗嘱怎么写。\n      place: 会议室\n      date: "2026-12-04"\n      from: "10:00"\n      to: "09:00"\n',
      )
      .replace('    body:', '    validUntil: "2026-12-04"\n    body:');
    expect(faultsOf(notice)).toEqual([
      {
        line: 19,
        field: 'event.one: body.to',
        fault: '开始时间要早于结束时间',
        remedy: '改正这一处',
      },
    ]);
  });

  test('of a union tells all that it may be', () => {
    const form = hotlineFile('kind: form-sample', '  - id: form-sample.one')
      .replace(/ {6}name:[\s\S]*$/, '')
      .concat(
        '      title: 申请表\n      purpose: 申请法律援助用。\n      blocks:\n        - { type: poem, id: a }\n        - { type: note, id: b, text: 注 }\n      example: { name: 5 }\n',
      );
    expect(faultsOf(form)).toEqual([
      {
        line: 16,
        field: 'form-sample.one: body.blocks.0.type',
        fault: '缺少这一项，或不在可选的值里',
        remedy: '可以写：heading、fields、paragraph、choice、table、signature、note',
      },
      {
        line: 18,
        field: 'form-sample.one: body.example.name',
        fault: '类型不对',
        remedy: '要写成文字或列表（每项前面一个短横线），数字加引号',
      },
    ]);
  });

  test('of a list with too few items counts items, not letters', () => {
    const faq = hotlineFile('kind: pledge', '  - id: pledge.one')
      .replace(/ {6}name:[\s\S]*$/, '')
      .concat('      title: 承诺\n      items: []\n');
    expect(faultsOf(faq)).toEqual([
      { line: 14, field: 'pledge.one: body.items', fault: '太少', remedy: '至少 1 项' },
    ]);
  });
});

describe('a file', () => {
  test.each<[string, string | Buffer, Told]>([
    ['empty', '', { field: '', fault: '文件是空的', remedy: '写上内容，不需要就删掉这个文件' }],
    [
      'of blanks',
      ' \n\n',
      { field: '', fault: '文件是空的', remedy: '写上内容，不需要就删掉这个文件' },
    ],
    [
      'of a comment only',
      '# 以后再写\n',
      { line: undefined, field: '', fault: '这一项是空的', remedy: '写上内容，不需要就删掉这一行' },
    ],
    [
      'indented with tabs',
      'kind: hotline\ndefaults:\n\tscope: "00"\n',
      { line: 3, field: '', fault: '用了制表符（Tab）缩进', remedy: '改成空格' },
    ],
    [
      'with a key twice',
      'kind: hotline\nkind: faq\nrecords: []\n',
      { line: 2, field: '', fault: '同一个名称写了两次', remedy: '删掉其中一个' },
    ],
    [
      'with a quote left open',
      'kind: "hotline\nrecords: []\n',
      {
        line: 3,
        field: '',
        fault: '少了引号、括号或冒号',
        remedy: '补上；文字里有冒号、井号时整段加引号',
      },
    ],
    [
      'of two documents',
      'kind: hotline\nrecords: []\n---\nkind: faq\n',
      { line: 3, field: '', fault: '一个文件里写了两份内容（---）', remedy: '拆成两个文件' },
    ],
    [
      'in another encoding',
      Buffer.from([0x6b, 0x69, 0x6e, 0x64, 0x3a, 0x20, 0xb9, 0xab, 0xd6, 0xa4]),
      { field: '', fault: '文字编码不是 UTF-8', remedy: '用编辑器另存为 UTF-8 编码' },
    ],
    [
      'that aliases nothing',
      'kind: *nothing\nrecords: []\n',
      { field: '', fault: '用了过多的引用（& 和 *）或嵌套', remedy: '把内容直接写出来' },
    ],
    [
      'of another kind',
      'kind: poem\nrecords: []\n',
      {
        line: 1,
        field: 'kind',
        fault: '没有"poem"这类内容',
        remedy: `可以写：${Object.keys(CONTENT_KINDS).join('、')}`,
      },
    ],
    [
      'that is a list',
      '- 1\n- 2\n',
      { line: undefined, field: '', fault: '类型不对', remedy: '要写成项目（名称、冒号、内容）' },
    ],
  ])('%s is told so', (_name, content, told) => {
    expect(faultsOf(content)).toContainEqual(told);
  });

  test('with an alias bomb is refused without filling the memory', () => {
    const levels = Array.from({ length: 12 }, (_unused, at) => {
      const inner = Array.from({ length: 10 }, () => (at === 0 ? 'x' : `*a${at - 1}`)).join(', ');
      return `a${at}: &a${at} [${inner}]`;
    });
    expect(faultsOf(`${levels.join('\n')}\n`)).toEqual([
      { field: '', fault: '用了过多的引用（& 和 *）或嵌套', remedy: '把内容直接写出来' },
    ]);
  });

  test('nested deeper than any content is refused', () => {
    const [told] = faultsOf(`kind: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`);
    expect(told?.remedy).toBeDefined();
  });

  test('of 50 MB is not even read', () => {
    expect(faultsOf(Buffer.alloc(50_000_000, '#'))).toEqual([
      {
        field: '',
        fault: '文件太大（50 MB）',
        remedy: '一个文件不超过 8 MB，拆成几个，或删掉多余的',
      },
    ]);
  });

  test('with a byte order mark is read as it is', () => {
    expect(faultsOf(`\uFEFF${hotlineFile()}`)).toEqual([]);
  });

  test('that ends in .yml is not passed over in silence', () => {
    expect(faultsOf(hotlineFile(), 'hotlines.yml')).toEqual([
      { field: '', fault: '文件名的结尾不对，不会被读到', remedy: '结尾改成 .yaml' },
    ]);
  });

  test('that is a folder is told so', () => {
    mkdirSync(join(pack.folder, 'hotlines.yaml'));
    expect(readBarePack(pack.folder).faults).toMatchObject([{ fault: '文件读不出来' }]);
  });
});

test('a folder that is a file cannot be read', () => {
  const path = join(pack.folder, 'content');
  writeFileSync(path, '');
  expect(readBarePack(path).faults).toEqual([
    {
      file: path,
      field: '',
      fault: '文件夹读不出来',
      remedy: '检查它是不是文件夹、有没有读取权限',
    },
  ]);
});

test('no fault speaks the language of a library', () => {
  const broken = [
    hotlineFile('      number: 12348', '      group: fun', '      order: x', '      web: 5'),
    'kind: [\n',
    'a: b: c\n',
    'kind: hotline\nrecords: 5\n',
    'kind: hotline\nrecords: [5]\ndefaults: []\n',
    'kind: translations\nlanguage: fr\nrecords: { a: { b: 1 } }\n',
    '%YAML 9\n---\n- !!set x\n',
    '? [a]\n: b\n',
    '"\\q": 1\n',
    ': : :\n\t- x\n',
  ];
  for (const [at, content] of broken.entries()) pack.write(`${at}.yaml`, content);
  const { faults } = readBarePack(pack.folder);
  expect(faults.length).toBeGreaterThan(broken.length);
  expect(
    faults.filter(
      ({ fault, remedy }) =>
        FOREIGN.test(`${fault} ${remedy}`) ||
        !/\p{Script=Han}/u.test(fault) ||
        !/\p{Script=Han}/u.test(remedy),
    ),
  ).toEqual([]);
});
