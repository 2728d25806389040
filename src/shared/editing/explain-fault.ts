import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** A schema's finding as a sentence for staff, without the name of the field. The schema was asked with `reportInput`. */
export function explainFault(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      return `太${sizeWord(issue.origin, '长', '多', '大')}了，最多 ${issue.maximum}${unit(issue.origin)}`;
    case 'too_small':
      return isEmpty(issue.input)
        ? EMPTY
        : `太${sizeWord(issue.origin, '短', '少', '小')}了，至少 ${issue.minimum}${unit(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'url'
        ? '网址不对，要写完整，例如 https://www.example.gov.cn/'
        : pattern(issue);
    case 'custom':
      return ours(issue.message);
    case 'unrecognized_keys':
      return `多出了用不上的项目：${issue.keys.join('、')}，请去掉`;
    case 'invalid_union':
      return isEmpty(issue.input) ? EMPTY : ofUnion(issue);
    case 'invalid_type':
      return isEmpty(issue.input) ? EMPTY : wrongType(issue.expected);
    case 'invalid_value':
      return isEmpty(issue.input) ? EMPTY : CHOOSE;
    default:
      return '写法不对，请改一改';
  }
}

const EMPTY = '还没有填';
const CHOOSE = '写法不对，请重新选一下';

function wrongType(expected: string): string {
  if (expected === 'int') return '要写整数，例如 1';
  return expected === 'number' ? '要写数字，例如 1' : CHOOSE;
}

/** What fits none of several forms is told by the form that says how it is written. */
function ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const told = issue.errors.flat().find(({ code }) => code === 'invalid_format');
  return told === undefined ? CHOOSE : explainFault(told);
}

function isEmpty(input: unknown): boolean {
  return (
    input === undefined ||
    input === null ||
    input === '' ||
    (Array.isArray(input) && input.length === 0)
  );
}

function sizeWord(origin: string, text: string, list: string, number: string): string {
  if (origin === 'string') return text;
  return origin === 'array' ? list : number;
}

function unit(origin: string): string {
  if (origin === 'string') return ' 个字';
  return origin === 'array' ? ' 项' : '';
}

/** A pattern's own message says how it is written. */
function pattern(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (isEmpty(issue.input)) return EMPTY;
  if (issue.format === 'starts_with')
    return `请重新选一下，编号以 ${'prefix' in issue ? String(issue.prefix) : ''} 开头`;
  return ours(issue.message);
}

/** Schemas speak to those who write files; on a form there are no quotation marks to set and no names of fields. */
function ours(message: string): string {
  return message
    .replace(/,加引号/u, '')
    .replace(/:weekdays、monthly 或 dates/u, '，每周、每月或者指定日期')
    .replaceAll(',', '，')
    .replaceAll(/(?<!\d):|:(?!\d)/gu, '：');
}
