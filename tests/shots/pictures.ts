import type { Page } from 'playwright-core';
import { LANDSCAPE, PORTRAIT, type Screen } from '../e2e/browser/chromium.ts';
import { LANGUAGES, PAGES, type Scene } from '../e2e/browser/scene.ts';
import { WORKING_MONDAY } from '../e2e/browser/station.ts';
import type { Outfit, ShotHost } from './shot-host.ts';
import { stationPictures } from './station-pictures.ts';

/** One picture: where, when, what, and what is touched before it is taken. */
export interface Picture {
  readonly name: string;
  readonly profile: string;
  readonly station?: string;
  readonly startAt: string;
  readonly screen: Screen;
  readonly scene: Scene;
  /** Opens something else than the scene. */
  readonly open?: (page: Page, url: string) => Promise<void>;
  /** What its console may say without being a fault. */
  readonly mayComplain?: RegExp;
  readonly stage?: (page: Page, host: ShotHost) => Promise<void>;
  readonly outfit?: Outfit;
  /** All of the page, also what the screen does not show. */
  readonly fullPage?: boolean;
  /** The page's clock is moved on by `stage`. */
  readonly clock?: true;
  /** Ends the host first: the page is on its own. */
  readonly hostGone?: true;
}

const WUHUA = { profile: 'wuhua', startAt: WORKING_MONDAY, screen: PORTRAIT } as const;
const FINE: Screen = { width: 3840, height: 2160 };
const FINE_UPRIGHT: Screen = { width: 2160, height: 3840 };

const tap = (label: string) => async (page: Page) => {
  await page.getByRole('button', { name: label }).first().tap();
  await page.getByRole('dialog').waitFor();
};

const waitLong = async (page: Page) => {
  await page.getByRole('button', { name: '往下看' }).tap();
  await page.clock.runFor(125_000);
  await page.getByRole('alertdialog').waitFor();
};

/** All pictures: every page in every way of reading, and every state that a page can be in. */
export function allPictures(): Picture[] {
  return [
    ...everyPage(),
    ...states(),
    ...sheets(),
    ...places(),
    ...finePanels(),
    ...stationPictures(),
  ];
}

function everyPage(): Picture[] {
  return Object.entries(PAGES).flatMap(([name, scene]) => {
    const at = (suffix: string, more: Partial<Scene>, screen: Screen = PORTRAIT) => ({
      ...WUHUA,
      name: `${name}.${suffix}`,
      scene: { ...scene, ...more },
      screen,
    });
    return [
      at('portrait', {}),
      at('landscape', {}, LANDSCAPE),
      at('portrait.zoom2', { zoom: '2' }),
      at('portrait.contrast', { contrast: 'more' }),
      ...LANGUAGES.slice(1).map((language) => at(`portrait.${language}`, { language })),
      at('landscape.en', { language: 'en' }, LANDSCAPE),
      at('landscape.contrast', { contrast: 'more' }, LANDSCAPE),
      at('landscape.x-rtl.zoom2', { language: 'x-rtl', zoom: '2' }, LANDSCAPE),
      at('portrait.low-reach', { reach: 'low' }),
    ];
  });
}

function states(): Picture[] {
  const home = (name: string, startAt: string): Picture => ({
    ...WUHUA,
    name: `state.home-${name}`,
    scene: { page: 'home' },
    startAt,
  });
  return [
    home('break', '2026-11-23T12:30:00+08:00'),
    home('closed-evening', '2026-11-23T19:05:00+08:00'),
    home('closed-holiday', '2026-10-01T10:00:00+08:00'),
    home('year-unknown', '2027-03-01T10:00:00+08:00'),
    { ...WUHUA, name: 'state.home-zoom1.5', scene: { page: 'home', zoom: '1.5' } },
    {
      ...WUHUA,
      name: 'state.station-holiday',
      scene: { page: 'station' },
      startAt: '2026-10-01T10:00:00+08:00',
    },
    {
      ...WUHUA,
      name: 'state.guide-scrolled',
      scene: PAGES.guide ?? { page: 'guide' },
      stage: async (page) => {
        await page.getByRole('button', { name: '往下看' }).tap();
        await page.waitForTimeout(700);
      },
    },
    {
      ...WUHUA,
      name: 'state.no-translation',
      scene: { page: 'person', id: 'person.wuhua-530102002-leader', language: 'en' },
    },
    {
      ...WUHUA,
      name: 'state.keyboard',
      scene: { page: 'search' },
      stage: async (page) => {
        for (const key of 'lvshi') await page.locator(`[data-key="${key}"]`).tap();
        await page.locator('[data-word]').first().waitFor();
      },
    },
    {
      ...WUHUA,
      name: 'state.host-gone',
      scene: { page: 'home' },
      hostGone: true,
      stage: async (page) => {
        await page.getByRole('button', { name: '常见问题' }).first().tap();
        await page.getByRole('alert').waitFor({ timeout: 60_000 });
      },
    },
  ];
}

function sheets(): Picture[] {
  const guide = PAGES.guide ?? { page: 'guide' };
  const ways = { portrait: PORTRAIT, landscape: LANDSCAPE };
  return Object.entries(ways).flatMap(([way, screen]) => [
    { ...WUHUA, screen, name: `sheet.display.${way}`, scene: guide, stage: tap('大字') },
    {
      ...WUHUA,
      screen,
      name: `sheet.display.${way}.zoom2`,
      scene: { ...guide, zoom: '2' as const },
      stage: tap('大字'),
    },
    {
      ...WUHUA,
      screen,
      name: `sheet.people-place.${way}`,
      scene: { page: 'people', place: '530102001' },
      stage: tap('地方：华山街道'),
    },
    {
      ...WUHUA,
      screen,
      name: `sheet.contact.${way}`,
      scene: PAGES.person ?? { page: 'person' },
      stage: tap('存进手机'),
    },
    { ...WUHUA, screen, name: `sheet.language.${way}`, scene: guide, stage: tap('语言') },
    { ...WUHUA, screen, name: `sheet.takeaway.${way}`, scene: guide, stage: tap('用手机带走') },
    {
      ...WUHUA,
      screen,
      name: `sheet.idle-warning.${way}`,
      scene: guide,
      stage: waitLong,
      clock: true as const,
    },
  ]);
}

function places(): Picture[] {
  const homes = ['wuhua', 'bozhou', 'xigu', 'jilin', 'changzhou'].flatMap((profile) => [
    { ...WUHUA, profile, name: `place.${profile}.portrait`, scene: { page: 'home' } },
    {
      ...WUHUA,
      profile,
      name: `place.${profile}.landscape`,
      scene: { page: 'home' },
      screen: LANDSCAPE,
    },
    { ...WUHUA, profile, name: `place.${profile}.stations`, scene: { page: 'stations' } },
    { ...WUHUA, profile, name: `place.${profile}.people`, scene: { page: 'people' } },
    {
      ...WUHUA,
      profile,
      name: `place.${profile}.my-community`,
      scene: { page: 'my-community' },
    },
  ]);
  const grid = { page: 'grid', code: '320402005010-G01' };
  const workroom = { ...WUHUA, station: '530102001007' };
  const post = { ...WUHUA, profile: 'bozhou', station: '652701001-J01' };
  return [
    ...homes,
    { ...WUHUA, profile: 'changzhou', name: 'place.changzhou.grid', scene: grid },
    {
      ...WUHUA,
      profile: 'changzhou',
      name: 'place.changzhou.grid.zoom2',
      scene: { ...grid, zoom: '2' },
    },
    {
      ...WUHUA,
      profile: 'xigu',
      name: 'place.xigu.volunteers',
      scene: { page: 'people', role: 'volunteer' },
    },
    { ...workroom, name: 'place.workroom.home', scene: { page: 'home' } },
    {
      ...WUHUA,
      station: '530102001009',
      name: 'place.workroom.guide-above',
      scene: { page: 'guide', id: 'service.notary-will' },
    },
    { ...workroom, name: 'place.workroom.community', scene: { page: 'community' } },
    { ...post, name: 'place.police-post.home', scene: { page: 'home' } },
    { ...post, name: 'place.police-post.station', scene: { page: 'station' } },
  ];
}

function finePanels(): Picture[] {
  const pages = ['home', 'guides', 'guide', 'board', 'hotlines'];
  return pages.flatMap((name) => {
    const scene: Scene = { ...(PAGES[name] ?? { page: name }), panel: '43-4k' };
    return [
      { ...WUHUA, name: `${name}.4k-landscape`, scene, screen: FINE },
      { ...WUHUA, name: `${name}.4k-portrait`, scene, screen: FINE_UPRIGHT },
    ];
  });
}
