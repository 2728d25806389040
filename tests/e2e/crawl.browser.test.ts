import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_LAW } from '../laws/sample-laws.ts';
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
  home: { triage: string; entries: { read: string } };
  laws: { read: string };
  media: { films: string; pamphlets: string };
  people: { filters: { clear: string } };
  reading: { articles: string; cases: string; lectures: string };
  triage: { callSomebody: string };
  station: { levels: Record<string, string> };
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

  /** Touches the control with this text in the page, and waits for the page that it leads to. */
  async touch(name: string, leadsTo: string): Promise<void> {
    await this.tap('main', name);
    this.touches += 1;
    await this.arrive(leadsTo);
  }

  async back(to: string): Promise<void> {
    await this.page.clock.fastForward(UNTREMBLING_MS);
    await this.tap('nav', '返回');
    this.touches -= 1;
    await this.arrive(to);
  }

  async home(): Promise<void> {
    await this.page.clock.fastForward(UNTREMBLING_MS);
    await this.tap('nav', '首页');
    this.touches = 0;
    await this.arrive('home');
  }

  /** A finger on the middle of a control, which must be what is there to be touched. */
  async tap(part: string, name: string): Promise<void> {
    const point = await this.page.evaluate(touchPoint, { part, name });
    if (typeof point === 'string') throw new Error(point);
    await this.page.touchscreen.tap(point.x, point.y);
  }

  /** Turns the pages of a list until it shows a name. */
  async turnTo(name: string): Promise<void> {
    while ((await this.page.locator('main button', { hasText: name }).count()) === 0) {
      await this.page.clock.fastForward(UNTREMBLING_MS);
      await this.tap('main', '下一页');
    }
  }

  title(): Promise<string | null> {
    return this.page.locator('main h2').first().textContent();
  }

  private async arrive(name: string): Promise<void> {
    await isDrawn(this.page, name);
    expect(await this.page.getByRole('alert').count(), `${name} shows a fault`).toBe(0);
  }
}

/** In the page: where a control with this text is, moved into sight; or why it cannot be touched. */
function touchPoint({ part, name }: { part: string; name: string }) {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>(`${part} button`)];
  const has = (within: string) => (button: HTMLButtonElement) =>
    [...button.querySelectorAll(within)].some(({ textContent }) => textContent === name);
  const button =
    buttons.find(({ textContent }) => textContent === name) ??
    // By what it is called, before what else stands on it: on a person's row also where they sit.
    buttons.find(has('[class*="label"]')) ??
    buttons.find(has('*'));
  if (button === undefined) return `there is no "${name}" to touch`;
  if (button.disabled) return `"${name}" cannot be pressed`;
  button.scrollIntoView({ block: 'center' });
  const box = button.getBoundingClientRect();
  const point = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  return button.contains(document.elementFromPoint(point.x, point.y))
    ? point
    : `"${name}" is covered by something else`;
}

/** All of them where `every` says so, else the first and the last. */
function some<Item>(items: readonly Item[], every: boolean): readonly Item[] {
  return every || items.length < 3 ? items : [...items.slice(0, 1), ...items.slice(-1)];
}

/** The groups of a list, by what must be touched on home to see them. */
function byCategory<Item extends { category: string }>(items: readonly Item[]): [string, Item[]][] {
  return [...Map.groupBy(items, ({ category }) => category)].map(([category, members]) => [
    text.category[category]?.name ?? category,
    members,
  ]);
}

async function crawlGuides(
  visitor: Visitor,
  station: RunningStation,
  every: boolean,
): Promise<number> {
  const guides = await station.client.guides.list({ language: 'zh-CN' });
  for (const [category, members] of byCategory(guides)) {
    await visitor.touch(category, 'guides');
    for (const guide of some(members, every)) {
      await visitor.touch(guide.title, 'guide');
      expect(await visitor.title()).toBe(guide.title);
      expect(visitor.touches, guide.title).toBeLessThanOrEqual(MOST_TOUCHES);
      await visitor.back('guides');
    }
    await visitor.home();
  }
  return guides.length;
}

async function crawlFaqs(visitor: Visitor, station: RunningStation, every: boolean): Promise<void> {
  const faqs = await station.client.faqs.list({ language: 'zh-CN' });
  await visitor.touch('常见问题', 'faqs');
  for (const [topic, members] of Map.groupBy(faqs, (faq) => faq.topic)) {
    await visitor.page.clock.fastForward(UNTREMBLING_MS);
    await visitor.tap('main fieldset', text.faqs.topics[topic] ?? topic);
    await isDrawn(visitor.page, 'faqs');
    for (const faq of some(members, every)) {
      await visitor.touch(faq.question, 'faq');
      expect(await visitor.title()).toBe(faq.question);
      await visitor.back('faqs');
    }
  }
  await visitor.home();
}

async function crawlForms(
  visitor: Visitor,
  station: RunningStation,
  every: boolean,
): Promise<void> {
  const forms = await station.client.forms.list({ language: 'zh-CN' });
  await visitor.touch('表格样本', 'forms');
  for (const form of some(forms, every)) {
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
  await visitor.touch('各级网点', 'stations');
  const stations = await station.client.stations.list({ language: 'zh-CN' });
  for (const outlet of [stations[0], stations.at(-1)]) {
    if (outlet === undefined) continue;
    const members = stations.filter(({ level }) => level === outlet.level);
    await visitor.page.clock.fastForward(UNTREMBLING_MS);
    await visitor.tap('main fieldset', `${text.station.levels[outlet.level]} ${members.length}`);
    await visitor.turnTo(outlet.name);
    await visitor.touch(outlet.name, 'station');
    await visitor.back('stations');
  }
  await visitor.home();
}

/** Who serves the visitor's own community: two touches from home (V6), with somebody and somewhere to turn to. */
async function crawlMyCommunity(visitor: Visitor, station: RunningStation): Promise<void> {
  const { groups } = await station.client.people.communities({ language: 'zh-CN' });
  const own = groups.find((group) => group.isHere) ?? groups[0];
  const street = own?.streets.find((one) => one.communities.length > 0) ?? own?.streets[0];
  const community = street?.communities[0] ?? street;
  await visitor.touch('我的社区谁在服务', 'my-community');
  await visitor.touch(community?.name ?? '', 'serving');
  expect(visitor.touches).toBe(2);
  expect(await visitor.title()).toContain(community?.name);
  const { groups: people, outlets } = await station.client.people.serving({
    language: 'zh-CN',
    code: community?.code ?? '',
  });
  const [person] = people.flatMap((group) => group.people);
  await visitor.touch(person?.name ?? '', 'person');
  expect(await visitor.title()).toBe(person?.name);
  await visitor.back('serving');
  await visitor.touch(outlets[0]?.name ?? '', 'station');
  await visitor.home();
}

/** A law from the reading room to its text, in four touches and back; a pamphlet; a film. */
async function crawlReading(visitor: Visitor): Promise<void> {
  await visitor.touch(text.home.entries.read, 'read');
  await visitor.touch('民法商法', 'laws');
  await visitor.touch(SAMPLE_LAW, 'law');
  await visitor.touch(text.laws.read, 'law-text');
  expect(await visitor.title()).toBe(SAMPLE_LAW);
  for (const page of ['law', 'laws', 'read']) await visitor.back(page);
  for (const list of ['films', 'pamphlets'] as const) {
    await visitor.page.clock.fastForward(UNTREMBLING_MS);
    await visitor.touch(text.media[list], list);
    await visitor.page.locator('main button').first().tap();
    await isDrawn(visitor.page, 'media');
    visitor.touches += 1;
    await visitor.back(list);
    await visitor.back('read');
  }
  await visitor.home();
}

/** The lists beside the statutes: from each the first record, and back. */
async function crawlRecords(visitor: Visitor, station: RunningStation): Promise<void> {
  const { reading } = station.client;
  const language = 'zh-CN';
  const [article] = await reading.articles({ language });
  const [first] = await reading.cases({ language });
  const [lecture] = await reading.lectures({ language });
  const [list] = await reading.lists({ language });
  await visitor.touch(text.home.entries.read, 'read');
  for (const [label, page, title, opened] of [
    [text.reading.articles, 'articles', article?.title, 'article'],
    [text.reading.cases, 'cases', first?.title, 'case'],
    [text.reading.lectures, 'lectures', lecture?.title, 'lecture'],
  ] as const) {
    await visitor.page.clock.fastForward(UNTREMBLING_MS);
    await visitor.touch(label, page);
    if (title !== undefined) {
      await visitor.touch(title, opened);
      expect(await visitor.title()).toBe(title);
      await visitor.back(page);
    }
    await visitor.back('read');
  }
  await visitor.page.clock.fastForward(UNTREMBLING_MS);
  await visitor.touch(list?.title ?? '', 'list');
  await visitor.back('read');
  await visitor.home();
}

/** The card of a grid, where the place has grids, found as a visitor would: by its name. */
async function crawlGrid(visitor: Visitor, station: RunningStation): Promise<void> {
  await visitor.touch('说说您的事，找答案', 'search');
  await visitor.page.keyboard.type('网格');
  const answer = await station.client.search.query({
    text: '网格',
    language: 'zh-CN',
    kinds: ['grid'],
    limit: 1,
  });
  const title = answer.best?.title.text;
  if (title !== undefined) {
    await visitor.page.locator('[data-results]').waitFor();
    await visitor.page.clock.fastForward(UNTREMBLING_MS);
    await visitor.page.locator('main button', { hasText: title }).first().tap();
    await isDrawn(visitor.page, 'grid');
    expect(await visitor.title()).toBe(title);
  }
  await visitor.home();
}

/** Every filter of the people's page opens its sheet, chooses, and is taken back. */
async function crawlFilters(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.touch('找人找机构', 'find');
  await visitor.touch('人民调解员', 'people');
  const chips = page.locator('main fieldset button[aria-haspopup="dialog"]');
  const count = await chips.count();
  expect(count).toBeGreaterThan(2);
  for (let at = 0; at < count; at += 1) {
    await page.clock.fastForward(UNTREMBLING_MS);
    const label = await chips.nth(at).textContent();
    await chips.nth(at).tap();
    const sheet = page.getByRole('dialog');
    await sheet.locator('fieldset button').nth(1).tap();
    if (await sheet.isVisible()) await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await isDrawn(page, 'people');
    await page.clock.fastForward(UNTREMBLING_MS);
    await visitor.tap('main', text.people.filters.clear);
    await page
      .locator('main')
      .getByRole('button', { name: label ?? '?', exact: true })
      .waitFor();
    expect(await page.locator('main [role="alert"]').count()).toBe(0);
  }
  await visitor.home();
}

/** The first answer to every question, until there is none: an end, with a way to a person. */
async function crawlTriage(visitor: Visitor, station: RunningStation): Promise<void> {
  const [first] = await station.client.triage.list({ language: 'zh-CN' });
  const { body } = await station.client.triage.get({ language: 'zh-CN', id: first?.id ?? '' });
  await visitor.touch(text.home.triage, 'triages');
  await visitor.touch(body.title, 'triage');
  let at = body.start;
  for (;;) {
    const question = body.questions.find(({ id }) => id === at);
    const title = question?.question ?? body.outcomes.find(({ id }) => id === at)?.title ?? '';
    await visitor.page.getByRole('heading', { name: title }).waitFor();
    const [answer] = question?.options ?? [];
    if (answer === undefined) break;
    await visitor.page.clock.fastForward(UNTREMBLING_MS);
    await visitor.touch(answer.text, 'triage');
    at = answer.next;
  }
  expect(await visitor.page.locator('main').textContent()).toContain('仅供参考');
  await visitor.touch(text.triage.callSomebody, 'hotlines');
  await visitor.home();
}

/** Everyone of one role, a card of whom is three touches from home. */
async function crawlPeople(visitor: Visitor, station: RunningStation): Promise<void> {
  const { people } = await station.client.people.list({
    language: 'zh-CN',
    filter: { role: 'mediator' },
  });
  await visitor.touch('找人找机构', 'find');
  await visitor.touch('人民调解员', 'people');
  await visitor.touch(people[0]?.name ?? '', 'person');
  expect(visitor.touches).toBe(MOST_TOUCHES);
  await visitor.home();
}

/**
 * Every guide of every profile; every question and form of one, of the others, which share them, some of each kind. Outlets
 * below show the guides of their profile.
 */
const PLACES: readonly (StationSettings & { name: string; guides: boolean; rest: boolean })[] = [
  { name: 'Wuhua, a street station', profile: 'wuhua', guides: true, rest: true },
  { name: 'Bozhou, a street station', profile: 'bozhou', guides: true, rest: false },
  { name: 'Xigu, a district centre', profile: 'xigu', guides: true, rest: false },
  { name: 'Jilin, a county centre', profile: 'jilin', guides: true, rest: false },
  { name: 'Changzhou, a street station', profile: 'changzhou', guides: true, rest: false },
  {
    name: 'Wuhua, a workroom',
    profile: 'wuhua',
    station: '530102001007',
    guides: false,
    rest: false,
  },
  {
    name: 'Bozhou, a police post',
    profile: 'bozhou',
    station: '652701001-J01',
    guides: false,
    rest: false,
  },
];

describe('everything is reached by touch alone, and the way back is always open', () => {
  it.concurrent.for(PLACES)('$name', { timeout: 900_000 }, async (place, { expect: check }) => {
    const station = await startStation(place);
    const touch: TouchPage = await openTouchPage(browser, PORTRAIT);
    try {
      await touch.page.clock.install();
      await openScene(touch.page, station.url, { page: 'home' });
      const visitor = new Visitor(touch.page);
      check(await crawlGuides(visitor, station, place.guides)).toBeGreaterThanOrEqual(40);
      await crawlFaqs(visitor, station, place.rest);
      await crawlForms(visitor, station, place.rest);
      await crawlMyCommunity(visitor, station);
      await crawlPeople(visitor, station);
      await crawlReading(visitor);
      await crawlRecords(visitor, station);
      await crawlFilters(visitor);
      if (place.profile === 'changzhou') await crawlGrid(visitor, station);
      await crawlTriage(visitor, station);
      await crawlRest(visitor, station);
      check(touch.faults).toEqual([]);
    } finally {
      await touch.close();
      await station.close();
    }
  });
});
