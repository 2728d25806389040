import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LawFlawKind } from '#shared/laws/parsed-law.ts';
import { type ImportReport, importLaws, type Unreadable } from '#station/laws/import-laws.ts';
import { StartError } from '#station/start-error.ts';
import { isDiskFull } from '#station/store/disk-full.ts';
import { appPaths } from '../shell/app-paths.ts';
import { shellOptions, UsageError } from '../shell/shell-options.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { progressBar } from './progress-bar.ts';

const USAGE = `${CALL} import laws 法律文本文件夹 --data 数据文件夹`;

/** How many places with the same oddity are named; `--json` has them all. */
const NAMED_PLACES = 3;

const UNREADABLE: Readonly<Record<Unreadable, string>> = {
  'no-title': '没有标题（第一行要写"# 标题"）',
  'long-title': '标题太长，不像是法律的名称',
  'no-text': '没有正文',
  'not-text': '不是 UTF-8 或 GB 18030 的文字',
  'no-access': '打不开',
};

const FLAWS: Readonly<Record<LawFlawKind, string>> = {
  'no-head-end': '缺"<!-- INFO END -->"，页首按内容断开',
  'no-date': '页首没有日期，按文件名上的日期或不注明',
  'dates-disordered': '页首的日期不按先后，已排好',
  'odd-head-line': '页首有不是日期的行，作为说明保留',
  'number-missing': '缺一条或几条',
  'number-twice': '条号重复，两条都保留',
  'number-backwards': '条号倒退',
  'number-misspelt': '条号写法有误，已按上下文认出',
  'no-numbers': '没有条号，按段落收录',
  'empty-part': '标题下没有内容',
  'empty-heading': '空标题，已略去',
  'contents-list': '正文里夹着目录，已略去',
};

/** `import laws DIR`: takes a folder of law texts into a terminal's data folder, and says what was odd and why. */
export async function importLawTexts(args: readonly string[]): Promise<number> {
  const { from, dataDir, json } = options(args);
  const bar = progressBar('正在读入法律文本', process.stderr, () => performance.now());
  try {
    const report = await importLaws({ from, dataDir, onProgress: bar.update });
    bar.end();
    if (json) console.log(JSON.stringify(report));
    else for (const line of sentences(report)) console.log(line);
    return 0;
  } catch (error) {
    bar.end();
    throw explained(error, dataDir);
  }
}

function options(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const [from] = positionals;
  if (from === undefined || positionals.length > 1)
    throw new CliError(`请写明法律文本的文件夹，例如 ${USAGE}。`);
  if (!statSync(from, { throwIfNoEntry: false })?.isDirectory())
    throw new CliError(`没有这个文件夹：${from}。`);
  return { from: resolve(from), dataDir: dataFolder(values), json: values.json };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        data: { type: 'string' },
        profile: { type: 'string' },
        station: { type: 'string' },
      },
    });
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${USAGE}。`, { cause: error });
  }
}

/** The same folder that `npm start` with the same options uses. */
function dataFolder(values: { data?: string; profile?: string; station?: string }) {
  const words = (['data', 'profile', 'station'] as const).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`--${name}`, value];
  });
  try {
    return shellOptions(words, appPaths(import.meta.filename), 'none').dataDir;
  } catch (error) {
    throw error instanceof UsageError ? new CliError(error.message, { cause: error }) : error;
  }
}

function explained(error: unknown, dataDir: string): unknown {
  if (error instanceof StartError)
    return new CliError('另一个导入还没有结束，请等它完成再试。', { cause: error });
  return isDiskFull(error)
    ? new CliError(`磁盘满了或不能写（${dataDir}），腾出空间后再运行一次，会接着导入。`, {
        cause: error,
      })
    : error;
}

function* sentences(report: ImportReport): Generator<string> {
  for (const { path, why } of report.unreadable) yield `没有导入 ${path}：${UNREADABLE[why]}。`;
  for (const [kind, flaws] of Map.groupBy(report.flaws, (flaw) => flaw.kind))
    yield `提醒 ${FLAWS[kind]}(${flaws.length} 处):${placesOf(flaws)}。`;
  if (report.damaged > 0)
    yield `有 ${report.damaged} 个已存的文本包坏了，已经移到一边；不在这个文件夹里的文本要再导入一次。`;
  const { files, imported, unreadable, terminal } = report;
  yield `看了 ${files} 个文件，新收或更新 ${imported} 个，没有变化 ${files - imported - unreadable.length} 个，读不了 ${unreadable.length} 个。`;
  if (terminal === undefined) {
    yield '一体机正在运行：文本已经存好，它会在一分钟内自己换上，不用重启。';
    return;
  }
  for (const { path, sameAs } of terminal.duplicates)
    yield `提醒 同一文本有两个文件，只显示一个：${path} 与 ${sameAs}。`;
  yield `本机现有 ${terminal.laws} 部法律法规和案例，${terminal.articles} 条（段）。`;
}

function placesOf(flaws: readonly { path: string; line: number; what: string }[]): string {
  const places = flaws
    .slice(0, NAMED_PLACES)
    .map(({ path, line, what }) => `${path}:${line}${what === '' ? '' : ` ${what}`}`);
  return `${places.join('、')}${flaws.length > NAMED_PLACES ? ' 等' : ''}`;
}
