import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveDraft, startDraft } from '#district/content/drafts.ts';
import { readOptions } from '#district/options.ts';
import { type RunningDistrict, runDistrict } from '#district/run-district.ts';
import { launchChromium } from './browser/chromium.ts';
import { type Desk, officeDesk, openTab } from './browser/office-desk.ts';

let folder: string;
let browser: Browser;
let running: RunningDistrict;
let desk: Desk;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-preview-'));
  browser = await launchChromium();
  running = await runDistrict(readOptions(['--data', folder, '--port', '0'], {}), {
    ...{ now: Date.now, log: () => {}, pages: resolve('out/renderer'), version: 'test' },
  });
  desk = await officeDesk(browser, running, 'editor', ['editor']);
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a draft and opens it; the preview stands on its page. */
async function drafted(kind: string, name: string, body: object): Promise<Page> {
  const { me, page } = desk;
  const record = { id: `${kind}.${name}`, kind, scope: '530102' };
  const { id, revision, content } = await startDraft(
    running.district,
    { record, withdraw: false },
    me,
  );
  if (content === null) throw new Error('a new draft has no content');
  const written = {
    ...{ ...content, effectiveFrom: '2026-11-01', source: '示例', responsibleBody: '示例' },
    body: body as NonNullable<typeof content>['body'],
  };
  const { title } = await saveDraft(running.district, { id, revision, content: written }, me);
  await openTab(page, '内容');
  await openTab(page, '起草与审核');
  await page
    .getByRole('row')
    .filter({ hasText: title })
    .getByRole('button', { name: '修改', exact: true })
    .click();
  return page;
}

const looked = async (page: Page) => {
  await page.getByRole('button', { name: '预览', exact: true }).click();
  return page.frameLocator('iframe');
};

test('a saying is tried in the search box, as a visitor who types it', async () => {
  const page = await drafted('synonym', 'trial', {
    ...{ everyday: ['嘎嘣嘎嘣'], legal: ['法律援助'] },
  });
  const seen = await looked(page);
  await seen.locator('[data-page=search]').waitFor();
  await seen.getByText('嘎嘣嘎嘣').first().waitFor();
  await seen.locator('[data-best]').first().waitFor();
  expect(await seen.locator('[data-best]').first().textContent()).toContain('法律援助');
});

test('a playlist plays; touched, it gives way to home, and plays anew when it is asked for again', async () => {
  const page = await drafted('playlist', 'trial', {
    title: '只放一条',
    items: [{ id: 'one', record: 'notice.wuhua-mailbox', seconds: 600, weight: 10 }],
  });
  const seen = await looked(page);
  const slide = seen.locator('[data-attract]');
  await slide.first().waitFor();
  await slide.first().click();
  await seen.locator('[data-page=home]').waitFor();
  await slide.waitFor({ state: 'detached' });
  await looked(page);
  await slide.first().waitFor();
});

test('a plan of the queue is tried to the number, without paper and without anybody waiting elsewhere', async () => {
  const page = await drafted('queue-plan', '530102', {
    station: '530102',
    lines: [{ id: 'advice', name: '咨询试排', prefix: 'Q', windows: ['w2'] }],
  });
  // A working day: on others no numbers are given.
  await page.getByLabel('哪一天').fill('2026-12-01');
  const seen = await looked(page);
  await seen.getByRole('button', { name: /咨询试排/ }).click();
  await seen.getByText('Q001').first().waitFor();
});

test('of what no page of a terminal shows, the office says so', async () => {
  const page = await drafted('access-rule', 'trial', {
    ...{ title: '试用标准', subject: 'fee-reduction', text: '这是一条只为试验而写的标准。' },
    basis: [{ law: '中华人民共和国法律援助法', article: '第三十四条' }],
  });
  await page.getByText(/^终端上还没有显示受理标准的页面/).waitFor();
  expect(await page.getByRole('button', { name: '预览', exact: true }).count()).toBe(0);
});
