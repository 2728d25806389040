import { readFileSync, statSync } from 'node:fs';
import type { Document, LineCounter, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { explainIssue } from './explain-issue.ts';
import { yaml } from './yaml.ts';

/** One thing wrong with a pack, as the person who wrote it needs to hear it: where, what, and what to do. */
export interface PackFault {
  readonly file: string;
  /** Line in the file, from 1; absent when the whole file is meant. */
  readonly line?: number | undefined;
  /** Record and field, e.g. `service.notary-will: body.fee.headline`; empty when the whole file is meant. */
  readonly field: string;
  readonly fault: string;
  readonly remedy: string;
}

type Path = readonly PropertyKey[];

/** A parsed YAML file that can tell the line of a field. */
export interface PackFile {
  readonly path: string;
  readonly value: unknown;
  readonly lineOf: (path: Path) => number | undefined;
}

/** Where in a file a value stands, and how its owner is called. */
export interface Place {
  readonly at: Path;
  /** Where the value may stand as well, when it is not at `at`: the file's `defaults`. */
  readonly orAt?: Path;
  /** The record's id, or what stands for it; empty for the file itself. */
  readonly name: string;
  /** Fields between the record and the value. */
  readonly within: Path;
}

export type FileRead =
  | { readonly file: PackFile; readonly faults: [] }
  | { readonly file?: undefined; readonly faults: PackFault[] };

/** The largest file of a pack is a few hundred kilobytes; one of this size is no content. */
const MAX_BYTES = 8_000_000;

/** A pack uses no aliases; the few that a person may write stay far below this, a bomb does not. */
const MAX_ALIASES = 100;

/** Reads a YAML file; a file that cannot be read or parsed gives faults instead. */
export function readPackFile(path: string): FileRead {
  const text = readText(path);
  if (text.value === undefined) return { faults: [text.fault] };
  if (text.value.trim() === '')
    return { faults: [whole(path, '文件是空的', '写上内容，不需要就删掉这个文件')] };
  return parseYaml(path, text.value);
}

/** Checks a value of a file against a schema; faults name file, line, field and remedy. */
export function checkAgainst<Value>(
  file: PackFile,
  schema: z.ZodType<Value>,
  value: unknown,
  place: Place = { at: [], name: '', within: [] },
): { value: Value; faults: [] } | { value?: undefined; faults: PackFault[] } {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { value: parsed.data, faults: [] };
  return { faults: parsed.error.issues.map((issue) => issueFault(file, issue, place)) };
}

function issueFault(file: PackFile, issue: z.core.$ZodIssue, place: Place): PackFault {
  const field = [...place.within, ...issue.path].map(String).join('.');
  return {
    file: file.path,
    line: lineOfIssue(file, issue.path, place),
    field: [place.name, field].filter(Boolean).join(': '),
    ...explainIssue(issue),
  };
}

/** A field that a record takes from the file's defaults is put right there. */
function lineOfIssue(file: PackFile, path: Path, { at, orAt }: Place): number | undefined {
  const [key] = path;
  const inDefaults = orAt !== undefined && key !== undefined && hasAt(file.value, [...orAt, key]);
  return inDefaults && !hasAt(file.value, [...at, key])
    ? file.lineOf([...orAt, ...path])
    : file.lineOf([...at, ...path]);
}

function hasAt(value: unknown, path: Path): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
  return hasAt((value as Record<PropertyKey, unknown>)[key], rest);
}

function readText(path: string): { value: string } | { value?: undefined; fault: PackFault } {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) {
      const remedy = `一个文件不超过 ${MAX_BYTES / 1_000_000} MB，拆成几个，或删掉多余的`;
      return { fault: whole(path, `文件太大（${Math.ceil(size / 1_000_000)} MB）`, remedy) };
    }
    bytes = readFileSync(path);
  } catch {
    return { fault: whole(path, '文件读不出来', '检查文件是否存在、有没有读取权限') };
  }
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { fault: whole(path, '文字编码不是 UTF-8', '用编辑器另存为 UTF-8 编码') };
  }
}

function parseYaml(path: string, text: string): FileRead {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines });
    if (document.errors.length > 0) {
      return {
        faults: document.errors.map((error) => ({
          ...whole(path, ...yamlFault(error.code)),
          line: error.linePos?.[0].line,
          ...openBracket(document, text, lines, error),
        })),
      };
    }
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { file: { path, value, lineOf: (at) => lineOf(document, lines, at) }, faults: [] };
  } catch (error) {
    // Too many aliases, an alias of nothing, or nesting deeper than the parser can follow.
    if (error instanceof ReferenceError || error instanceof RangeError)
      return { faults: [whole(path, '用了过多的引用（& 和 *）或嵌套', '把内容直接写出来')] };
    throw error;
  }
}

/** Faults of YAML that people make, by the parser's code; the others share one sentence. */
const YAML_FAULTS: Readonly<Record<string, [fault: string, remedy: string]>> = {
  BAD_INDENT: ['缩进不对', '同一级的内容左边对齐，只用空格'],
  TAB_AS_INDENT: ['用了制表符（Tab）缩进', '改成空格'],
  DUPLICATE_KEY: ['同一个名称写了两次', '删掉其中一个'],
  MISSING_CHAR: ['少了引号、括号或冒号', '补上；文字里有冒号、井号时整段加引号'],
  MULTIPLE_DOCS: ['一个文件里写了两份内容（---）', '拆成两个文件'],
  MULTILINE_IMPLICIT_KEY: ['冒号前的名称占了两行', '检查上一行有没有少冒号或引号'],
  BLOCK_AS_IMPLICIT_KEY: ['一行里有两个冒号，或缩进不对', '文字里有冒号时整段加引号'],
  RESOURCE_EXHAUSTION: ['用了过多的引用（& 和 *）或嵌套', '把内容直接写出来'],
};

function yamlFault(code: string): [fault: string, remedy: string] {
  return YAML_FAULTS[code] ?? ['不是正确的 YAML', '检查这一行和上一行的缩进、冒号和引号'];
}

/**
 * The parser calls a bracket that is never closed an indentation that ends too early, at the line after; a person looks
 * for the bracket, and where it opens.
 */
function openBracket(
  document: Document.Parsed,
  text: string,
  lines: LineCounter,
  error: YAMLParseError,
): Pick<PackFault, 'line' | 'fault' | 'remedy'> | undefined {
  const [, closing] = /end with a ([\]}])/.exec(error.message) ?? [];
  // The bracket that is missed is there, only too far to the left.
  if (closing === undefined || text[error.pos[0]] === closing) return undefined;
  const opening = closing === ']' ? '[' : '{';
  let opened: number | undefined;
  yaml().visit(document, {
    Collection: (_key, { range }) => {
      const [start, end] = range ?? [0, 0];
      const isIt = text[start] === opening && text[end - 1] !== closing && start < error.pos[0];
      if (isIt) opened = start;
    },
  });
  if (opened === undefined) return undefined;
  return {
    line: lines.linePos(opened).line,
    fault: `括号 ${opening} 没有关上`,
    remedy: `在这一项末尾补上 ${closing}`,
  };
}

function whole(file: string, fault: string, remedy: string): PackFault {
  return { file, field: '', fault, remedy };
}

/** The line of a field's name, or of a list's item; of what stands around it, when it is not there itself. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = nodeNamed(document, path.slice(0, length));
    if (yaml().isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

function nodeNamed(document: Document.Parsed, path: Path): unknown {
  const { isMap, isScalar } = yaml();
  const parent: unknown =
    path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return document.getIn(path, true);
  const name = path.at(-1);
  return parent.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(name))
    ?.key;
}
