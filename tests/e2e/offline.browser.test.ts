import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { PAGES } from './browser/scene.ts';

const WALK = join(import.meta.dirname, 'browser/offline-walk.ts');

/** Root in a namespace of one's own may bring up loopback there, whoever started the tests. */
const WITHOUT_NETWORK = [
  '--net',
  '--map-root-user',
  'sh',
  '-c',
  'PATH=$PATH:/usr/sbin:/sbin; ip link set lo up && exec "$@"',
  'sh',
];

it('with the network cable out, every page, the notice for the phone and the paper are there', {
  timeout: 300_000,
}, async () => {
  const { stdout } = await promisify(execFile)(
    'unshare',
    [...WITHOUT_NETWORK, process.execPath, '--no-warnings', WALK],
    { env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const seen = JSON.parse(stdout) as {
    interfaces: string[];
    outside: string;
    titles: Record<string, string | null>;
    faults: string[];
    takeaway: string;
    pdfBytes: number;
  };
  expect(seen.interfaces).toEqual(['lo']);
  expect(seen.outside).toBe('refused');
  expect(Object.keys(seen.titles)).toEqual(Object.keys(PAGES));
  expect(Object.values(seen.titles).every((title) => Boolean(title?.trim()))).toBe(true);
  expect(seen.faults).toEqual([]);
  expect(seen.takeaway).toContain('免费');
  expect(seen.pdfBytes).toBeGreaterThan(10_000);
});
