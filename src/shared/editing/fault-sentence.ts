import type { z } from 'zod';
import type { EditField } from './edit-field.ts';
import { explainFault } from './explain-fault.ts';
import { FIELD_NAMES } from './field-names.ts';

/**
 * A schema's finding as one sentence for whoever writes: which field, what is wrong with it, what to do. Fields that a form
 * knows are called as in the form, all others by their general names.
 */
export function faultSentence(fields: readonly EditField[], issue: z.core.$ZodIssue): string {
  return `${labelOf(fields, issue.path.map(String))}：${explainFault(issue)}。`;
}

/** "第 2 个班次，从几点" for a path through forms. */
export function labelOf(fields: readonly EditField[], path: readonly string[]): string {
  const [name = '', ...rest] = path;
  const field = fields.find(({ at }) => at === name);
  if (field === undefined) return generalName(path);
  const { label, input } = field;
  if (rest.length === 0 || !('fields' in input)) return label;
  if (input.type === 'group') return `${label}，${labelOf(input.fields, rest)}`;
  const [at = '', ...inner] = rest;
  const place = `第 ${Number(at) + 1} 个${input.noun}`;
  return inner.length === 0 ? place : `${place}，${labelOf(input.fields, inner)}`;
}

/** "申请材料，第 3 项，名称" for a path that no form knows. */
function generalName(path: readonly string[]): string {
  if (path.join('') === '') return '内容';
  return path
    .map((step) =>
      /^\d+$/.test(step) ? `第 ${Number(step) + 1} 项` : (FIELD_NAMES[step] ?? '内容'),
    )
    .join('，');
}
