/**
 * Walks through a terminal, host and browser both, on whatever network this process has, and prints what was seen as one JSON
 * line. Run by offline.browser.test.ts inside a network namespace that has nothing but loopback.
 */
import { networkInterfaces } from 'node:os';
import { launchChromium, openTouchPage, PORTRAIT } from './chromium.ts';
import { openScene, PAGES } from './scene.ts';
import { startStation } from './station.ts';

const station = await startStation({ profile: 'wuhua' });
const browser = await launchChromium();
const { page, faults } = await openTouchPage(browser, PORTRAIT);
const titles: Record<string, string | null> = {};
for (const [name, scene] of Object.entries(PAGES)) {
  await openScene(page, station.url, scene);
  titles[name] = await page.locator('main h2, main [role="alert"]').first().textContent();
}
await openScene(page, station.url, PAGES.guide ?? { page: 'guide' });
await page.getByRole('button', { name: '用手机带走' }).tap();
await page.getByRole('img', { name: '扫一扫', exact: false }).waitFor();
const { text } = await station.client.guides.takeaway({
  id: 'service.legal-aid-wages',
  language: 'zh-CN',
});
const pdf = await station.client.papers.pdf({
  type: 'one-time-notice',
  id: 'service.legal-aid-wages',
});
const outside = await fetch('http://1.1.1.1/', { signal: AbortSignal.timeout(3000) }).then(
  () => 'reached',
  () => 'refused',
);
await browser.close();
await station.close();
console.log(
  JSON.stringify({
    interfaces: Object.keys(networkInterfaces()),
    outside,
    titles,
    faults,
    takeaway: text,
    pdfBytes: pdf.base64.length,
  }),
);
