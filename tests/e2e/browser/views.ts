import type { Page } from 'playwright-core';
import { PAGES, type Scene } from './scene.ts';

/** A deployment that the sweeps look at. */
export type SweptProfile = 'wuhua' | 'changzhou';

/** What the sweeps look at: a page of a deployment, or a sheet over it. */
export interface View {
  readonly name: string;
  readonly profile: SweptProfile;
  readonly scene: Scene;
  /** Does what brings the sheet, once the page stands. */
  readonly open?: (page: Page, scene: Scene) => Promise<void>;
}

/** The only pages that Wuhua has not: it has no grids. */
const GRID: Scene = { page: 'grid', code: '320402005010-G01' };

/** Every kind of page. */
export const PAGE_VIEWS: readonly View[] = [
  ...Object.entries(PAGES).map(([name, scene]): View => ({ name, profile: 'wuhua', scene })),
  { name: 'grid', profile: 'changzhou', scene: GRID },
];

/** Pages with a sheet, and the button that opens it, by its place, which is the same in every language. */
const OPENERS: Readonly<Record<string, readonly [page: string, button: string]>> = {
  display: ['guide', 'nav button >> nth=3'],
  language: ['guide', 'nav button >> nth=4'],
  'guide taken along': ['guide', 'main [class*="actions"] button >> nth=1'],
  'digits of an article': ['law', 'main [class*="ways"] button >> nth=1'],
  'article taken along': ['law-article', 'main [class*="actions"] >> nth=-1 >> button >> nth=0'],
  'end of a triage taken along': ['triage-end', 'main [class*="actions"] button >> nth=1'],
  'contact card': ['person', 'main [class*="actions"] button >> nth=0'],
  'filter by day': ['people', '[data-filter=day]'],
  'filter by role': ['people', '[data-filter=role]'],
  'filter by place': ['people', '[data-filter=place]'],
  'filter by specialty': ['people', '[data-filter=specialty]'],
  'filter of stations by place': ['stations', '[data-filter=place]'],
};

/** Every kind of sheet, and the warning that comes by itself. Their pages need a clock that can be put forward. */
export const SHEET_VIEWS: readonly View[] = [
  ...Object.entries(OPENERS).map(
    ([name, [page, button]]): View => ({
      name,
      profile: 'wuhua',
      scene: { page, ...PAGES[page] },
      open: async (at) => {
        await at.locator(button).tap();
        await stands(at, 'dialog');
      },
    }),
  ),
  {
    name: 'idle warning',
    profile: 'wuhua',
    scene: { page: 'guides', category: 'legal-aid' },
    open: async (at, { zoom = '1' }) => {
      await at.clock.runFor((zoom === '1' ? IDLE_S + 2 : 2 * IDLE_S + 2) * 1000);
      await stands(at, 'alertdialog');
    },
  },
];

/** When Wuhua's terminals warn of the end of a visit, in seconds. */
const IDLE_S = 120;

async function stands(page: Page, role: 'dialog' | 'alertdialog'): Promise<void> {
  await page.getByRole(role).locator('h2').waitFor();
  await page.waitForFunction(() => !document.querySelector('[class*="waiting"]'));
}

/** A few pages of every make: lists, long text, a chart, tables, codes, fields, sheets of paper, numbers. */
const REPRESENTATIVES = [
  ...['home', 'guides', 'guide', 'board', 'board-duty', 'community', 'faq', 'form-filled'],
  ...['search-found', 'hotlines', 'station', 'people', 'person', 'number', 'law-text', 'film'],
  ...['triage-end', 'grid'],
];

export const REPRESENTATIVE_VIEWS: readonly View[] = PAGE_VIEWS.filter(({ name }) =>
  REPRESENTATIVES.includes(name),
);

/** Another deployment: windows, people, grids and names of its own. */
export const OTHER_PROFILE_VIEWS: readonly View[] = Object.entries({
  home: { page: 'home' },
  guide: { page: 'guide', id: 'service.notary-will' },
  board: { page: 'board' },
  'board-duty': { page: 'board', item: 'duty' },
  community: { page: 'community' },
  hotlines: { page: 'hotlines' },
  station: { page: 'station' },
  stations: { page: 'stations' },
  people: { page: 'people' },
  'my-community': { page: 'my-community' },
  serving: { page: 'serving', code: '320402005010' },
  take: { page: 'take' },
  grid: GRID,
} satisfies Record<string, Scene>).map(([name, scene]) => ({
  name: `changzhou ${name}`,
  profile: 'changzhou',
  scene,
}));
