import { stringify } from 'yaml';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { StartFault } from '../start-fault.ts';
import { baseOf, basesFile } from './base-versions.ts';
import { FOLDER_LIMITS } from './folder-limits.ts';

type Limits = Readonly<Record<keyof typeof FOLDER_LIMITS, number>>;

/** The folder in which a record lies: its own place's, and where those would be too many, its district's, then its province's. */
const PLACES: readonly ((scope: string) => string)[] = [
  (scope) => scope,
  (scope) => scope.slice(0, 6),
  (scope) => scope.slice(0, 2),
];

/**
 * Records as packs are written (decision 001), by path: a folder for each place, a file for each kind, more where one would be too long
 * to be imported; and from which versions they are. Throws `StartFault` when it is more than any import takes.
 */
export function folderTexts(
  records: readonly ContentRecord[],
  limits: Limits = FOLDER_LIMITS,
): ReadonlyMap<string, string> {
  const items = records.map((record) => ({ record, text: itemOf(record) }));
  const files = PLACES.map((placeOf) => filesOf(items, placeOf, limits.fileBytes));
  const fitting = files.find(({ size }) => size <= limits.files);
  const bases = basesFile(new Map(records.map((record) => baseOf(record))));
  const bytes = [...(fitting?.values() ?? [])].reduce((sum, text) => sum + bytesOf(text), 0);
  if (fitting === undefined || bytes > limits.bytes || bytesOf(bases[1]) > limits.basesBytes)
    throw new StartFault('内容太多，导出以后没法再导入，请分区划导出。');
  return new Map([...fitting, bases]);
}

interface Item {
  readonly record: ContentRecord;
  readonly text: string;
}

const HEAD = 'records:\n';

/** A record as it stands in the list of its file. */
function itemOf(record: ContentRecord): string {
  return stringify({ records: [written(record)] }, { lineWidth: 0 }).slice(HEAD.length);
}

function filesOf(
  items: readonly Item[],
  placeOf: (scope: string) => string,
  most: number,
): Map<string, string> {
  const groups = Map.groupBy(items, ({ record }) => `${placeOf(record.scope)}/${record.kind}`);
  return new Map(
    [...groups].flatMap(([path, group]) => {
      const head = `${stringify({ kind: group[0]?.record.kind })}${HEAD}`;
      return parts(group, most - bytesOf(head)).map((part, at) => {
        const name = at === 0 ? path : `${path}-${at + 1}`;
        return [`${name}.yaml`, `${head}${part.join('')}`] as const;
      });
    }),
  );
}

/** The texts in their order, in as few parts as hold so many bytes each. */
function parts(items: readonly Item[], most: number): string[][] {
  const found: string[][] = [];
  let left = 0;
  for (const { text } of items) {
    const bytes = bytesOf(text);
    const last = found.at(-1);
    if (last === undefined || bytes > left) {
      found.push([text]);
      left = most - bytes;
    } else {
      last.push(text);
      left -= bytes;
    }
  }
  return found;
}

const bytesOf = (text: string) => Buffer.byteLength(text);

/** A record as people read it; its version stands beside it (`base-versions.ts`). */
function written({ kind: _kind, version: _version, ...record }: ContentRecord): object {
  const { confirm, translations, ...rest } = record;
  return {
    ...rest,
    ...(confirm.length === 0 ? {} : { confirm }),
    ...(Object.keys(translations).length === 0 ? {} : { translations }),
  };
}
