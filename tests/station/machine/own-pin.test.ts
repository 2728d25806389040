import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { terminalContext } from '#station/access/caller.ts';
import { type Host, startHost } from '#station/host.ts';
import { addPerson } from '#station/staff/people.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { all, sql } from '#station/store/sql.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';

const NOW = Date.parse('2026-11-23T10:24:00+08:00');
const PIN = '482913';
let temporary: TemporaryHost;
let host: Host;
let oneTimePin: string;
const open = () => openDatabase(join(temporary.options.dataDir, 'station.sqlite'), 'station');

beforeEach(async () => {
  temporary = temporaryHost();
  const db = open();
  const person = { account: 'ji01', name: '示例技术员', roles: ['technician' as const] };
  ({ oneTimePin } = await addPerson({ db, actor: 'test', now: NOW }, person));
  closeDatabase(db);
  host = await startHost({ ...temporary.options, now: () => NOW });
});
afterEach(async () => {
  await host.close();
  temporary.remove();
});

test('a backup onto a stick asks for the own PIN once more, and a wrong one counts', async () => {
  const client = createRouterClient(host.router, { context: terminalContext() });
  await client.staff.logIn({ account: 'ji01', secret: oneTimePin });
  await client.staff.changeSecret({ current: oneTimePin, next: PIN });
  // Here is no stick; what matters is who gets so far.
  expect(await client.machine.backupToStick({ secret: PIN })).toEqual({ state: 'no-stick' });
  const wrong = [];
  for (let at = 0; at < 4; at += 1)
    wrong.push(await client.machine.backupToStick({ secret: '111222' }));
  expect(wrong.map(({ state }) => state)).toEqual(['wrong', 'wrong', 'wrong', 'wait']);
  // The right one waits as well, as at a log-in.
  expect(await client.machine.backupToStick({ secret: PIN })).toMatchObject({ state: 'wait' });
  const db = open();
  const actions = all<{ action: string }>(db, sql`select action from audit`).map(
    ({ action }) => action,
  );
  closeDatabase(db);
  expect(actions.filter((action) => action.startsWith('backup-to-stick'))).toEqual([
    'backup-to-stick',
    'backup-to-stick-no-stick',
  ]);
  expect(actions).toContain('staff-locked-for-a-time');
});

test('a visitor and somebody with a PIN that another gave get nowhere', async () => {
  const client = createRouterClient(host.router, { context: terminalContext() });
  const refused = (kind: string) => expect.objectContaining({ code: kind }) as unknown;
  await expect(client.machine.supportToStick()).rejects.toEqual(refused('not-signed-in'));
  await client.staff.logIn({ account: 'ji01', secret: oneTimePin });
  await expect(client.machine.supportToStick()).rejects.toEqual(refused('not-allowed'));
  await expect(client.machine.backupToStick({ secret: oneTimePin })).rejects.toEqual(
    refused('not-allowed'),
  );
});
