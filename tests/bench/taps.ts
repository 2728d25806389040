import type { DebuggedPage } from './debugged-page.ts';

/** From the moment the finger left to the end of the first frame with another title, in milliseconds. */
const WATCH_TAPS = `(() => {
  window.tapTimes = [];
  const title = () => document.querySelector('main')?.dataset.page + document.querySelector('main h2')?.textContent;
  addEventListener('pointerup', ({ timeStamp }) => {
    const before = title();
    const look = () => {
      if (title() === before || document.querySelector('[class*="waiting"]')) return requestAnimationFrame(look);
      const frame = new MessageChannel();
      frame.port1.onmessage = () => tapTimes.push(performance.now() - timeStamp);
      frame.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  }, true);
})()`;

const pointOf = (selector: string, at: number) => `(() => {
  const all = document.querySelectorAll(${JSON.stringify(selector)});
  const button = all[${at} % all.length];
  button.scrollIntoView({ block: 'center' });
  const box = button.getBoundingClientRect();
  return new Promise((done) => requestAnimationFrame(() => done([box.left + box.width / 2, box.top + box.height / 2])));
})()`;

const counted = (taps: number) => `new Promise((done) => {
  const look = () => tapTimes.length >= ${taps} ? done(tapTimes.at(-1)) : setTimeout(look, 5);
  look();
})`;

/** Longer than the time in which a second touch does nothing. */
const UNTREMBLING_MS = 550;

/** Taps one control after another, as `next` names them, and gives the time of each tap that `counts`. */
async function tapTimes(
  page: DebuggedPage,
  taps: number,
  next: (at: number) => { selector: string; at: number; counts: boolean },
): Promise<number[]> {
  await page.evaluate(WATCH_TAPS);
  const times: number[] = [];
  for (let at = 0; at < taps; at += 1) {
    const { selector, at: place, counts } = next(at);
    const [x = 0, y = 0] = await page.evaluate<number[]>(pointOf(selector, place));
    await page.tap(x, y);
    const ms = await page.evaluate<number>(counted(at + 1));
    if (counts) times.push(ms);
    else await new Promise((resolve) => setTimeout(resolve, UNTREMBLING_MS));
  }
  return times;
}

const there = (selector: string) => `new Promise((done) => {
  const look = () => document.querySelector(${JSON.stringify(selector)}) ? done(true) : setTimeout(look, 5);
  look();
})`;

/** From wherever a terminal is, home, and from there to the list of guides of its first service. */
export async function openGuideList(page: DebuggedPage): Promise<void> {
  const steps = [
    ['nav button', 1, 'main[data-page="home"] button[class*="large"]'],
    ['main button[class*="large"]', 0, 'main[data-page="guides"] button[class*="row"]'],
  ] as const;
  for (const [selector, at, leadsTo] of steps) {
    const [x = 0, y = 0] = await page.evaluate<number[]>(pointOf(selector, at));
    await page.tap(x, y);
    await page.evaluate(there(leadsTo));
  }
}

/** The times of taps on guides, each opened from a list and left again. The page must show a list of guides. */
export function guideTapTimes(page: DebuggedPage, guides: number): Promise<number[]> {
  return tapTimes(page, 2 * guides, (at) =>
    at % 2 === 0
      ? { selector: 'main button[class*="row"]', at: at / 2, counts: true }
      : { selector: 'nav button', at: 0, counts: false },
  );
}

/** A page without any program but a title that changes. */
export const STATIC_PAGE = `data:text/html,${encodeURIComponent(
  `<!doctype html><meta charset="utf-8"><title>0</title>
  <style>body{font:28px sans-serif;margin:40px}button{font:inherit;padding:40px;inline-size:100%}</style>
  <main data-page="a"><h2>0</h2><p>${'法律援助是免费的。'.repeat(200)}</p></main><button>0</button>
  <script>let n=0;document.querySelector('button').onclick=()=>{document.querySelector('h2').textContent=++n;document.querySelector('main').dataset.page='a'+n}</script>`,
)}`;

/** The times of taps on the static page. */
export function staticTapTimes(page: DebuggedPage, taps: number): Promise<number[]> {
  return tapTimes(page, taps, () => ({ selector: 'button', at: 0, counts: true }));
}
