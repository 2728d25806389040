import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SearchHit } from '#shared/contract/search.ts';
import { indexEverything } from '#station/search/indexing.ts';
import { openSearch } from '#station/search/search.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { profileFolder, readPack } from './named-profile.ts';
import { openStation } from './open-station.ts';
import { dataFolder } from './station-data.ts';

const USAGE = `${CALL} search 老板不给工资 --profile wuhua`;
const TYPED_AT_MOST = 200;

/** `search QUERY` or `search --batch FILE`: what the terminal would find, best first, without a running terminal. */
export function searchContent(args: readonly string[]): number {
  const options = readOptions(args);
  const pack = readPack(options.profile);
  const { data: dataDir, profile: profileDir } = options;
  const terminal = dataDir === undefined ? undefined : { dataDir, profileDir };
  const { db, library, close } = openStation(pack, options.station, Date.now, terminal);
  try {
    indexEverything(db, pack);
    const search = openSearch(db, library);
    for (const query of options.queries)
      say(query, search.row(query.slice(0, TYPED_AT_MOST), options.limit), options.json);
  } finally {
    close();
  }
  return 0;
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const { batch, data, profile, station, json } = values;
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new CliError('--limit 要写 1 到 200 的整数。');
  if ((batch === undefined) === (positionals.length === 0))
    throw new CliError(`请写要找的话，或用 --batch 给一个每行一句的文件，例如 ${USAGE}。`);
  const queries = batch === undefined ? [positionals.join(' ')] : linesOf(batch);
  const folder = data ?? ownFolder(values);
  return {
    queries,
    data: folder && resolve(folder),
    profile: profileFolder(profile),
    station,
    json,
    limit,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        batch: { type: 'string' },
        data: { type: 'string' },
        profile: { type: 'string', default: 'wuhua' },
        station: { type: 'string' },
        limit: { type: 'string', default: '20' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${USAGE}。`, { cause: error });
  }
}

function linesOf(file: string): string[] {
  const path = resolve(file);
  if (!existsSync(path)) throw new CliError(`没有这个文件：${path}。`);
  const lines = textOf(path).split(/\r?\n/);
  // The line end behind the last query is none of its own; an empty line between two is an empty query.
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** A file of queries as text, without the mark that some editors put at its beginning. */
function textOf(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const fault = error instanceof TypeError ? '不是 UTF-8 编码的文字' : '读不了';
    throw new CliError(`这个文件${fault}：${path}。`, { cause: error });
  }
}

/** Without `--data` the folder of a terminal that runs here with the profile, if there is one, so that its laws are found. */
function ownFolder(values: { profile: string; station?: string | undefined }): string | undefined {
  const folder = dataFolder(values);
  return existsSync(join(folder, 'cache.sqlite')) ? folder : undefined;
}

function say(query: string, hits: readonly SearchHit[], json: boolean): void {
  if (json) console.log(JSON.stringify({ query, results: hits.map(resultOf) }));
  else {
    console.log(`“${query}”：${hits.length === 0 ? '没有找到' : ''}`);
    for (const [at, { kind, id, title }] of hits.entries())
      console.log(`  ${at + 1}. ${title.text}  (${kind} ${id})`);
  }
}

function resultOf({ kind, id, title, extra }: SearchHit) {
  const { lawTitle, version, article } = extra;
  return { kind, id, title: title.text, lawTitle, version, article };
}
