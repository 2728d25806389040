import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OperationResult } from '#shared/operations/operation-result.ts';
import { terminalContext } from '#station/access/caller.ts';
import { takeResults } from '#station/district/outbox.ts';
import { type Host, startHost } from '#station/host.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { first, sql, type WritableDb } from '#station/store/sql.ts';
import { runKiosk } from '../../cli/run-kiosk.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';

const NOW = Date.parse('2026-11-23T09:30:00+08:00');
const TITLE = '本站的示例通知';

let temporary: TemporaryHost;
let host: Host;
/** As a command beside the running host has the database. */
let command: WritableDb;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  temporary = temporaryHost();
  host = await startHost({ ...temporary.options, now: () => NOW });
  command = openDatabase(join(temporary.options.dataDir, 'station.sqlite'), 'station');
});
afterEach(async () => {
  closeDatabase(command);
  await host.close();
  temporary.remove();
  vi.useRealTimers();
});

/** A page at the terminal on which an editor is logged in. */
async function editorPage() {
  const { dataDir } = temporary.options;
  const add = ['staff', 'add', 'wang01', '--name', '王示例', '--role', '编辑'];
  const { out } = await runKiosk(...add, '--data', dataDir, '--json');
  const { oneTimePin } = JSON.parse(out) as { oneTimePin: string };
  const page = createRouterClient(host.router, { context: terminalContext() });
  await page.staff.logIn({ account: 'wang01', secret: oneTimePin });
  await page.staff.changeSecret({ current: oneTimePin, next: '284913' });
  return page;
}

type Page = Awaited<ReturnType<typeof editorPage>>;

async function publishNotice(page: Page): Promise<void> {
  const { id, draft } = await page.editing.create({ kind: 'notice' });
  const content = {
    ...{ ...draft?.content, effectiveFrom: '2026-11-23', validUntil: '2026-12-31' },
    body: {
      title: TITLE,
      text: '十二月起每周三下午有律师坐班。',
      group: 'station',
      important: true,
    },
  };
  const saved = await page.editing.save({ id, content, stamp: draft?.stamp ?? 0 });
  if (saved.state !== 'saved') expect.unreachable('not saved');
  expect(await page.editing.publish({ id, stamp: saved.stamp })).toMatchObject({
    state: 'published',
  });
}

const titles = async (page: Page) =>
  (await page.board.disclosure({ language: 'zh-CN' })).notices.map(({ body }) => body.title);

const ANSWERS: Readonly<Record<string, (id: string) => OperationResult>> = {
  refused: (id) => ({ id, status: 'refused', code: 'unsound', message: '示例' }),
  'in conflict': (id) => ({
    ...{ id, status: 'conflict', conflict: 'c-sample', version: 1 },
    fields: [{ field: '/body/title', wanted: TITLE }],
  }),
};

test.each(Object.entries(ANSWERS))(
  'an edit that a stick says is %s is off the screen within a minute, without a start',
  async (_, answer) => {
    const page = await editorPage();
    await publishNotice(page);
    expect(await titles(page)).toContain(TITLE);
    const edit = first<{ id: string }>(command, sql`select id from outbox`);
    takeResults(command, [answer(edit?.id ?? '')], NOW);
    await vi.advanceTimersByTimeAsync(60_000);
    const soon = { timeout: 60_000, interval: 100 };
    await vi.waitFor(async () => expect(await titles(page)).not.toContain(TITLE), soon);
  },
);
