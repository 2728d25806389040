import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ContentRecord, type Envelope, envelopeSchema } from '#shared/content/envelope.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import { danglingPaths } from '#shared/content/localise.ts';
import { type PackFault, type PackFile, readPackFile, schemaFaults } from './pack-file.ts';

/** In a pack, the body that answers may be left to the place that uses it. */
const LOCAL_BODY = 'local';

const contentFileSchema = z.strictObject({
  kind: z.string(),
  defaults: z.record(z.string(), z.unknown()).default({}),
  records: z.array(z.record(z.string(), z.unknown())),
});

const translationFileSchema = z.strictObject({
  kind: z.literal('translations'),
  language: z.string(),
  reviewed: z.boolean().default(false),
  records: z.record(z.string(), z.record(z.string(), z.string())),
});

/** A record and where it was written. */
export interface PackRecord {
  readonly record: ContentRecord;
  readonly file: string;
  readonly line: number | undefined;
}

export interface RecordsRead {
  readonly records: readonly PackRecord[];
  readonly faults: readonly PackFault[];
}

/** Reads every YAML file below the folders, in order, and checks each record against its kind. */
export function readRecords(folders: readonly string[], responsibleBody: string): RecordsRead {
  const read = folders.flatMap(yamlFilesBelow).map(readPackFile);
  const files = read.flatMap((result) => result.file ?? []);
  const contents = files
    .filter((file) => !isTranslationFile(file))
    .map((file) => readContentFile(file, responsibleBody));
  const records = contents.flatMap((content) => content.records);
  const translated = files
    .filter(isTranslationFile)
    .flatMap((file) => applyTranslations(file, records));
  return {
    records,
    faults: [
      ...read.flatMap((result) => result.faults),
      ...contents.flatMap((content) => content.faults),
      ...translated,
    ],
  };
}

function yamlFilesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function isTranslationFile(file: PackFile): boolean {
  return (file.value as { kind?: unknown } | null)?.kind === 'translations';
}

function readContentFile(file: PackFile, responsibleBody: string): RecordsRead {
  const content = contentFileSchema.safeParse(file.value);
  if (!content.success) return { records: [], faults: schemaFaults(file, content.error, [], '') };
  const { kind, defaults, records } = content.data;
  const read = records.map((record, at) =>
    readRecord(file, at, { kind, ...defaults, ...record }, responsibleBody),
  );
  return {
    records: read.flatMap((result) => result.record ?? []),
    faults: read.flatMap((result) => result.faults),
  };
}

function readRecord(
  file: PackFile,
  at: number,
  raw: Record<string, unknown>,
  responsibleBody: string,
): { record?: PackRecord; faults: PackFault[] } {
  const name = typeof raw.id === 'string' ? raw.id : `第 ${at + 1} 条`;
  const path = ['records', at];
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return { faults: schemaFaults(file, envelope.error, path, name) };
  if (!isKindName(envelope.data.kind)) {
    return {
      faults: [
        {
          file: file.path,
          line: 1,
          field: 'kind',
          fault: `没有"${envelope.data.kind}"这类内容`,
          remedy: '见 docs/content.md 的内容种类',
        },
      ],
    };
  }
  const body = kindNamed(envelope.data.kind).body.safeParse(envelope.data.body);
  if (!body.success) return { faults: schemaFaults(file, body.error, [...path, 'body'], name) };
  const record = withLocalBody({ ...envelope.data, body: body.data }, responsibleBody);
  return { record: { record, file: file.path, line: file.lineOf(path) }, faults: [] };
}

function withLocalBody(record: Envelope, responsibleBody: string): ContentRecord {
  return record.responsibleBody === LOCAL_BODY ? { ...record, responsibleBody } : record;
}

/** Adds a translation file's texts to the records it names; the records are fresh objects of this reading. */
function applyTranslations(file: PackFile, records: readonly PackRecord[]): PackFault[] {
  const parsed = translationFileSchema.safeParse(file.value);
  if (!parsed.success) return schemaFaults(file, parsed.error, [], '');
  const { language, reviewed } = parsed.data;
  return Object.entries(parsed.data.records).flatMap(([id, fields]) => {
    const line = file.lineOf(['records', id]);
    const owners = records.filter((candidate) => candidate.record.id === id);
    if (owners.length === 0)
      return [
        {
          file: file.path,
          line,
          field: id,
          fault: '译文对应的记录不存在',
          remedy: '改正编号,或删掉这段译文',
        },
      ];
    for (const { record } of owners)
      Object.assign(record.translations, { [language]: { reviewed, fields } });
    return owners
      .flatMap(({ record }) => danglingPaths(record, fields))
      .map((path) => ({
        file: file.path,
        line,
        field: `${id}: ${path}`,
        fault: '译文对应的字段不存在',
        remedy: '列表里的项目用它的 id 指明',
      }));
  });
}
