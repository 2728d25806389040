import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  contentFileSchema,
  LOCAL_BODY,
  translationFileSchema,
} from '#shared/content/content-file.ts';
import { type ContentRecord, type Envelope, envelopeSchema } from '#shared/content/envelope.ts';
import type { ContentKind } from '#shared/content/kind.ts';
import { CONTENT_KINDS, isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import { danglingPaths } from '#shared/content/localise.ts';
import {
  checkAgainst,
  type FileRead,
  type PackFault,
  type PackFile,
  readPackFile,
} from './pack-file.ts';
import { allUnread, NOTHING_UNREAD, type Unread, unreadFile, unreadRecord } from './unread.ts';

/** A record and where it was written. */
export interface PackRecord {
  readonly record: ContentRecord;
  readonly file: string;
  readonly line: number | undefined;
}

export interface RecordsRead {
  readonly records: readonly PackRecord[];
  readonly faults: readonly PackFault[];
  /** Records that are there, but not among `records`. */
  readonly unread: Unread;
}

/**
 * Reads every YAML file below the folders, in order, and checks each record against its kind. A folder that is not there
 * has no records; one that cannot be read is a fault.
 */
export function readRecords(folders: readonly string[], responsibleBody: string): RecordsRead {
  const read = folders.map((folder) => readFolder(folder, responsibleBody));
  return {
    records: read.flatMap((result) => result.records),
    faults: read.flatMap((result) => result.faults),
    unread: allUnread(read.map((result) => result.unread)),
  };
}

/**
 * A folder's translations belong to that folder's records: a place that writes its own version of a shared guide does
 * not inherit a translation of the shared text, which may say something else.
 */
function readFolder(folder: string, responsibleBody: string): RecordsRead {
  const read = readFilesBelow(folder);
  const files = read.flatMap((result) => result.file ?? []);
  const contents = files
    .filter((file) => !isTranslationFile(file))
    .map((file) => readContentFile(file, responsibleBody));
  const records = contents.flatMap((content) => content.records);
  const unread = allUnread([
    ...read.flatMap(({ unread: place }) => place ?? []),
    ...contents.map((content) => content.unread),
  ]);
  const translated = files
    .filter(isTranslationFile)
    .flatMap((file) => applyTranslations(file, records, unread));
  return {
    records,
    unread,
    faults: [
      ...read.flatMap((result) => result.faults),
      ...contents.flatMap((content) => content.faults),
      ...translated,
    ],
  };
}

type FileBelow = FileRead & { readonly unread?: Unread };

function readFilesBelow(folder: string): FileBelow[] {
  if (!existsSync(folder)) return [];
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  } catch {
    return [fileFault(folder, '文件夹读不出来', '检查它是不是文件夹、有没有读取权限')].map(
      (read) => ({ ...read, unread: unreadFile(folder) }),
    );
  }
  return names.flatMap((name) => {
    const path = join(folder, name);
    if (name.endsWith('.yaml')) return [withUnread(readPackFile(path), path)];
    return /\.(?:yml|YAML|YML)$/.test(name)
      ? [withUnread(fileFault(path, '文件名的结尾不对，不会被读到', '结尾改成 .yaml'), path)]
      : [];
  });
}

function withUnread(read: FileRead, path: string): FileBelow {
  return read.file === undefined ? { ...read, unread: unreadFile(path) } : read;
}

function fileFault(file: string, fault: string, remedy: string): FileRead {
  return { faults: [{ file, field: '', fault, remedy }] };
}

function isTranslationFile(file: PackFile): boolean {
  return (file.value as { kind?: unknown } | null)?.kind === 'translations';
}

function readContentFile(file: PackFile, responsibleBody: string): RecordsRead {
  const content = checkAgainst(file, contentFileSchema, file.value);
  const unread = unreadFile(file.path);
  if (content.value === undefined) return { records: [], faults: content.faults, unread };
  const { kind, defaults, records } = content.value;
  if (!isKindName(kind)) return { records: [], faults: [kindFault(file, kind)], unread };
  const read = records.map((record, at) =>
    readRecord(file, at, { ...defaults, ...record, kind }, kindNamed(kind), responsibleBody),
  );
  return {
    records: read.flatMap((result) => result.record ?? []),
    faults: read.flatMap((result) => result.faults),
    unread: allUnread(read.map((result) => result.unread)),
  };
}

function readRecord(
  file: PackFile,
  at: number,
  raw: Record<string, unknown>,
  kind: ContentKind,
  responsibleBody: string,
): { record?: PackRecord; faults: PackFault[]; unread: Unread } {
  const name = typeof raw.id === 'string' ? raw.id : `第 ${at + 1} 条`;
  const path = ['records', at];
  const inDefaults = ['defaults'];
  const envelope = checkAgainst(file, envelopeSchema, raw, {
    at: path,
    orAt: inDefaults,
    name,
    within: [],
  });
  const body = checkAgainst(file, kind.body, raw.body, {
    at: [...path, 'body'],
    name,
    within: ['body'],
  });
  if (envelope.value === undefined || body.value === undefined)
    return { faults: [...envelope.faults, ...body.faults], unread: unreadRecord(raw) };
  const record = withLocalBody({ ...envelope.value, body: body.value }, responsibleBody);
  return {
    record: { record, file: file.path, line: file.lineOf(path) },
    faults: [],
    unread: NOTHING_UNREAD,
  };
}

function kindFault(file: PackFile, kind: string): PackFault {
  return {
    file: file.path,
    line: file.lineOf(['kind']),
    field: 'kind',
    fault: `没有"${kind}"这类内容`,
    remedy: `可以写：${Object.keys(CONTENT_KINDS).join('、')}`,
  };
}

function withLocalBody(record: Envelope, responsibleBody: string): ContentRecord {
  return record.responsibleBody === LOCAL_BODY ? { ...record, responsibleBody } : record;
}

/** Adds a translation file's texts to the records it names; the records are fresh objects of this reading. */
function applyTranslations(
  file: PackFile,
  records: readonly PackRecord[],
  unread: Unread,
): PackFault[] {
  const parsed = checkAgainst(file, translationFileSchema, file.value);
  if (parsed.value === undefined) return parsed.faults;
  const { language, reviewed } = parsed.value;
  return Object.entries(parsed.value.records).flatMap(([id, fields]) => {
    const line = file.lineOf(['records', id]);
    const owners = records.filter((candidate) => candidate.record.id === id);
    if (owners.length === 0 && unread.mayHold(id)) return [];
    if (owners.length === 0)
      return [
        {
          file: file.path,
          line,
          field: id,
          fault: '译文对应的记录不存在',
          remedy: '改正编号，或删掉这段译文',
        },
      ];
    if (owners.some(({ record }) => record.translations[language] !== undefined))
      return [
        {
          file: file.path,
          line,
          field: id,
          fault: `这条记录的 ${language} 译文写了两处`,
          remedy: '合成一处',
        },
      ];
    for (const { record } of owners)
      Object.assign(record.translations, { [language]: { reviewed, fields } });
    return [...new Set(owners.flatMap(({ record }) => danglingPaths(record, fields)))].map(
      (path) => ({
        file: file.path,
        line: file.lineOf(['records', id, path]),
        field: `${id}: ${path}`,
        fault: '译文对应的字段不存在',
        remedy: '列表里的项目用它的 id 指明',
      }),
    );
  });
}
