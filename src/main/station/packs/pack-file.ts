import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** One thing wrong with a pack, as the person who wrote it needs to hear it: where, what, and what to do. */
export interface PackFault {
  readonly file: string;
  /** Line in the file, from 1; absent when the whole file is meant. */
  readonly line?: number | undefined;
  /** Record and field, e.g. `service.notary-will: body.fee.headline`. */
  readonly field: string;
  readonly fault: string;
  readonly remedy: string;
}

/** A parsed YAML file that can tell the line of a field. */
export interface PackFile {
  readonly path: string;
  readonly value: unknown;
  readonly lineOf: (path: readonly PropertyKey[]) => number | undefined;
}

/** Reads a YAML file; a file that cannot be read or parsed gives faults instead. */
export function readPackFile(
  path: string,
): { file: PackFile; faults: [] } | { file?: undefined; faults: PackFault[] } {
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  } catch {
    return {
      faults: [
        {
          file: path,
          field: '',
          fault: '文件读不出来',
          remedy: '检查文件是否存在、有没有读取权限',
        },
      ],
    };
  }
  if (document.errors.length > 0) {
    return {
      faults: document.errors.map((error) => ({
        file: path,
        line: error.linePos?.[0].line,
        field: '',
        fault: '不是正确的 YAML',
        remedy: `检查缩进、冒号和引号(${error.code})`,
      })),
    };
  }
  return {
    file: { path, value: document.toJS(), lineOf: (at) => lineOf(document, lines, at) },
    faults: [],
  };
}

/** Turns a schema's findings into faults that name file, line, field and remedy. */
export function schemaFaults(
  file: PackFile,
  error: z.ZodError,
  at: readonly PropertyKey[],
  name: string,
): PackFault[] {
  return error.issues.map((issue) => {
    const path = [...at, ...issue.path];
    return {
      file: file.path,
      line: file.lineOf(path),
      field: [name, issue.path.map(String).join('.')].filter(Boolean).join(': '),
      ...explain(issue),
    };
  });
}

function lineOf(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

type Explanation = Pick<PackFault, 'fault' | 'remedy'>;
type Issue = z.core.$ZodIssue;

const EXPLANATIONS: {
  readonly [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => Explanation;
} = {
  invalid_type: (issue) =>
    issue.input === undefined && issue.message.includes('undefined')
      ? { fault: '缺少这一项', remedy: '补上这一项' }
      : {
          fault: '类型不对',
          remedy: `要写成${TYPE_NAMES[issue.expected] ?? issue.expected}${issue.expected === 'string' ? ',数字开头的加引号' : ''}`,
        },
  too_big: (issue) => ({ fault: '太长或太大', remedy: `不超过 ${String(issue.maximum)}` }),
  too_small: (issue) => ({ fault: '太短或太少', remedy: `至少 ${String(issue.minimum)}` }),
  unrecognized_keys: (issue) => ({
    fault: `不认识的项目:${issue.keys.join('、')}`,
    remedy: '删掉,或改成正确的名称',
  }),
  invalid_value: (issue) => ({
    fault: '不在可选的值里',
    remedy: `可以写:${issue.values.map(String).join('、')}`,
  }),
};

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '项目',
};

function explain(issue: Issue): Explanation {
  const rule = EXPLANATIONS[issue.code] as ((issue: Issue) => Explanation) | undefined;
  return rule?.(issue) ?? { fault: '写法不对', remedy: issue.message };
}
