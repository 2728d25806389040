import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDivisionLog, type SegmentText } from '#district/feed/division-log.ts';
import { packed } from '#district/feed/packed.ts';
import { readyFile } from '#district/feed/ready-file.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { sampleDistrict } from '../../district/feed/sample-feed.ts';
import { type CountingProxy, countingProxy } from './counting-proxy.ts';
import { spentHere } from './figures.ts';
import type { Way } from './filling-terminal.ts';
import { type NginxServer, nginxOn } from './nginx.ts';
import { chanceFrom, sampleRecord } from './sample-records.ts';

/** So many records each change is of. */
export const CHANGES = 100;

/** So many records are filled in before anything is measured. */
export const WARM_UP = 1_000;

/** A district with so many records of 1 KB, served by nginx, beside the same records as one plain packed file. */
export interface FillSource {
  readonly folder: string;
  readonly root: Buffer;
  readonly records: readonly ContentRecord[];
  readonly nginx: NginxServer;
  readonly proxy: CountingProxy;
  /** Processor time that the district takes to pack the base in either form. */
  readonly districtMs: Readonly<Record<Way, number>>;
  /** Publishes changes of 100 records and gives them. */
  readonly change: () => readonly ContentRecord[];
  readonly stop: () => Promise<void>;
}

/** Opens such a district. The same count gives the same records and changes. */
export async function makeSource(count: number): Promise<FillSource> {
  const chance = chanceFrom(20_261_123);
  const records = Array.from({ length: count }, (_, at) => sampleRecord(at, 1, chance));
  const district = sampleDistrict();
  const log = openDivisionLog('530102', 'epochone', records);
  const districtMs = packingMs(log.feed().segments);
  district.publish([log.feed()]);
  const plain = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  writeFileSync(join(district.folder, 'plain.ndjson.zst'), packed(plain));
  const nginx = await nginxOn(district.folder);
  const proxy = await countingProxy(nginx.url);
  let version = 1;
  return {
    ...{ folder: district.folder, root: district.root, records, nginx, proxy, districtMs },
    change: () => {
      version += 1;
      const changed = Array.from({ length: CHANGES }, (_, at) =>
        sampleRecord(Math.floor((at * count) / CHANGES), version, chance),
      );
      for (const record of changed) log.put(record);
      log.cut();
      district.publish([log.feed()]);
      return changed;
    },
    stop: async () => {
      proxy.stop();
      await nginx.stop();
      rmSync(district.folder, { recursive: true, force: true });
    },
  };
}

function packingMs(segments: readonly SegmentText[]): FillSource['districtMs'] {
  const timed = (work: (segment: SegmentText) => unknown) => {
    const cpu = process.threadCpuUsage();
    for (const segment of segments) work(segment);
    return spentHere(cpu);
  };
  return {
    segments: timed(({ text }) => packed(text)),
    file: timed((segment) => readyFile(segment, '530102')),
  };
}
