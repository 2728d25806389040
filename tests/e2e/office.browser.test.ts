import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import type { InjectOptions } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importFolder } from '#district/folder/import-folder.ts';
import { readFolder } from '#district/folder/read-folder.ts';
import { codeAt } from '#district/office/second-factor.ts';
import { readOptions } from '#district/options.ts';
import { type RunningDistrict, runDistrict } from '#district/run-district.ts';
import { readXlsx, writeXlsx } from '#district/tables/xlsx.ts';
import type { EnrolmentAnswer } from '#shared/operations/enrolment.ts';
import { FakeTerminal, operation } from '../district/sample-server.ts';
import { starterFile } from '../starter-file.ts';
import { launchChromium } from './browser/chromium.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SIZE = { width: 1280, height: 800 };
const PASSWORD = '五华区-窗口-7349-值班';
const OUTLET = '530102001';
const BOOKLET = starterFile('media.booklet-family');
/** A code of the authenticator is taken once; the next one is half a minute later. */
const STEP = 30_000;

let folder: string;
let browser: Browser;
let running: RunningDistrict;
let ahead = 0;
const now = () => Date.now() + ahead;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-'));
  browser = await launchChromium();
  running = await runDistrict(readOptions(['--data', folder, '--port', '0'], {}), {
    ...{ now, log: () => {}, pages: resolve('out/renderer'), version: 'test' },
  });
  const { records } = readFolder('assets/profiles/wuhua/content', '五华区司法局（示例）');
  const hotlines = records.filter(({ kind }) => kind === 'hotline');
  await importFolder(running.district.database, hotlines, now());
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const open = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
const done = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** Waits for a sentence, looks at the page with axe, and whether it is wider than the window. */
async function looksRight(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const faults = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, {
      ...{ runOnly: { type: 'tag', values: tags }, iframes: false },
    });
    const wide = document.documentElement.scrollWidth > window.innerWidth;
    return [
      ...violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ') ?? ''}`),
      ...(wide ? ['wider than the window'] : []),
    ];
  }, TAGS);
  expect(faults).toEqual([]);
}

/** A browser of somebody's own. */
async function desk(link: string): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZE, locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(link);
  return page;
}

/** Opens an account by its one-time link with password and second factor, and logs in. */
async function begin(link: string, account: string): Promise<Page> {
  const page = await desk(link);
  const secret = (await page.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? '';
  await looksRight(page);
  await page.getByLabel(/^设置密码/).fill(PASSWORD);
  await page.getByLabel(/^动态码/).fill(codeAt(secret, now()));
  await button(page, '开通账号').click();
  await done(page, '账号已开通，请登录。');
  ahead += STEP;
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByLabel(/^动态码/).fill(codeAt(secret, now()));
  await looksRight(page);
  await button(page, '登录').click();
  await page.getByRole('navigation').waitFor();
  return page;
}

/** The administrator invites somebody; gives their one-time link. */
async function invite(admin: Page, account: string, name: string, role: string): Promise<string> {
  await open(admin, '人员');
  await admin.getByLabel('账号').fill(account);
  await admin.getByLabel('姓名').fill(name);
  if (role !== '编辑') {
    await admin.getByLabel('编辑').uncheck();
    await admin.getByLabel(role, { exact: true }).check();
  }
  await admin.getByLabel(/^负责的区划代码/).fill('530102');
  await button(admin, '保存').click();
  // The link of the one before stands there until the answer has come.
  await admin.getByRole('cell', { name: account, exact: true }).waitFor();
  const text = (await admin.getByRole('status').filter({ hasText: '#' }).textContent()) ?? '';
  return text.slice(text.indexOf('http'));
}

/** A terminal that speaks over HTTP as a real one. */
function terminalAt(url: string): FakeTerminal {
  const inject = async ({ method, url: path, payload, headers }: InjectOptions) => {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const answer = await fetch(`${url}${typeof path === 'string' ? path : ''}`, {
      ...{ method: method ?? 'GET', body },
      headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
    });
    const text = await answer.text();
    return { statusCode: answer.status, body: text, json: () => JSON.parse(text) as unknown };
  };
  return new FakeTerminal({
    ...{ app: { inject } as unknown as ConstructorParameters<typeof FakeTerminal>[0]['app'] },
    clock: {
      get now() {
        return now();
      },
    },
  });
}

/** Writes what a draft lacks, saves it and hands it in. */
async function writeNotice(editor: Page, name: string, title: string): Promise<void> {
  await open(editor, '内容');
  await editor.getByLabel(/^编号（小写/).fill(name);
  await editor.getByLabel(/^范围/).fill(OUTLET);
  await button(editor, '起草').click();
  await fillNotice(editor, title);
}

async function fillNotice(editor: Page, title: string): Promise<void> {
  await editor.getByLabel('标题').fill(title);
  await editor
    // A text area within its label is part of the label's text.
    .getByLabel(/^内容/)
    .fill('本周六上午九点，律师在大厅为大家解答问题。');
  await editor.getByLabel('分组').selectOption('station');
  await editor.getByLabel('显示到哪天').fill('2099-12-31');
  await editor.getByLabel('来源').fill('五华区司法局通知');
  await editor.getByLabel('责任单位').fill('五华区司法局');
  await button(editor, '保存').click();
}

async function handIn(editor: Page): Promise<void> {
  await editor.locator('button:enabled', { hasText: '提交审核' }).click();
  await done(editor, '待审核');
}

async function approve(reviewer: Page): Promise<void> {
  await open(reviewer, '起草与审核');
  await button(reviewer, '打开').first().click();
  await looksRight(reviewer);
  await button(reviewer, '审核通过').click();
  await reviewer.getByText('已发布', { exact: true }).first().waitFor();
}

test('people of a district office write, review, publish, decide and enrol in their browsers', async () => {
  const admin = await begin(running.invitation ?? '', 'admin');
  await looksRight(admin);
  const editorLink = await invite(admin, 'editor', '示例甲', '编辑');
  await open(admin, '终端');
  const reviewerLink = await invite(admin, 'reviewer', '示例乙', '审核');
  const inboxLink = await invite(admin, 'inboxer', '示例丙', '收件办理');
  const auditorLink = await invite(admin, 'auditor', '示例丁', '审计');
  await looksRight(admin);

  // A terminal is enrolled with the code that the page shows.
  await open(admin, '终端');
  await admin.getByLabel('网点代码').fill(OUTLET);
  await button(admin, '领取登记码').click();
  const code = (await admin.locator('p[role=status] b').textContent())?.replaceAll('-', '') ?? '';
  const terminal = terminalAt(running.url);
  const enrolled = await terminal.enrol(code);
  expect(enrolled.statusCode).toBe(200);
  terminal.id = enrolled.json<EnrolmentAnswer>().terminal;
  await open(admin, '人员');
  await open(admin, '终端');
  await done(admin, '大厅东侧');
  await looksRight(admin);

  // A draft with faults says what to do; then it is whole, seen as visitors will see it, and handed in.
  const editor = await begin(editorLink, 'editor');
  await looksRight(editor);
  await writeNotice(editor, 'lawyer', '短');
  await done(editor, '标题：太短了，至少 4 个字。');
  await looksRight(editor);
  await fillNotice(editor, '周六律师值班');
  await editor.getByText('标题：太短了').waitFor({ state: 'detached' });
  await button(editor, '预览').click();
  const seen = editor.frameLocator('iframe');
  await seen.getByText('周六律师值班').first().waitFor();
  await looksRight(editor);
  await handIn(editor);
  const reviewer = await begin(reviewerLink, 'reviewer');
  await approve(reviewer);
  await open(editor, '内容');
  await done(editor, '周六律师值班');

  // A station changes the title from the first version while the office has published a second one.
  await button(editor, '历史').first().click();
  await looksRight(editor);
  await button(editor, '修改').click();
  await editor.getByLabel('标题').fill('周六、周日律师值班');
  await button(editor, '保存').click();
  await done(editor, '周六、周日律师值班');
  await handIn(editor);
  await approve(reviewer);
  const record = { id: 'notice.lawyer', kind: 'notice', scope: OUTLET };
  const changes = [{ field: '/body/title', from: '周六律师值班', to: '本站周六律师值班' }];
  const [result] = await terminal.push(
    operation('content-edit', { record, baseVersion: 1, changes, editor: '站', reviewer: '长' }),
  );
  expect(result?.status).toBe('conflict');
  const inbox = await begin(inboxLink, 'inboxer');
  await open(inbox, '修改冲突');
  await done(inbox, '本站周六律师值班');
  await looksRight(inbox);
  await button(inbox, '采用网点的').click();
  await done(inbox, /采用网点的（/);
  await open(inbox, '收件');
  await looksRight(inbox);

  // A list goes out as a table, comes back changed, and is reviewed like any draft.
  await open(editor, '内容');
  await editor.getByLabel('种类').first().selectOption('hotline');
  const [download] = await Promise.all([
    editor.waitForEvent('download'),
    button(editor, '导出表格').click(),
  ]);
  const table = join(folder, download.suggestedFilename());
  await download.saveAs(table);
  const sheets = structuredClone(await readXlsx(await readFile(table)));
  const rows = sheets[0]?.rows as (string | null)[][];
  const column = rows[0]?.indexOf('名称') ?? -1;
  const changeTo = async (name: string) => {
    rows[1]?.splice(column, 1, name);
    await writeFile(table, await writeXlsx(sheets));
    await editor.getByLabel('导入表格').setInputFiles(table);
  };
  await changeTo('短');
  await done(editor, '名称：太短了，至少 2 个字。');
  await looksRight(editor);
  await changeTo('法律援助中心值班电话');
  await done(editor, /已提交 1 条改动/);
  await open(editor, '起草与审核');
  await done(editor, /从表格导入/);
  await looksRight(editor);
  await approve(reviewer);

  // A pamphlet is handed in where its record is written; what is none is refused in a sentence; the preview shows its pages.
  await open(editor, '内容');
  await editor.getByLabel('种类').last().selectOption('media');
  await editor.getByLabel(/^编号（小写/).fill('booklet');
  await editor.getByLabel(/^范围/).fill(OUTLET);
  await button(editor, '起草').click();
  await done(editor, '还没有上传文件。');
  const choose = editor.getByLabel('选择文件上传');
  const drawing = { name: '假的.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<svg/>') };
  await choose.setInputFiles(drawing);
  await done(editor, /^只能上传 PNG、JPEG、WebP 图片/);
  await choose.setInputFiles(join('assets/starter/media', BOOKLET));
  await done(editor, '文件已上传，请填好其他内容再保存。');
  await looksRight(editor);
  await editor.getByLabel('标题').fill('示例宣传册');
  await editor.getByLabel('来源').fill('五华区司法局');
  await editor.getByLabel('责任单位').fill('五华区司法局');
  await button(editor, '保存').click();
  await editor.getByText('还没有上传文件。').waitFor({ state: 'detached' });
  await button(editor, '预览').click();
  const leaf = editor.frameLocator('iframe').locator('canvas').first();
  await leaf.waitFor();
  await expect
    .poll(() => leaf.evaluate((canvas: HTMLCanvasElement) => canvas.width))
    .toBeGreaterThan(300);
  await handIn(editor);
  await approve(reviewer);
  await expect.poll(() => existsSync(join(folder, 'feed/targets/media', OUTLET))).toBe(true);

  // Withdrawn, brought back from its history, and all of it stands in the trail.
  await open(editor, '内容');
  await editor.getByLabel('种类').first().selectOption('notice');
  await button(editor, '历史').first().click();
  await button(editor, '撤下').click();
  await handIn(editor);
  await approve(reviewer);
  await open(editor, '内容');
  await done(editor, '已撤下');
  await button(editor, '历史').first().click();
  await button(editor, '恢复到这一版').last().click();
  await handIn(editor);
  await approve(reviewer);
  await open(editor, '内容');
  await done(editor, '周六律师值班');
  const auditor = await begin(auditorLink, 'auditor');
  await open(auditor, '日志');
  await button(auditor, '检查日志是否被改动').click();
  await done(auditor, /^日志完整，共 \d+ 条。$/);
  await looksRight(auditor);
}, 300_000);
