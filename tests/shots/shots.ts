/** Draws every page and state into out/shots/; `npm run shots -- guide` only those with "guide" in their names. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium, openTouchPage, type TouchPage } from '../e2e/browser/chromium.ts';
import { openScene } from '../e2e/browser/scene.ts';
import { contactSheet } from './contact-sheet.ts';
import { drawOffice, OFFICE_PICTURES } from './office-pictures.ts';
import { allPictures, type Picture } from './pictures.ts';
import { type ShotHost, startShotHost } from './shot-host.ts';

const FOLDER = join(import.meta.dirname, '../../out/shots');
const LANES = 2;

const [filter = ''] = process.argv.slice(2);
const pictures = allPictures().filter(({ name }) => name.includes(filter));
const office = OFFICE_PICTURES.filter((name) => name.includes(filter));
if (pictures.length + office.length === 0) {
  console.error(`No picture has "${filter}" in its name.`);
  process.exit(1);
}
mkdirSync(FOLDER, { recursive: true });
if (filter === '') for (const old of readdirSync(FOLDER)) rmSync(join(FOLDER, old));
const browser = await launchChromium();
const failed: string[] = [];
try {
  for (const group of Map.groupBy(pictures, hostOf).values()) await drawGroup(browser, group);
  if (office.length > 0) await drawOfficePages(browser);
} finally {
  await browser.close();
}
const drawn = readdirSync(FOLDER).filter((file) => file.endsWith('.png'));
writeFileSync(
  join(FOLDER, 'index.html'),
  contactSheet(drawn.map((file) => file.replace(/\.png$/, '')).sort()),
);
console.log(
  `${pictures.length + office.length - failed.length} pictures are in out/shots, see index.html.`,
);
if (failed.length > 0) {
  console.error(`Not drawn:\n${failed.join('\n')}`);
  process.exitCode = 1;
}

/** Pictures that one host can serve; a host that is to die serves its own alone. */
function hostOf({ profile, station, startAt, outfit, hostGone, name }: Picture): string {
  return JSON.stringify([profile, station, startAt, outfit?.name, hostGone && name]);
}

/** One after the other, each from the one before: what fails, and all after it, is not drawn. */
async function drawOfficePages(chromium: Browser): Promise<void> {
  const left = new Set<string>(office);
  try {
    await drawOffice(chromium, async (name, page) => {
      await page.screenshot({ path: join(FOLDER, `${name}.png`) });
      left.delete(name);
    });
  } catch (error) {
    for (const name of left) failed.push(`${name}: ${String(error).split('\n')[0]}`);
  }
}

/** Screens of the same size take turns on one touch page, so that its cache is warm. */
async function drawGroup(chromium: Browser, group: readonly Picture[]): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const station = await startShotHost(first);
  const waiting = [...group].sort((a, b) => screenOf(a).localeCompare(screenOf(b)));
  const lane = async () => {
    let kept: { screen: string; touch: TouchPage } | undefined;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (kept?.screen !== screenOf(next)) {
        await kept?.touch.close();
        kept = { screen: screenOf(next), touch: await openTouchPage(chromium, next.screen) };
      }
      await draw(kept.touch, station, next);
    }
    await kept?.touch.close();
  };
  await Promise.all(Array.from({ length: Math.min(LANES, group.length) }, lane));
  await station.close();
}

/** A page whose clock was taken over cannot give it back. */
function screenOf({ screen, clock, name }: Picture): string {
  return JSON.stringify([screen, clock && name]);
}

async function draw(touch: TouchPage, station: ShotHost, picture: Picture): Promise<void> {
  const { page, faults } = touch;
  faults.length = 0;
  try {
    if (picture.clock) await page.clock.install();
    if (picture.open === undefined) await openScene(page, station.url, picture.scene);
    else await picture.open(page, station.url);
    if (picture.hostGone) await station.close();
    await picture.stage?.(page, station);
    const path = join(FOLDER, `${picture.name}.png`);
    await page.screenshot({ path, fullPage: picture.fullPage ?? false });
    const told = faults.filter((fault) => !picture.mayComplain?.test(fault));
    if (!picture.hostGone && told.length > 0) throw new Error(told.join(' | '));
  } catch (error) {
    failed.push(`${picture.name}: ${String(error).split('\n')[0]}`);
  }
}
