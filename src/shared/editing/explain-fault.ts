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
    case 'invalid_type':
    case 'invalid_value':
    case 'invalid_union':
      return isEmpty(issue.input) ? EMPTY : '写法不对，请重新选一下';
    default:
      return '写法不对，请改一改';
  }
}

const EMPTY = '还没有填';

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
  return issue.format === 'starts_with' ? '请重新选一下' : ours(issue.message);
}

/** Schemas speak to those who write files; on a form there are no quotation marks to set and no names of fields. */
function ours(message: string): string {
  return message
    .replace(/,加引号/u, '')
    .replace(/:weekdays、monthly 或 dates/u, '，每周、每月或者指定日期')
    .replaceAll(',', '，')
    .replaceAll(':', '：');
}
