import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, openTouchPage, PORTRAIT, type TouchPage } from './browser/chromium.ts';
import { isDrawn, openScene } from './browser/scene.ts';
import { type RunningStation, type StationSettings, startStation } from './browser/station.ts';

/** Guides are at most so many touches away from home (issue 2); moving the list by a finger is no touch on anything. */
const MOST_TOUCHES = 3;
/** Longer than the time in which a second touch does nothing. */
const UNTREMBLING_MS = 600;

const text = JSON.parse(
  readFileSync(new URL('../../assets/locales/zh-CN.json', import.meta.url), 'utf8'),
) as {
  category: Record<string, { name: string }>;
  faqs: { topics: Record<string, string> };
  [key: string]: unknown;
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Somebody at the screen, who can only touch, and counts the touches since home. */
class Visitor {
  readonly page: Page;
  touches = 0;

  constructor(page: Page) {
    this.page = page;
  }

  /** Touches the control with this name in the page, and waits for the page that it leads to. */
  async touch(name: string, leadsTo: string): Promise<void> {
    await this.page
      .locator('main')
      .getByRole('button', { name, exact: false })
      .and(this.page.locator(`:has(:text-is(${JSON.stringify(name)}))`))
      .first()
      .tap();
    this.touches += 1;
    await this.arrive(leadsTo);
  }

  async back(to: string): Promise<void> {
    await this.page.clock.fastForward(UNTREMBLING_MS);
    await this.page.locator('nav').getByRole('button', { name: '返回' }).tap();
    this.touches -= 1;
    await this.arrive(to);
  }

  async home(): Promise<void> {
    await this.page.clock.fastForward(UNTREMBLING_MS);
    await this.page.locator('nav').getByRole('button', { name: '首页' }).tap();
    this.touches = 0;
    await this.arrive('home');
  }

  title(): Promise<string | null> {
    return this.page.locator('main h2').first().textContent();
  }

  private async arrive(name: string): Promise<void> {
    await isDrawn(this.page, name);
    expect(await this.page.getByRole('alert').count(), `${name} shows a fault`).toBe(0);
  }
}

/** The groups of a list, by what must be touched on home to see them. */
function byCategory<Item extends { category: string }>(items: readonly Item[]): [string, Item[]][] {
  return [...Map.groupBy(items, ({ category }) => category)].map(([category, members]) => [
    text.category[category]?.name ?? category,
    members,
  ]);
}

async function crawlGuides(visitor: Visitor, station: RunningStation): Promise<number> {
  const guides = await station.client.guides.list({ language: 'zh-CN' });
  for (const [category, members] of byCategory(guides)) {
    await visitor.touch(category, 'guides');
    for (const guide of members) {
      await visitor.touch(guide.title, 'guide');
      expect(await visitor.title()).toBe(guide.title);
      expect(visitor.touches, guide.title).toBeLessThanOrEqual(MOST_TOUCHES);
      await visitor.back('guides');
    }
    await visitor.home();
  }
  return guides.length;
}

/** Every question where `every` says so, else the first and the last of each topic. */
async function crawlFaqs(visitor: Visitor, station: RunningStation, every: boolean): Promise<void> {
  const faqs = await station.client.faqs.list({ language: 'zh-CN' });
  await visitor.touch('常见问题', 'faqs');
  for (const [topic, members] of Map.groupBy(faqs, (faq) => faq.topic)) {
    await visitor.page.clock.fastForward(UNTREMBLING_MS);
    await visitor.page
      .locator('main fieldset')
      .getByRole('button', { name: text.faqs.topics[topic] ?? topic, exact: true })
      .tap();
    const wanted = every ? members : [...new Set([members[0], members.at(-1)])];
    for (const faq of wanted) {
      if (faq === undefined) continue;
      await visitor.touch(faq.question, 'faq');
      expect(await visitor.title()).toBe(faq.question);
      await visitor.back('faqs');
    }
  }
  await visitor.home();
}

async function crawlForms(visitor: Visitor, station: RunningStation): Promise<void> {
  await visitor.touch('表格样本', 'forms');
  for (const form of await station.client.forms.list({ language: 'zh-CN' })) {
    await visitor.touch(form.title, 'form');
    expect(await visitor.title()).toBe(form.title);
    await visitor.back('forms');
  }
  await visitor.home();
}

/** The board with its eight items, the outlets, the hotlines; from each the way back is open. */
async function crawlRest(visitor: Visitor, station: RunningStation): Promise<void> {
  await visitor.touch('信息公示', 'board');
  const rows = await visitor.page.locator('main button').count();
  expect(rows).toBe(8);
  for (let at = 0; at < rows; at += 1) {
    await visitor.page.locator('main button').nth(at).tap();
    await visitor.page.waitForFunction(() => !document.querySelector('[class*="waiting"]'));
    expect(await visitor.page.locator('main h2').first().isVisible()).toBe(true);
    await visitor.back('board');
  }
  await visitor.home();
  await visitor.touch('本站和网点', 'station');
  await visitor.page.locator('main').getByRole('button', { name: '各级网点' }).tap();
  await isDrawn(visitor.page, 'stations');
  const stations = await station.client.stations.list({ language: 'zh-CN' });
  for (const outlet of [stations[0], stations.at(-1)]) {
    if (outlet === undefined) continue;
    await visitor.touch(outlet.name, 'station');
    await visitor.back('stations');
  }
  await visitor.home();
}

const PLACES: readonly (StationSettings & { name: string; every: boolean })[] = [
  { name: 'Wuhua, a street station', profile: 'wuhua', every: true },
  { name: 'Bozhou, a street station', profile: 'bozhou', every: false },
  { name: 'Xigu, a district centre', profile: 'xigu', every: false },
  { name: 'Jilin, a county centre', profile: 'jilin', every: false },
  { name: 'Changzhou, a street station', profile: 'changzhou', every: false },
  { name: 'Wuhua, a workroom', profile: 'wuhua', station: '530102001007', every: false },
  { name: 'Bozhou, a police post', profile: 'bozhou', station: '652701001-J01', every: false },
];

describe.concurrent('everything is reached by touch alone, and the way back is always open', () => {
  it.for(PLACES)('$name', { timeout: 900_000 }, async (place, { expect: check }) => {
    const station = await startStation(place);
    const touch: TouchPage = await openTouchPage(browser, PORTRAIT);
    try {
      await touch.page.clock.install();
      await openScene(touch.page, station.url, { page: 'home' });
      const visitor = new Visitor(touch.page);
      check(await crawlGuides(visitor, station)).toBeGreaterThanOrEqual(40);
      await crawlFaqs(visitor, station, place.every);
      await crawlForms(visitor, station);
      await crawlRest(visitor, station);
      check(touch.faults).toEqual([]);
    } finally {
      await touch.close();
      await station.close();
    }
  });
});
