import type { z } from 'zod';

/** What is wrong with a value and what to do about it, in the words of the person who wrote it. */
export interface Explanation {
  readonly fault: string;
  readonly remedy: string;
}

type Issue = z.core.$ZodIssue;

/**
 * A schema's finding in plain Chinese. The schema must have been asked with `reportInput`, so that what is missing can be
 * told from what is wrong.
 */
export function explainIssue(issue: Issue): Explanation {
  const rule = EXPLANATIONS[issue.code] as ((issue: Issue) => Explanation) | undefined;
  return rule?.(issue) ?? { fault: '写法不对', remedy: '对照 assets/starter 里同类的内容改正' };
}

const EXPLANATIONS: {
  readonly [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => Explanation;
} = {
  invalid_type: (issue) => wrongType(issue.input, [issue.expected]),
  too_big: (issue) => outOfRange('大', '多', '长', issue.origin, `不超过 ${issue.maximum}`),
  too_small: (issue) =>
    issue.input === ''
      ? { fault: '这一项是空的', remedy: '写上内容，不需要就删掉这一行' }
      : outOfRange('小', '少', '短', issue.origin, `至少 ${issue.minimum}`),
  invalid_format: (issue) => wrongFormat(issue),
  not_multiple_of: (issue) => ({ fault: '数字不对', remedy: `要是 ${issue.divisor} 的倍数` }),
  unrecognized_keys: (issue) => ({
    fault: `不认识的项目：${issue.keys.join('、')}`,
    remedy: '删掉，或改成正确的名称',
  }),
  invalid_value: (issue) => wrongValue(issue.input, issue.values),
  invalid_union: (issue) => noneFits(issue),
  invalid_key: (issue) => ({
    fault: '名称不对',
    remedy: issue.issues[0] === undefined ? '改正名称' : explainIssue(issue.issues[0]).remedy,
  }),
  custom: (issue) => ({ fault: issue.message, remedy: remedyOf(issue.params) }),
};

/** Names of types as people who write packs know them. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表（每项前面一个短横线）',
  object: '项目（名称、冒号、内容）',
  record: '项目（名称、冒号、内容）',
};

function wrongType(input: unknown, expected: readonly string[]): Explanation {
  if (input === undefined) return { fault: '缺少这一项', remedy: '补上这一项' };
  if (input === null) return { fault: '这一项是空的', remedy: '写上内容，不需要就删掉这一行' };
  const types = [...new Set(expected)].map((type) => TYPE_NAMES[type] ?? type).join('或');
  const quotes = expected.includes('string') && typeof input === 'number' ? '，数字加引号' : '';
  return { fault: '类型不对', remedy: `要写成${types}${quotes}` };
}

function outOfRange(
  number: string,
  list: string,
  text: string,
  origin: string,
  limit: string,
): Explanation {
  if (origin === 'string') return { fault: `太${text}`, remedy: `${limit} 个字` };
  if (origin === 'array') return { fault: `太${list}`, remedy: `${limit} 项` };
  return { fault: `数字太${number}`, remedy: limit };
}

/** A pattern's own message says how it is written; prefixes and addresses are told in general. */
function wrongFormat(issue: Extract<Issue, { code: 'invalid_format' }>): Explanation {
  if (issue.format === 'starts_with')
    return {
      fault: '编号不对',
      remedy: `要以 ${'prefix' in issue ? String(issue.prefix) : ''} 开头`,
    };
  if (issue.format === 'url')
    return { fault: '网址不对', remedy: '写完整的网址，例如 https://www.example.gov.cn/' };
  return { fault: '格式不对', remedy: issue.message };
}

function wrongValue(input: unknown, values: readonly unknown[]): Explanation {
  if (input === undefined) return { fault: '缺少这一项', remedy: choice(values) };
  return { fault: '不在可选的值里', remedy: choice(values) };
}

function choice(values: readonly unknown[]): string {
  return `可以写：${values.map(String).join('、')}`;
}

/** A value that fits none of several forms: what it may be is the sum of what each form asks. */
function noneFits(issue: Extract<Issue, { code: 'invalid_union' }>): Explanation {
  if ('options' in issue && issue.options !== undefined)
    return { fault: '缺少这一项，或不在可选的值里', remedy: choice(issue.options) };
  const found = issue.errors.flat();
  const told = found.find((inner) => inner.code === 'invalid_format' || inner.code === 'custom');
  if (told !== undefined) return explainIssue(told);
  const values = found.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []));
  if (values.length > 0) return wrongValue(issue.input, values);
  const types = found.flatMap((inner) => (inner.code === 'invalid_type' ? inner.expected : []));
  return wrongType(issue.input, types);
}

function remedyOf(params: Readonly<Record<string, unknown>> | undefined): string {
  return typeof params?.remedy === 'string' ? params.remedy : '改正这一处';
}
