import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { codeAt } from '#district/office/second-factor.ts';
import { readOptions } from '#district/options.ts';
import { runDistrict } from '#district/run-district.ts';
import { addDays, localMoment } from '#shared/time/local-date.ts';

/** In the order in which they are drawn: each goes on from the one before. */
export const OFFICE_PICTURES = [
  'surface.office.invitation',
  'surface.office.log-in',
  'surface.office.people',
  'surface.office.services',
  'surface.office.terminals',
  'surface.office.content',
  'surface.office.draft',
  'surface.preview.draft',
] as const;

const PASSWORD = '五华区-窗口-7349-值班';
/** A code of the authenticator is taken once; the next one is half a minute later. */
const STEP_MS = 30_000;

type Keep = (name: (typeof OFFICE_PICTURES)[number], page: Page) => Promise<void>;

/** Runs a district's server and draws its pages, from the first invitation to a draft as visitors would see it. */
export async function drawOffice(browser: Browser, keep: Keep): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'office-shots-'));
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const running = await runDistrict(readOptions(['--data', folder, '--port', '0'], {}), {
    ...{ now, log: () => {}, pages: resolve('out/renderer'), version: 'shots' },
  });
  const begin = async (link: string, account: string, look?: Keep) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'zh-CN',
    });
    const page = await context.newPage();
    await page.goto(link);
    const secret = (await page.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? '';
    await look?.('surface.office.invitation', page);
    await page.getByLabel(/^设置密码/).fill(PASSWORD);
    await page.getByLabel(/^动态码/).fill(codeAt(secret, now()));
    await page.getByRole('button', { name: '开通账号' }).click();
    await page.getByText('账号已开通，请登录。').waitFor();
    ahead += STEP_MS;
    await look?.('surface.office.log-in', page);
    await page.getByLabel('账号').fill(account);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByLabel(/^动态码/).fill(codeAt(secret, now()));
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('navigation').waitFor();
    return page;
  };
  try {
    const admin = await begin(running.invitation ?? '', 'admin', keep);
    const link = await inviteEditor(admin);
    await keep('surface.office.people', admin);
    await makeServices(admin);
    await keep('surface.office.services', admin);
    await open(admin, '终端');
    await admin.getByLabel('网点代码').waitFor();
    await keep('surface.office.terminals', admin);
    await drawDraft(await begin(link, 'editor'), keep);
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const open = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name, exact: true }).click();

async function inviteEditor(admin: Page): Promise<string> {
  await open(admin, '人员');
  await admin.getByLabel('账号').fill('editor');
  await admin.getByLabel('姓名').fill('示例甲');
  await admin.getByLabel(/^负责的区划代码/).fill('530102');
  await admin.getByRole('button', { name: '保存', exact: true }).click();
  await admin.getByRole('cell', { name: 'editor', exact: true }).waitFor();
  const text = (await admin.getByRole('status').filter({ hasText: '#' }).textContent()) ?? '';
  return text.slice(text.indexOf('http'));
}

/** One account that is in use, and a second whose key is on the screen. */
async function makeServices(admin: Page): Promise<void> {
  const section = admin.getByRole('region', { name: '外单位对接' });
  const lastDay = addDays(localMoment(Date.now()).date, 180);
  const make = async (name: string, more: string) => {
    await section.getByLabel('对接单位和系统的名称').fill(name);
    await section.getByLabel(more).check();
    await section.getByLabel(/^看得到的区划代码/).fill('53');
    await section.getByLabel(/^有效到哪天/).fill(lastDay);
    await section.getByRole('button', { name: '生成密钥' }).click();
    await section.getByText(/^lkd_/).waitFor();
  };
  await make('省法治宣传网（示例）', '读取已发布的内容');
  await section.getByRole('button', { name: '已经交给对方，不再显示' }).click();
  await make('省 12348 平台（示例）', '查看和办结收件');
  await section.getByText(/^lkd_/).scrollIntoViewIfNeeded();
}

async function drawDraft(editor: Page, keep: Keep): Promise<void> {
  await open(editor, '内容');
  await editor.getByLabel(/^编号（小写/).fill('lawyer');
  await editor.getByLabel(/^范围/).fill('530102001');
  await keep('surface.office.content', editor);
  await editor.getByRole('button', { name: '起草', exact: true }).click();
  await editor.getByLabel('标题').fill('周六律师值班');
  await editor.getByLabel(/^内容/).fill('本周六上午九点，律师在大厅为大家解答问题。');
  await editor.getByLabel('分组').selectOption('station');
  await editor.getByLabel('显示到哪天').fill('2099-12-31');
  await editor.getByLabel('来源').fill('五华区司法局通知');
  await editor.getByLabel('责任单位').fill('五华区司法局');
  await editor.getByRole('button', { name: '保存', exact: true }).click();
  await keep('surface.office.draft', editor);
  await editor.getByRole('button', { name: '预览', exact: true }).click();
  await editor.frameLocator('iframe').getByText('周六律师值班').first().waitFor();
  await keep('surface.preview.draft', editor);
}
