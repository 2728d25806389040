import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackArchive, writeArchive } from '#district/folder/archive.ts';
import { importFolder } from '#district/folder/import-folder.ts';
import { readFolder } from '#district/folder/read-folder.ts';
import { readOptions } from '#district/options.ts';
import { type RunningDistrict, runDistrict } from '#district/run-district.ts';
import { launchChromium } from './browser/chromium.ts';
import { officeDesk, openTab } from './browser/office-desk.ts';

let folder: string;
let browser: Browser;
let running: RunningDistrict;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-archive-'));
  browser = await launchChromium();
  running = await runDistrict(readOptions(['--data', join(folder, 'data'), '--port', '0'], {}), {
    ...{ now: Date.now, log: () => {}, pages: resolve('out/renderer'), version: 'test' },
  });
  const { records } = readFolder('assets/profiles/wuhua/content', '五华区司法局（示例）');
  const own = records.filter(({ kind, scope }) => kind === 'notice' && scope.startsWith('530102'));
  await importFolder(running.district.database, own, Date.now());
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('all content comes out as an archive, goes in changed, is looked at, and waits for a second person', async () => {
  const { page } = await officeDesk(browser, running, 'editor', ['editor']);
  await page.getByText('全部内容的压缩包：导出、导入').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出压缩包', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^content-[\d-]{10}\.zip$/);
  const archive = join(folder, 'out.zip');
  await download.saveAs(archive);
  const out = join(folder, 'out');
  mkdirSync(out);
  await unpackArchive(archive, out, { bytes: 10_000_000, files: 100 });
  const notices = readFileSync(join(out, '530102/notice.yaml'), 'utf8');
  const changed = notices.replace(/title: .*/, 'title: 压缩包里改过的标题');
  writeFileSync(join(out, 'notice.yaml'), changed);
  const bases = 'base-versions.json';
  await writeArchive(archive, [
    { name: '530102/notice.yaml', path: join(out, 'notice.yaml') },
    { name: bases, path: join(out, bases) },
  ]);
  await page.getByLabel('导入压缩包').setInputFiles(archive);
  await page.getByText(/这个压缩包会改动 1 条/).waitFor();
  await page.getByText('修改', { exact: true }).first().waitFor();
  await page.evaluate(axe.source);
  const faults = await page.evaluate(async () =>
    (await window.axe.run(document)).violations.map(({ id }) => id),
  );
  expect(faults).toEqual([]);
  await page.getByRole('button', { name: '确认，提交审核', exact: true }).click();
  await page.getByText('已提交 1 条改动，等另一个人审核。').waitFor();
  const { page: second } = await officeDesk(browser, running, 'reviewer', ['reviewer']);
  await openTab(second, '起草与审核');
  await second.getByRole('button', { name: '打开', exact: true }).first().click();
  await second.getByRole('button', { name: '审核通过', exact: true }).click();
  await second.getByText('已发布', { exact: true }).first().waitFor();
  await openTab(page, '起草与审核');
  await openTab(page, '内容');
  await page.getByText('压缩包里改过的标题').first().waitFor();
});
