import { notice } from '../../district/feed/sample-feed.ts';
import type { Change } from './fleet-server.ts';
import type { Outlet } from './sql-answer.ts';

/** Outlets of two cities and three districts, so that each level of the chain is shared by some and foreign to others. */
export const OUTLETS: readonly Outlet[] = [
  {
    station: '530102001',
    divisions: ['00', '53', '5301', '530102', '530102001'],
    chain: ['00', '53', '5301', '530102', '530102001'],
  },
  {
    station: '530102001-J01',
    divisions: ['00', '53', '5301', '530102', '530102001'],
    chain: ['00', '53', '5301', '530102', '530102001', '530102001-J01'],
  },
  {
    station: '530102002',
    divisions: ['00', '53', '5301', '530102', '530102002'],
    chain: ['00', '53', '5301', '530102', '530102002'],
  },
  {
    station: '530103001',
    divisions: ['00', '53', '5301', '530103', '530103001'],
    chain: ['00', '53', '5301', '530103', '530103001'],
  },
  {
    station: '530302001002',
    divisions: ['00', '53', '5303', '530302', '530302001', '530302001002'],
    chain: ['00', '53', '5303', '530302', '530302001', '530302001002'],
  },
];

/** Every scope of the outlets, and some that are nobody's. */
const SCOPES = [...new Set([...OUTLETS.flatMap(({ chain }) => chain), '530102001-J02', '620104'])];
/** Few enough that each is made, changed, taken away and made again. */
const NAMES = Array.from({ length: 16 }, (_, at) => `n${at}`);
/** The first is over already. */
const LAST_DAYS = ['2026-11-10', '2027-11-01'];

/** Changes of records, of which three in ten take one away; the same ids again and again, in several scopes. */
export function changesBy(chance: () => number, count: number): Change[] {
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(chance() * items.length)] as Item;
  return Array.from({ length: count }, (_, at): Change => {
    const record = notice(pick(NAMES), 1, pick(SCOPES));
    if (chance() < 0.3) return { remove: { id: record.id, scope: record.scope } };
    const title = `示例通知 ${at} ${Math.floor(chance() * 1e9)}`;
    return { put: { ...record, validUntil: pick(LAST_DAYS), body: { ...record.body, title } } };
  });
}
