import { publishRecord, withdrawRecord } from '#district/content/published.ts';
import { readOptions } from '#district/options.ts';
import { runDistrict } from '#district/run-district.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';

/**
 * A district's server that can be ended in any way: `DATA PORT`, with DATABASE_URL. Changes come from whoever started it, as an
 * office's people make them, several at a time; each is told when it is committed.
 */
const [data = '', port = '0'] = process.argv.slice(2);

/** What whoever started the server asks of it. */
export type FleetOrder =
  | { readonly number: number; readonly put: ContentRecord }
  | { readonly number: number; readonly remove: { readonly id: string; readonly scope: string } }
  | 'end';
/** What the server tells. */
export type FleetWord =
  | { readonly url: string }
  | { readonly done: number }
  | { readonly fault: string };

const tell = (word: FleetWord) => process.send?.(word);
const running = await runDistrict(readOptions(['--data', data, '--port', port], process.env), {
  ...{ now: Date.now, pages: undefined, version: 'fleet', compaction: { most: 2, kept: 1 } },
  log: (event, facts) => tell({ fault: `${event} ${JSON.stringify(facts)}` }),
});
const { database, contentChanged, now } = running.district;

async function carryOut(order: Exclude<FleetOrder, 'end'>): Promise<void> {
  const by = { actor: 'office', at: now(), note: 'fleet' };
  await database.transaction((db) =>
    'put' in order ? publishRecord(db, order.put, by) : withdrawRecord(db, order.remove, by),
  );
  contentChanged();
  tell({ done: order.number });
}

/** As requests are, orders are finished before the server ends. */
const underWay = new Set<Promise<void>>();
process.on('message', (order: FleetOrder) => {
  if (order === 'end') {
    void Promise.all(underWay)
      .then(() => running.close())
      .then(() => process.disconnect());
    return;
  }
  const work = carryOut(order)
    .catch((error: unknown) => {
      tell({ fault: error instanceof Error ? error.message : 'unknown' });
    })
    .finally(() => underWay.delete(work));
  underWay.add(work);
});
tell({ url: running.url });
