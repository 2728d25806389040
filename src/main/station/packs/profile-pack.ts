import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { HoursBody } from '#shared/content/kinds/hours.ts';
import type { QueuePlanBody } from '#shared/content/kinds/queue-plan.ts';
import type { RosterBody } from '#shared/content/kinds/roster.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { divisionsSchema, type Profile, profileSchema } from '#shared/profile/profile.ts';
import { type DivisionNames, NamingError, outletName } from '#shared/stations/naming.ts';
import { checkRecords, placeOf } from './check-records.ts';
import { checkAgainst, type PackFault, readPackFile } from './pack-file.ts';
import { type PackRecord, readRecords } from './records.ts';
import { allUnread, type Unread, unreadFile } from './unread.ts';

/** A deployment's settings and the names of its divisions. */
export interface ProfileSettings {
  readonly profile: Profile;
  readonly divisions: DivisionNames;
}

/** A deployment as read from disk: its settings and all records, starter pack included. */
export interface ProfilePack extends ProfileSettings {
  readonly records: readonly PackRecord[];
}

export type PackRead =
  | { pack: ProfilePack; faults: [] }
  | { pack?: undefined; faults: PackFault[] };

/** Reads and checks a profile folder together with the starter pack beside it; either a sound pack or all its faults. */
export function readProfilePack(folder: string, starter = starterBeside(folder)): PackRead {
  const { settings, known, faults: settingsFaults } = readSettings(folder);
  const content = join(folder, 'content');
  const read = readRecords([starter, content], settings?.profile.responsibleBody ?? ANYBODY);
  const { records } = read;
  const unread = existsSync(content) ? read.unread : allUnread([read.unread, unreadFile(content)]);
  const all = [
    ...settingsFaults,
    ...contentFault(content),
    ...read.faults,
    ...checkRecords(records, unread),
    ...outletFaults(known, records, unread),
  ];
  return settings === undefined || all.length > 0
    ? { faults: all }
    : { pack: { ...settings, records }, faults: [] };
}

function contentFault(content: string): PackFault[] {
  return existsSync(content)
    ? []
    : [wholeFault(content, '没有这个文件夹', '建好它，把本地的内容放进去')];
}

/** Reads `profile.yaml` and `divisions.yaml` alone, for a start with content that is in the cache already. */
export function readProfileSettings(
  folder: string,
): { settings: ProfileSettings; faults: [] } | { settings?: undefined; faults: PackFault[] } {
  const { settings, faults } = readSettings(folder);
  return settings === undefined ? { faults } : { settings, faults: [] };
}

/** What the settings say of outlets; what has a fault is left out. */
interface KnownSettings {
  readonly file: string;
  readonly naming: Profile['naming'] | undefined;
  readonly divisions: DivisionNames | undefined;
  /** Codes of outlets that the profile names, by its field. */
  readonly outlets: Readonly<Record<string, readonly string[]>>;
}

/** A fault in one setting must not hide those of the others, nor those of the content. */
function readSettings(folder: string): {
  settings?: ProfileSettings;
  known: KnownSettings;
  faults: PackFault[];
} {
  const file = join(folder, 'profile.yaml');
  const profile = readYaml(file, profileSchema);
  const { value, faults } = readYaml(join(folder, 'divisions.yaml'), divisionsSchema);
  const divisions = value && new Map(value.map(({ code, name }) => [code, name]));
  const sound = soundSettingsSchema.safeParse(profile.raw).data;
  const known = {
    file,
    naming: sound?.naming,
    divisions,
    outlets: {
      defaultStation: sound?.defaultStation === undefined ? [] : [sound.defaultStation],
      displays: Object.keys(sound?.displays ?? {}),
    },
  };
  return profile.value === undefined || divisions === undefined
    ? { known, faults: [...profile.faults, ...faults] }
    : { settings: { profile: profile.value, divisions }, known, faults: [] };
}

const { naming, defaultStation, displays } = profileSchema.shape;

/** Those settings that can be held against the outlets, each for itself. */
const soundSettingsSchema = z.object({
  naming: naming.optional().catch(undefined),
  defaultStation: defaultStation.optional().catch(undefined),
  displays: displays.optional().catch(undefined),
});

/** Reads a folder of records without a profile, as the starter pack is. */
export function readBarePack(folder: string): {
  records: readonly PackRecord[];
  faults: PackFault[];
} {
  const { records, faults, unread } = readRecords([folder], ANYBODY);
  return { records, faults: [...faults, ...checkRecords(records, unread)] };
}

/** Answers for records while it is not known which place uses them. */
const ANYBODY = '（使用单位）';

/** The starter pack stands beside the folder of profiles: `assets/starter`. */
export function starterBeside(profileFolder: string): string {
  return join(dirname(dirname(profileFolder)), 'starter');
}

function readYaml<Value>(
  path: string,
  schema: z.ZodType<Value>,
): { value?: Value; raw?: unknown; faults: PackFault[] } {
  if (!existsSync(path))
    return {
      faults: [wholeFault(path, '没有这个文件', '补上它，可以照 assets/profiles/wuhua 的写')],
    };
  const read = readPackFile(path);
  if (read.file === undefined) return { faults: read.faults };
  return { ...checkAgainst(read.file, schema, read.file.value), raw: read.file.value };
}

/** Faults of the profile and its records together: outlets without a name, and codes that no outlet has. */
function outletFaults(
  known: KnownSettings,
  records: readonly PackRecord[],
  unread: Unread,
): PackFault[] {
  const outlets = records.filter((entry) => entry.record.kind === 'station');
  const byCode = new Map(outlets.map((entry) => [outletOf(entry).code, entry]));
  return [
    ...outlets.flatMap((entry) => nameFault(known, entry)),
    ...outlets.flatMap((entry) => doubleCodeFault(entry, byCode)),
    ...records.flatMap((entry) => stationReferenceFault(entry, byCode, unread)),
    ...Object.entries(known.outlets).flatMap(([field, codes]) =>
      codes
        .filter((code) => !byCode.has(code) && !unread.mayHold(code))
        .map((code) => ({
          file: known.file,
          field,
          fault: `没有代码为 ${code} 的网点`,
          remedy: '改成 content 里已有的网点代码',
        })),
    ),
  ];
}

function outletOf(entry: PackRecord): StationBody {
  return entry.record.body as StationBody;
}

function wholeFault(file: string, fault: string, remedy: string): PackFault {
  return { file, field: '', fault, remedy };
}

function doubleCodeFault(entry: PackRecord, byCode: ReadonlyMap<string, PackRecord>): PackFault[] {
  const { code } = outletOf(entry);
  const other = byCode.get(code);
  if (other === undefined || other.record.id === entry.record.id) return [];
  return [
    {
      file: entry.file,
      line: entry.line,
      field: `${entry.record.id}: body.code`,
      fault: `网点代码 ${code} 已经有了（${other.record.id}）`,
      remedy: '改正代码；同一个区划的第二个网点加后缀，例如 -J01',
    },
  ];
}

function nameFault({ naming: rule, divisions }: KnownSettings, entry: PackRecord): PackFault[] {
  if (rule === undefined || divisions === undefined) return [];
  try {
    outletName(rule, divisions, outletOf(entry));
    return [];
  } catch (error) {
    if (!(error instanceof NamingError)) throw error;
    return [
      {
        file: entry.file,
        line: entry.line,
        field: `${entry.record.id}: body.code`,
        fault: error.message,
        remedy: '核对代码、命名规则（profile.yaml 的 naming）和 divisions.yaml',
      },
    ];
  }
}

/** Rosters, hours and queue plans name their station by code, and rosters and queue plans its windows. */
function stationReferenceFault(
  entry: PackRecord,
  byCode: ReadonlyMap<string, PackRecord>,
  unread: Unread,
): PackFault[] {
  const { station, windows } = namedBy(entry);
  if (station === undefined) return [];
  const place = { file: entry.file, line: entry.line };
  const outlet = byCode.get(station);
  if (outlet === undefined && unread.mayHold(station)) return [];
  if (outlet === undefined)
    return [
      {
        ...place,
        field: `${entry.record.id}: body.station`,
        fault: `没有代码为 ${station} 的网点`,
        remedy: '改成已有的网点代码，或补上网点',
      },
    ];
  const known = outletOf(outlet).windows.map((window) => window.id);
  return [...new Set(windows)]
    .filter((window) => !known.includes(window))
    .map((window) => ({
      ...place,
      field: `${entry.record.id}: ${placeOf(window, entry.record.body, 'body') ?? 'body'}`,
      fault: `网点 ${station} 没有窗口"${window}"`,
      remedy: known.length === 0 ? '先在网点里写上窗口' : `可以写：${known.join('、')}`,
    }));
}

function namedBy({ record }: PackRecord): { station?: string; windows: string[] } {
  if (record.kind === 'roster') {
    const { station, shifts } = record.body as RosterBody;
    return { station, windows: shifts.flatMap((shift) => shift.window ?? []) };
  }
  if (record.kind === 'queue-plan') {
    const { station, lines } = record.body as QueuePlanBody;
    return { station, windows: lines.flatMap((line) => line.windows) };
  }
  return record.kind === 'hours'
    ? { station: (record.body as HoursBody).station, windows: [] }
    : { windows: [] };
}
