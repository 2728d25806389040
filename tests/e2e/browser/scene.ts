import type { Page } from 'playwright-core';
import type { PanelName } from '#shared/access/panels.ts';
import { SAMPLE_LAW } from '../../laws/sample-laws.ts';

/** What a page shows and how, as the address names it behind `#` (src/renderer/session/start-state.ts). */
export interface Scene {
  readonly page: string;
  readonly id?: string;
  readonly category?: string;
  readonly topic?: string;
  readonly item?: string;
  readonly code?: string;
  readonly text?: string;
  readonly role?: string;
  readonly place?: string;
  readonly day?: string;
  readonly level?: string;
  readonly node?: string;
  readonly attract?: 'now';
  readonly filled?: 'true';
  readonly guide?: string;
  /** Position in a law. */
  readonly at?: string;
  readonly language?: 'zh-CN' | 'en' | 'x-rtl';
  readonly zoom?: '1' | '1.5' | '2';
  readonly contrast?: 'more';
  readonly reach?: 'low';
  readonly voice?: 'on';
  readonly panel?: PanelName;
}

/** How visitors may read: every page must stand in each. */
export const LANGUAGES = ['zh-CN', 'en', 'x-rtl'] as const;

/** A scene of every kind of page of the Wuhua profile, the longest where there are several. */
export const PAGES: Readonly<Record<string, Scene>> = {
  home: { page: 'home' },
  guides: { page: 'guides', category: 'legal-aid' },
  guide: { page: 'guide', id: 'service.legal-aid-wages' },
  'guide-spoken': { page: 'guide', id: 'service.legal-aid-wages', voice: 'on' },
  board: { page: 'board' },
  'board-duty': { page: 'board', item: 'duty' },
  'board-particulars': { page: 'board', item: 'particulars' },
  'board-pledges': { page: 'board', item: 'pledges' },
  'board-other': { page: 'board', item: 'other' },
  community: { page: 'community' },
  faqs: { page: 'faqs', topic: 'work' },
  faq: { page: 'faq', id: 'faq.work-wages-unpaid' },
  forms: { page: 'forms' },
  form: { page: 'form', id: 'form-sample.legal-aid-application' },
  'form-filled': { page: 'form', id: 'form-sample.legal-aid-application', filled: 'true' },
  search: { page: 'search' },
  'search-found': { page: 'search', text: '老板不给工资' },
  'search-spoken': { page: 'search', voice: 'on' },
  'search-nothing': { page: 'search', text: '嚯嚯嚯' },
  hotlines: { page: 'hotlines' },
  station: { page: 'station' },
  stations: { page: 'stations' },
  'stations-workrooms': { page: 'stations', level: 'workroom' },
  find: { page: 'find' },
  people: { page: 'people' },
  'people-day': { page: 'people', day: '2026-11-23' },
  'people-nobody': { page: 'people', role: 'police' },
  person: { page: 'person', id: 'person.wuhua-street-lawyer-1' },
  'my-community': { page: 'my-community' },
  serving: { page: 'serving', code: '530102001009' },
  take: { page: 'take' },
  'take-guide': { page: 'take', guide: 'service.legal-aid-wages' },
  number: { page: 'number', guide: 'service.legal-aid-wages' },
  read: { page: 'read' },
  laws: { page: 'laws', category: '民法商法' },
  law: { page: 'law', id: `${SAMPLE_LAW}@2024-03-01` },
  'law-text': { page: 'law-text', id: `${SAMPLE_LAW}@2024-03-01`, at: '5' },
  'law-article': { page: 'law-article', id: `${SAMPLE_LAW}@2024-03-01`, at: '6' },
  'law-find': { page: 'law-find', id: `${SAMPLE_LAW}@2024-03-01` },
  cases: { page: 'cases' },
  case: { page: 'case', id: 'legal-case.aid-site-wages' },
  articles: { page: 'articles' },
  article: { page: 'article', id: 'article.limitation' },
  films: { page: 'films' },
  film: { page: 'media', id: 'media.film-legal-aid' },
  pamphlets: { page: 'pamphlets' },
  pamphlet: { page: 'media', id: 'media.booklet-work' },
  lectures: { page: 'lectures' },
  lecture: { page: 'lecture', id: 'event.wuhua-wages-lecture' },
  list: { page: 'list', id: 'list.deadlines' },
  triages: { page: 'triages' },
  triage: { page: 'triage', id: 'triage.wages' },
  'triage-end': { page: 'triage', id: 'triage.wages', node: 'arbitrate' },
  'triage-danger': { page: 'triage', id: 'triage.family', node: 'emergency' },
  attract: { page: 'home', attract: 'now' },
  'not-found': { page: 'guide', id: 'service.no-such-guide' },
};

const hashOf = (scene: Scene) => new URLSearchParams(Object.entries(scene)).toString();

/** The scene as an address of a station's page. */
export function sceneUrl(url: string, scene: Scene): string {
  return `${url}/visitor/#${hashOf(scene)}`;
}

/** Opens a scene and waits until it stands still. */
export async function openScene(page: Page, url: string, scene: Scene): Promise<void> {
  // Loaded anew, as a kiosk is started: nothing is left of what was shown before.
  if (page.url().startsWith(url)) await page.goto('about:blank');
  if (scene.page === 'number') return openNumber(page, url, scene);
  await page.goto(sceneUrl(url, scene));
  await isDrawn(page, scene.page);
  // Publicity is asked for when home stands, and covers it when it comes.
  if (scene.attract !== undefined) await page.locator('[data-attract]').waitFor();
}

/**
 * The same on a page that may have shown another scene before: the program stays, the visit begins anew. Many times faster
 * than loading, for those who look at hundreds.
 */
export async function turnTo(page: Page, url: string, scene: Scene): Promise<void> {
  if (!page.url().startsWith(`${url}/visitor/`)) return openScene(page, url, scene);
  const isNumber = scene.page === 'number';
  const shown = isNumber ? { ...scene, page: 'take' } : scene;
  turns += 1;
  await page.evaluate(
    (hash) => {
      for (const main of document.querySelectorAll('main')) main.dataset.page = 'left';
      document.adoptedStyleSheets = [];
      window.location.hash = hash;
    },
    `${hashOf(shown)}&turn=${turns}`,
  );
  await isDrawn(page, shown.page);
  if (scene.attract !== undefined) await page.locator('[data-attract]').waitFor();
  if (isNumber) await takeNumber(page);
}

/** An address that stays the same changes nothing. */
let turns = 0;

/** What staff see at the terminal, and the row that leads there. */
export const STAFF_ROOMS = {
  printers: '打印机和号码单',
  devices: '办公电脑和叫号大屏',
  terminals: '大厅里的其他取号机',
  machine: '这台一体机',
  district: '登记到区县',
} as const;

/** Touches the mark as staff do, until they are asked who they are. */
export async function openStaffDoor(
  page: Page,
  url: string,
  panel: PanelName = '21.5',
): Promise<void> {
  if (page.url().startsWith(url)) await page.goto('about:blank');
  await page.goto(sceneUrl(url, { page: 'home', panel }));
  await isDrawn(page, 'home');
  const mark = page.locator('header svg').first();
  for (let touch = 0; touch < 5; touch += 1) await mark.tap();
  await page.getByRole('heading', { name: '工作人员登录' }).waitFor();
}

/** Writes into a field of the terminal by keys of plastic; those on the screen have tests of their own. */
export async function writeInto(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).tap();
  // At a hand's pace: a second touch of the same button within half a second counts as the first (standards A-23).
  await page.keyboard.type(text, { delay: 40 });
}

/** There is no number before one is taken: touches the first line. */
async function openNumber(page: Page, url: string, scene: Scene): Promise<void> {
  await page.goto(sceneUrl(url, { ...scene, page: 'take' }));
  await isDrawn(page, 'take');
  await takeNumber(page);
}

async function takeNumber(page: Page): Promise<void> {
  await page.locator('main [data-lines] button:not([disabled])').first().tap();
  await isDrawn(page, 'number');
}

/** Waits until the page of that name is there with its content, its letters and its charts; else says what is shown. */
export async function isDrawn(page: Page, name: string): Promise<void> {
  try {
    await page.waitForFunction(isShown, name, { polling: 'raf' });
  } catch (cause) {
    const shown = await page.evaluate(whatIsShown);
    throw new Error(`waited for ${name}: ${shown}`, { cause });
  }
}

/** In the page. */
function isShown(wanted: string): boolean {
  const main = document.querySelector(`main[data-page="${wanted}"]`);
  // Letters are asked for when lines are laid out.
  void document.body.offsetHeight;
  return (
    main !== null &&
    main.querySelector('h2, [role="alert"]') !== null &&
    document.querySelector('[data-opening="true"], [class*="waiting"], [data-laid-out="false"]') ===
      null &&
    document.fonts.status === 'loaded'
  );
}

/** In the page: what stands there in place of what was waited for. */
function whatIsShown(): string {
  const main = document.querySelector<HTMLElement>('main[data-page]');
  const waiting = document.querySelector('[class*="waiting"], [data-laid-out="false"]');
  return [
    `shows ${main?.getAttribute('data-page') ?? 'no page'}, "${main?.querySelector('h2')?.textContent ?? ''}"`,
    waiting === null ? 'laid out' : `waits for ${waiting.className}`,
    `letters ${document.fonts.status}`,
  ].join(', ');
}
