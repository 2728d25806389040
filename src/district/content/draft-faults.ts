import type { ContentRecord } from '#shared/content/envelope.ts';
import { scopeFault } from '#shared/content/kind.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import { dateFaults } from '#shared/editing/check-draft.ts';
import { faultSentence } from '#shared/editing/fault-sentence.ts';
import { formFor } from '#shared/editing/forms.ts';
import type { DraftContent } from '#shared/office/office-views.ts';
import { editablePartSchema } from '#shared/operations/editable-part.ts';
import type { RecordRef } from '#shared/operations/operation.ts';
import type { LocalDate } from '#shared/time/local-date.ts';

/** Something that keeps a draft from being handed in. */
export interface DraftFault {
  /** `body.title`; empty when it concerns the whole. */
  readonly field: string;
  /** One sentence with the field's name and what to do. */
  readonly fault: string;
}

const told = { reportInput: true };
/** Looked at together, by `dateFaults`. */
const DATES = ['effectiveFrom', 'validUntil'];

/** What an upload fills in; nobody writes these by hand. */
const FILE_FIELDS = ['type', 'mime', 'sha256', 'bytes'];

/**
 * What is wrong with a draft, in the order of its fields, in the words of the station's editor. `hasFile`: the file that it names, if
 * its kind names one, is here.
 */
export function draftFaults(
  record: RecordRef,
  content: DraftContent,
  today: LocalDate,
  hasFile: boolean,
): DraftFault[] {
  if (!isKindName(record.kind)) return [{ field: '', fault: '没有这一类内容。' }];
  const kind = kindNamed(record.kind);
  const envelope = editablePartSchema.safeParse(content, told);
  const body = kind.body.safeParse(content.body, told);
  const placed = { scope: record.scope, body: content.body } as Pick<
    ContentRecord,
    'scope' | 'body'
  >;
  const misplaced = body.success ? scopeFault(kind, placed) : undefined;
  const namesFile = record.kind === 'media';
  const fields = formFor(record.kind)?.fields ?? [];
  return [
    ...(record.id.startsWith(`${record.kind}.`)
      ? []
      : [{ field: '', fault: `编号要以 ${record.kind}. 开头。` }]),
    ...dateFaults(content, kind.mustEnd, today)
      .filter(({ isGrave }) => isGrave)
      .map(({ field, sentence }) => ({ field, fault: sentence })),
    ...(envelope.error?.issues ?? [])
      .filter(({ path }) => !DATES.includes(String(path[0])))
      .map((issue) => ({
        ...{ field: issue.path.map(String).join('.'), fault: faultSentence([], issue) },
      })),
    ...(namesFile && !hasFile ? [{ field: 'body.sha256', fault: '还没有上传文件。' }] : []),
    ...(body.error?.issues ?? [])
      .filter(({ path }) => !namesFile || !FILE_FIELDS.includes(String(path[0])))
      .map((issue) => ({
        field: ['body', ...issue.path.map(String)].join('.'),
        fault: faultSentence(fields, issue),
      })),
    ...(misplaced === undefined
      ? []
      : [{ field: '', fault: `${misplaced.replaceAll(',', '，')}。` }]),
  ];
}
