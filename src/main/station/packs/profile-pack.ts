import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { isKindName } from '#shared/content/kinds/index.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { divisionsSchema, type Profile, profileSchema } from '#shared/profile/profile.ts';
import { type DivisionNames, NamingError, outletName } from '#shared/stations/naming.ts';
import { checkRecords } from './check-records.ts';
import { type PackFault, readPackFile, schemaFaults } from './pack-file.ts';
import { type PackRecord, readRecords } from './records.ts';

/** A deployment as read from disk: its settings, the names of its divisions, and all records, starter pack included. */
export interface ProfilePack {
  readonly profile: Profile;
  readonly divisions: DivisionNames;
  readonly records: readonly PackRecord[];
}

export type PackRead =
  | { pack: ProfilePack; faults: [] }
  | { pack?: undefined; faults: PackFault[] };

/** Reads and checks a profile folder together with the starter pack beside it; either a sound pack or all its faults. */
export function readProfilePack(folder: string, starter = starterBeside(folder)): PackRead {
  const profile = readYaml(join(folder, 'profile.yaml'), profileSchema);
  const divisions = readYaml(join(folder, 'divisions.yaml'), divisionsSchema);
  if (profile.value === undefined || divisions.value === undefined)
    return { faults: [...profile.faults, ...divisions.faults] };
  const names = new Map(divisions.value.map((division) => [division.code, division.name]));
  const { records, faults } = readRecords(
    [starter, join(folder, 'content')],
    profile.value.responsibleBody,
  );
  const all = [
    ...faults,
    ...checkRecords(records),
    ...outletFaults(profile.value, names, records, folder),
  ];
  return all.length > 0
    ? { faults: all }
    : { pack: { profile: profile.value, divisions: names, records }, faults: [] };
}

/** Reads a folder of records without a profile, as the starter pack is. */
export function readBarePack(folder: string): {
  records: readonly PackRecord[];
  faults: PackFault[];
} {
  const { records, faults } = readRecords([folder], '(使用单位)');
  return { records, faults: [...faults, ...checkRecords(records)] };
}

/** The starter pack stands beside the folder of profiles: `assets/starter`. */
export function starterBeside(profileFolder: string): string {
  return join(dirname(dirname(profileFolder)), 'starter');
}

function readYaml<Value>(
  path: string,
  schema: z.ZodType<Value>,
): { value?: Value; faults: PackFault[] } {
  if (!existsSync(path))
    return {
      faults: [
        { file: path, field: '', fault: '没有这个文件', remedy: '补上它;见 docs/content.md' },
      ],
    };
  const read = readPackFile(path);
  if (read.file === undefined) return { faults: read.faults };
  const parsed = schema.safeParse(read.file.value);
  return parsed.success
    ? { value: parsed.data, faults: [] }
    : { faults: schemaFaults(read.file, parsed.error, [], '') };
}

function outletFaults(
  profile: Profile,
  divisions: DivisionNames,
  records: readonly PackRecord[],
  folder: string,
): PackFault[] {
  const outlets = records.filter((entry) => entry.record.kind === 'station');
  const unnamed = outlets.flatMap((entry) => nameFault(profile, divisions, entry));
  const codes = new Set(outlets.map((entry) => (entry.record.body as StationBody).code));
  const unknown = records.flatMap((entry) => stationReferenceFault(entry, codes));
  if (codes.has(profile.defaultStation)) return [...unnamed, ...unknown];
  return [
    ...unnamed,
    ...unknown,
    {
      file: join(folder, 'profile.yaml'),
      field: 'defaultStation',
      fault: `没有代码为 ${profile.defaultStation} 的网点`,
      remedy: '改成 content 里已有的网点代码',
    },
  ];
}

function nameFault(profile: Profile, divisions: DivisionNames, entry: PackRecord): PackFault[] {
  try {
    outletName(profile.naming, divisions, entry.record.body as StationBody);
    return [];
  } catch (error) {
    if (!(error instanceof NamingError)) throw error;
    return [
      {
        file: entry.file,
        line: entry.line,
        field: `${entry.record.id}: body.code`,
        fault: error.message,
        remedy: '核对代码、命名规则(profile.yaml 的 naming)和 divisions.yaml',
      },
    ];
  }
}

/** Rosters, hours and queue plans name their station by code. */
function stationReferenceFault(entry: PackRecord, codes: ReadonlySet<string>): PackFault[] {
  const station = isKindName(entry.record.kind)
    ? (entry.record.body as { station?: unknown }).station
    : undefined;
  if (typeof station !== 'string' || codes.has(station)) return [];
  return [
    {
      file: entry.file,
      line: entry.line,
      field: `${entry.record.id}: body.station`,
      fault: `没有代码为 ${station} 的网点`,
      remedy: '改成已有的网点代码,或补上网点',
    },
  ];
}
