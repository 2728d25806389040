import { type DebuggedPage, debugPage } from './debugged-page.ts';
import { type StartedProgram, startProgram } from './programs.ts';

/**
 * Resolves after the frame in which home is drawn, with epoch milliseconds. What is drawn by React can be touched: the tap
 * that follows proves it.
 */
const HOME_DRAWN = `new Promise((done) => {
  const look = () => {
    if (document.querySelector('main[data-page="home"] button') === null) return requestAnimationFrame(look);
    const frame = new MessageChannel();
    frame.port1.onmessage = () => done(performance.timeOrigin + performance.now());
    frame.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})`;

/** Resolves with epoch milliseconds of the first paint, however long ago. */
const FIRST_PAINT = `new Promise((done) => {
  const look = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    if (paint === undefined) return setTimeout(look, 5);
    done(performance.timeOrigin + paint.startTime);
  };
  look();
})`;

const TAP_POINT = `(() => {
  const box = document.querySelector('main[data-page="home"] button').getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
})()`;

const LEFT_HOME = `new Promise((done) => {
  const look = () => document.querySelector('main[data-page="home"]') ? setTimeout(look, 5) : done(true);
  look();
})`;

/** A terminal whose home page was drawn and has answered a tap. */
export interface ReadyTerminal {
  readonly program: StartedProgram;
  readonly page: DebuggedPage;
  /** From the start of the program until home was drawn. */
  readonly homeMs: number;
}

type Command = Parameters<typeof startProgram>[0];

/** Starts a terminal and waits until it can be used. Its data folder is a new one, unless one is given. */
export async function startTerminal(
  command: Command,
  address: string,
  display: string,
  dataDir?: string,
): Promise<ReadyTerminal> {
  const program = await startProgram(command, display, dataDir);
  const page = await debugPage(program.debugPort, address);
  const homeMs = (await page.evaluate<number>(HOME_DRAWN)) - program.startedAt;
  const [x = 0, y = 0] = await page.evaluate<number[]>(TAP_POINT);
  await page.tap(x, y);
  await page.evaluate(LEFT_HOME);
  return { program, page, homeMs };
}

/** From the start of a program until its empty page is painted. */
export async function emptyStartMs(command: Command, display: string): Promise<number> {
  const program = await startProgram(command, display);
  const page = await debugPage(program.debugPort, 'data:');
  const ms = (await page.evaluate<number>(FIRST_PAINT)) - program.startedAt;
  page.close();
  await program.close();
  return ms;
}
