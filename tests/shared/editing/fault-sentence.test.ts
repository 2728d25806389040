import { expect, test } from 'vitest';
import { z } from 'zod';
import { CONTENT_KINDS, kindNamed } from '#shared/content/kinds/index.ts';
import { faultSentence } from '#shared/editing/fault-sentence.ts';
import { FIELD_NAMES } from '#shared/editing/field-names.ts';
import { formFor } from '#shared/editing/forms.ts';
import { valueName } from '#shared/editing/value-names.ts';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly [more: string]: unknown;
}

/** Every name of a field anywhere in a schema. */
function namesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {} } = node as Node;
  return [...Object.keys(properties), ...Object.values(node).flatMap(namesIn)];
}

test.each(Object.values(CONTENT_KINDS))('every field of $kind has a Chinese name', ({ body }) => {
  const schema = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
  const lacking = namesIn(schema).filter(
    (name) => !/\p{Script=Han}/u.test(FIELD_NAMES[name] ?? ''),
  );
  expect(lacking).toEqual([]);
});

/** Every value that a schema lets somebody choose, with the name of its field. */
function choicesIn(node: unknown, field = ''): [field: string, value: string][] {
  if (Array.isArray(node)) return node.flatMap((inner) => choicesIn(inner, field));
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {}, enum: many = [], const: one, ...rest } = node as Node;
  const own = [...(many as unknown[]), one].filter((value) => typeof value === 'string');
  return [
    ...own.map((value): [string, string] => [field, value]),
    ...Object.entries(properties).flatMap(([name, inner]) => choicesIn(inner, name)),
    ...Object.values(rest).flatMap((inner) => choicesIn(inner, field)),
  ];
}

test('every value that an editor chooses has a Chinese name', () => {
  const choices = Object.values(CONTENT_KINDS).flatMap(({ body }) =>
    choicesIn(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })),
  );
  expect(choices.length).toBeGreaterThan(100);
  const lacking = choices.filter(
    ([field, value]) => !/\p{Script=Han}/u.test(valueName(field, value)),
  );
  expect(lacking).toEqual([]);
});

test.each([
  [
    'person',
    { name: '王示例', role: 'staff', title: '所长', serves: [] },
    '服务的网点或网格代码：还没有填。',
  ],
  ['hotline', { ...hotline(), order: 1.5 }, '排列顺序：要写整数，例如 1。'],
  ['hotline', { ...hotline(), number: '打电话' }, '号码：号码只写数字和短横线。'],
  ['hotline', { ...hotline(), group: 'x' }, '类别：写法不对，请重新选一下。'],
  ['hotline', { ...hotline(), extra: 1 }, '内容：多出了用不上的项目：extra，请去掉。'],
  [
    'faq',
    { ...faq(), services: ['person.a'] },
    '办事指南，第 1 项：请重新选一下，编号以 service. 开头。',
  ],
] as const)('a fault of %s is one sentence: %#', (name, body, sentence) => {
  const parsed = kindNamed(name).body.safeParse(body, { reportInput: true });
  const fields = formFor(name)?.fields ?? [];
  expect(parsed.error?.issues.map((issue) => faultSentence(fields, issue))).toEqual([sentence]);
});

function hotline() {
  return { name: '法律援助', number: '12348', group: 'legal', what: '问法律援助', when: '全天' };
}

function faq() {
  return {
    question: '工资不发怎么办',
    answer: '先到窗口说明情况，带上欠条和考勤。',
    topic: 'work',
    basis: [{ law: '劳动法' }],
    words: ['欠薪', '讨薪'],
  };
}
