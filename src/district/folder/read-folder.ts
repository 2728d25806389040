import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Document, isScalar, parseDocument, visit } from 'yaml';
import {
  contentFileSchema,
  LOCAL_BODY,
  translationFileSchema,
} from '#shared/content/content-file.ts';
import { type ContentRecord, envelopeSchema } from '#shared/content/envelope.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import { danglingPaths } from '#shared/content/localise.ts';
import { faultSentence } from '#shared/editing/fault-sentence.ts';
import { formFor } from '#shared/editing/forms.ts';
import { soundRecord } from '../content/published.ts';
import { StartFault } from '../start-fault.ts';
import { FOLDER_LIMITS } from './folder-limits.ts';

/** Packs use no aliases; a bomb is made of them. */
const MOST_ALIASES = 100;

interface ReadFile {
  readonly path: string;
  readonly value: unknown;
}

/** What a folder holds, and what is wrong with it, a sentence for each fault with its file and record. */
export interface FolderRead {
  readonly records: readonly ContentRecord[];
  readonly faults: readonly string[];
}

/**
 * Reads all records of a folder as packs are written. Nothing outside the folder is read: links are not followed. Throws
 * `StartFault` when the folder cannot be read, or is larger than content is.
 */
export function readFolder(folder: string, responsibleBody: string): FolderRead {
  const faults: string[] = [];
  const files = filesBelow(folder).flatMap((path) => readYaml(folder, path, faults));
  const [translations, contents] = [
    files.filter(isTranslation),
    files.filter((f) => !isTranslation(f)),
  ];
  const records = contents.flatMap((file) => recordsOf(file, responsibleBody, faults));
  for (const file of translations) translate(file, records, faults);
  faults.push(...doubles(records));
  return { records, faults };
}

function filesBelow(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  } catch (error) {
    throw new StartFault(`文件夹 ${folder} 读不出来。`, { cause: error });
  }
  const paths = names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name));
  if (paths.length > FOLDER_LIMITS.files)
    throw new StartFault(
      `文件夹里的文件超过 ${FOLDER_LIMITS.files} 个，请合并一些，或者分成几份。`,
    );
  const bytes = paths.reduce((sum, path) => sum + lstatSync(path).size, 0);
  if (bytes > FOLDER_LIMITS.bytes) throw new StartFault('文件夹里的内容超过 200 MB。');
  return paths;
}

function readYaml(folder: string, path: string, faults: string[]): ReadFile[] {
  const name = relative(folder, path);
  const fault = (text: string) => {
    faults.push(`${name}：${text}`);
    return [];
  };
  const linked = name
    .split(/[\\/]/)
    .some((_, at, steps) => lstatSync(join(folder, ...steps.slice(0, at + 1))).isSymbolicLink());
  if (linked) return fault('这是一个链接，只读文件夹里真正的文件。');
  const { size } = lstatSync(path);
  if (size > FOLDER_LIMITS.fileBytes) return fault('文件超过 8 MB，请分成几份。');
  try {
    // The parser would compare each key with all before it; see `doubledKey`.
    const document = parseDocument(readFileSync(path, 'utf8'), { uniqueKeys: false });
    const [broken] = document.errors;
    if (broken !== undefined)
      return fault(`第 ${broken.linePos?.[0].line ?? 1} 行附近不是正确的 YAML 写法。`);
    const doubled = doubledKey(document);
    if (doubled !== undefined) return fault(`“${doubled.slice(0, 40)}”在同一处写了两次。`);
    return [{ path: name, value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown }];
  } catch (error) {
    return fault(error instanceof RangeError ? '一层套一层，套得太深。' : '引用（别名）太多。');
  }
}

/** A key that stands twice in one map, found in one pass over each. */
function doubledKey(document: Document): string | undefined {
  let doubled: string | undefined;
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : undefined;
        if (name !== undefined && seen.has(name)) {
          doubled = name;
          return visit.BREAK;
        }
        if (name !== undefined) seen.add(name);
      }
      return undefined;
    },
  });
  return doubled;
}

function isTranslation({ value }: ReadFile): boolean {
  return (value as { kind?: unknown } | null)?.kind === 'translations';
}

function recordsOf(file: ReadFile, responsibleBody: string, faults: string[]): ContentRecord[] {
  const content = contentFileSchema.safeParse(file.value, { reportInput: true });
  if (!content.success) {
    faults.push(
      ...content.error.issues.map((issue) => `${file.path}：${faultSentence([], issue)}`),
    );
    return [];
  }
  const { kind, defaults, records } = content.data;
  return records.flatMap((record, at) => {
    const raw = { ...defaults, ...record, kind };
    const name = typeof record.id === 'string' ? record.id : `第 ${at + 1} 条`;
    const found = recordFaults(kind, raw);
    const envelope = envelopeSchema.safeParse(raw);
    if (found.length > 0 || !envelope.success) {
      faults.push(...found.map((fault) => `${file.path}：${name}：${fault}`));
      return [];
    }
    const isLocal = envelope.data.responsibleBody === LOCAL_BODY;
    const sound = soundRecord({
      ...envelope.data,
      ...(isLocal ? { responsibleBody } : {}),
      version: 1,
    });
    if (sound === undefined)
      faults.push(`${file.path}：${name}：编号、范围或最后一天不合这类内容的规定。`);
    return sound ?? [];
  });
}

function recordFaults(kind: string, raw: Readonly<Record<string, unknown>>): string[] {
  if (!isKindName(kind)) return [`没有“${kind.slice(0, 40)}”这一类内容。`];
  const fields = formFor(kind)?.fields ?? [];
  const envelope = envelopeSchema.safeParse(raw, { reportInput: true });
  const body = kindNamed(kind).body.safeParse(raw.body, { reportInput: true });
  return [
    ...(envelope.error?.issues ?? []).map((issue) => faultSentence([], issue)),
    ...(body.error?.issues ?? []).map((issue) => faultSentence(fields, issue)),
  ];
}

/** Adds a file of translations to the records that it names. */
function translate(file: ReadFile, records: readonly ContentRecord[], faults: string[]): void {
  const parsed = translationFileSchema.safeParse(file.value, { reportInput: true });
  if (!parsed.success) {
    faults.push(...parsed.error.issues.map((issue) => `${file.path}：${faultSentence([], issue)}`));
    return;
  }
  const { language, reviewed, records: texts } = parsed.data;
  for (const [id, fields] of Object.entries(texts)) {
    const owners = records.filter((record) => record.id === id);
    const lost = owners.flatMap((record) => danglingPaths(record, fields));
    if (owners.length === 0) faults.push(`${file.path}：${id}：译文对应的内容不在文件夹里。`);
    else if (lost.length > 0)
      faults.push(`${file.path}：${id}：译文对应的字段不存在：${[...new Set(lost)].join('、')}。`);
    for (const { translations } of owners)
      Object.assign(translations, { [language]: { reviewed, fields } });
  }
}

function doubles(records: readonly ContentRecord[]): string[] {
  const seen = new Set<string>();
  return records.flatMap(({ id, scope }) => {
    const key = `${id} ${scope}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [`${id}：同一范围（${scope}）里有两条，请去掉一条。`];
  });
}
