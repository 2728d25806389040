import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StationError } from '#shared/contract/errors.ts';
import type { MadePaper } from '#shared/contract/station.ts';
import { readProfilePack } from '#station/packs/profile-pack.ts';
import { paperDocument } from '#station/papers/paper-content.ts';
import { pdfMaker } from '#station/papers/pdf.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { openStation } from './open-station.ts';

const USAGE = `${CALL} paper form-sample.legal-aid-application --pdf 申请表.pdf --profile assets/profiles/wuhua`;

/** `paper ID --pdf FILE --profile DIR`: the paper that the terminal would print, as a PDF, without a running terminal. */
export async function writePaper(args: readonly string[]): Promise<number> {
  const { id, file, filled, profile, station } = options(args);
  const sources = openSources(profile, station);
  try {
    const pdf = await pdfMaker()(paperDocument(sources, paperOf(id, filled)), Date.now());
    write(file, pdf);
  } catch (error) {
    if (error instanceof StationError)
      throw new CliError(`这个网点现在没有编号为 ${id} 的表格或服务指南。`);
    throw error;
  } finally {
    sources.close();
  }
  console.log(`已写好：${file}。`);
  return 0;
}

function options(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const [id] = positionals;
  const { pdf, profile, station, filled } = values;
  if (positionals.length !== 1 || id === undefined || pdf === undefined || profile === undefined)
    throw new CliError(`请写明编号、PDF 文件和部署文件夹，例如 ${USAGE}。`);
  return { id, file: resolve(pdf), profile: resolve(profile), station, filled };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        pdf: { type: 'string' },
        profile: { type: 'string' },
        station: { type: 'string' },
        filled: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${USAGE}。`, { cause: error });
  }
}

function paperOf(id: string, filled: boolean): MadePaper {
  if (id.startsWith('form-sample.')) return { type: 'form-sample', id, filled };
  if (id.startsWith('service.')) return { type: 'one-time-notice', id };
  throw new CliError(`编号要以 form-sample.（表格）或 service.（服务指南的告知单）开头：${id}。`);
}

/** Content of a profile in a database in memory, which ends with the command. */
function openSources(profileDir: string, station: string | undefined) {
  if (!existsSync(profileDir)) throw new CliError(`没有这个文件夹：${profileDir}。`);
  const { pack, faults } = readProfilePack(profileDir);
  if (pack === undefined)
    throw new CliError(
      `部署文件夹有 ${faults.length} 处错误，用 ${CALL} profile check ${profileDir} 逐条查看。`,
    );
  return openStation(pack, station, Date.now);
}

function write(file: string, pdf: Buffer): void {
  try {
    writeFileSync(file, pdf);
  } catch (error) {
    throw new CliError(`文件 ${file} 写不了，请检查文件夹和权限。`, { cause: error });
  }
}
