import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { localMoment } from '#shared/time/local-date.ts';
import { reviewRecords } from '#station/packs/check-records.ts';
import type { PackFault } from '#station/packs/pack-file.ts';
import { readBarePack, readProfilePack } from '#station/packs/profile-pack.ts';
import { CliError } from './cli-error.ts';

/** `profile check DIR`: every fault of a profile (or of a bare pack of records), then what a publisher should look at. */
export function checkProfile(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const folder = resolve(positionals[0] ?? '.');
  if (positionals.length !== 1)
    throw new CliError(
      '请写明要检查的文件夹,例如 npm run kiosk -- profile check assets/profiles/wuhua。',
    );
  if (!existsSync(folder)) throw new CliError(`没有这个文件夹:${positionals[0]}。`);
  const { records, faults } = read(folder);
  const advice = reviewRecords(records, localMoment(Date.now()).date);
  if (values.json)
    console.log(
      JSON.stringify({ ok: faults.length === 0, records: records.length, faults, advice }),
    );
  else print(folder, records.length, faults, advice);
  return faults.length === 0 ? 0 : 1;
}

function read(folder: string) {
  if (!existsSync(join(folder, 'profile.yaml'))) return readBarePack(folder);
  const { pack, faults } = readProfilePack(folder);
  return { records: pack?.records ?? [], faults };
}

function print(
  folder: string,
  count: number,
  faults: readonly PackFault[],
  advice: readonly PackFault[],
): void {
  for (const fault of faults) console.log(sentence(folder, fault));
  for (const note of advice) console.log(`提醒 ${sentence(folder, note)}`);
  console.log(
    faults.length === 0
      ? `检查通过:${count} 条内容,${advice.length} 条提醒。`
      : `有 ${faults.length} 处要改。`,
  );
}

function sentence(folder: string, fault: PackFault): string {
  const place = `${relative(folder, fault.file) || fault.file}${fault.line === undefined ? '' : `:${fault.line}`}`;
  return `${place} ${fault.field}:${fault.fault};${fault.remedy}。`;
}
