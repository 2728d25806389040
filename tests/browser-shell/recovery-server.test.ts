import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import {
  openRecoveryServer,
  type RecoveryServer,
} from '../../src/main/browser-shell/recovery-server.ts';

let server: RecoveryServer | undefined;
afterEach(() => server?.close());

test('the recovery page is there from the start, and is the page that the package brings', async () => {
  const report = vi.fn();
  server = openRecoveryServer(join(import.meta.dirname, '../../assets/recovery'), report);
  const address = await vi.waitFor(() => {
    const known = server?.address();
    if (known === undefined) throw new Error('not yet');
    return known;
  });
  expect(await (await fetch(address)).text()).toContain('12348');
  expect(report).not.toHaveBeenCalled();
});

test('a terminal without the recovery page shows a bare one, and says so', async () => {
  const report = vi.fn();
  server = openRecoveryServer('/nowhere/recovery', report);
  server.knowTrouble('磁盘满了。');
  await server.settled;
  const page = await (await fetch(server.address() ?? expect.unreachable('no port'))).text();
  expect(page).toContain('12348');
  expect(page).toContain('磁盘满了。');
  expect(report).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('/nowhere/recovery'));
});
