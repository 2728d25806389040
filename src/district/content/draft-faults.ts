import { z } from 'zod';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { scopeFault } from '#shared/content/kind.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { DraftContent } from '#shared/office/office-views.ts';
import { editablePartSchema } from '#shared/operations/editable-part.ts';
import type { RecordRef } from '#shared/operations/operation.ts';

/** Something that keeps a draft from being handed in. */
export interface DraftFault {
  /** `body.title`; empty when it concerns the whole. */
  readonly field: string;
  readonly fault: string;
}

const chinese = { error: z.locales.zhCN().localeError, reportInput: true };

/** What is wrong with a draft, in the order of its fields. */
export function draftFaults(record: RecordRef, content: DraftContent): DraftFault[] {
  if (!isKindName(record.kind)) return [{ field: '', fault: '没有这一类内容。' }];
  const kind = kindNamed(record.kind);
  const envelope = editablePartSchema.safeParse(content, chinese);
  const body = kind.body.safeParse(content.body, chinese);
  const placed = { scope: record.scope, body: content.body } as Pick<
    ContentRecord,
    'scope' | 'body'
  >;
  const misplaced = body.success ? scopeFault(kind, placed) : undefined;
  return [
    ...(record.id.startsWith(`${record.kind}.`)
      ? []
      : [{ field: '', fault: `编号要以 ${record.kind}. 开头。` }]),
    ...(envelope.success ? [] : envelope.error.issues.map((issue) => faultOf('', issue))),
    ...(body.success ? [] : body.error.issues.map((issue) => faultOf('body', issue))),
    ...(misplaced === undefined ? [] : [{ field: '', fault: `${misplaced}。` }]),
    ...(kind.mustEnd && content.validUntil === undefined
      ? [{ field: 'validUntil', fault: '这类内容必须写明最后一天。' }]
      : []),
  ];
}

function faultOf(prefix: string, { path, message }: z.core.$ZodIssue): DraftFault {
  const field = [prefix, ...path.map(String)].filter((step) => step !== '').join('.');
  return { field, fault: message };
}
