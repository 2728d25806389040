import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { STILL_LOCK } from './still-lock.ts';

const targetSchema = z.object({ targetId: z.string(), type: z.string(), url: z.string() });
type Target = z.infer<typeof targetSchema>;

/** A frame with an address that could not be reached shows an error of Chromium's own. */
const frameSchema = z.object({
  parentId: z.string().optional(),
  unreachableUrl: z.string().optional(),
});
type Frame = z.infer<typeof frameSchema>;

/** What Chromium says, as far as anybody here listens. */
const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  sessionId: z.string().optional(),
  result: z
    .object({
      errorText: z.string().optional(),
      frameTree: z.object({ frame: frameSchema }).optional(),
    })
    .optional(),
  params: z
    .object({
      targetInfo: targetSchema.optional(),
      targetId: z.string().optional(),
      sessionId: z.string().optional(),
      type: z.string().optional(),
      frame: frameSchema.optional(),
    })
    .optional(),
});
type Message = z.infer<typeof messageSchema>;

/** Longer messages are not for us; nothing that is asked for here is answered with one. */
const LONGEST_MESSAGE = 1024 * 1024;

/** A page that shows an error of Chromium's own is led home again after so long: its host may be back by then. */
const AGAIN_MS = 1000;

/**
 * What becomes of a page that Chromium has: the terminal's own stays; one that it leads elsewhere is led back; every other is closed.
 * A page that is being loaded has no address yet. One that could not be reached keeps the address at which it was looked for, or has
 * that of Chromium's error: the guard hears of it in another way.
 */
export function judgePage(
  address: string,
  home: string,
  isOurs: boolean,
): 'keep' | 'lead-back' | 'close' {
  if (!isOurs) return 'close';
  if (address === '' || address.startsWith('chrome-error:')) return 'keep';
  if (!URL.canParse(address)) return 'lead-back';
  const [{ origin, pathname }, wanted] = [new URL(address), new URL(home)];
  return origin === wanted.origin && pathname.startsWith(wanted.pathname) ? 'keep' : 'lead-back';
}

/** Chromium's two pipes of its debugging protocol (`--remote-debugging-pipe`), as the browser shell has them. */
export interface BrowserPipes {
  readonly toBrowser: Writable;
  readonly fromBrowser: Readable;
}

/**
 * Keeps a Chromium on its one page, from outside of it: closes every further window and tab, leads the page back when it strays, refuses
 * downloads, locks what has no program to lock itself, and answers dialogs and choosers of files before anybody sees them. What flags and page leave open ends here.
 * While the page cannot be reached it tries each second: Chromium itself tries less and less often.
 */
export function guardPages({ toBrowser, fromBrowser }: BrowserPipes, home: string): void {
  const guard = new PageGuard(toBrowser, home);
  let rest = '';
  fromBrowser.setEncoding('utf8');
  fromBrowser.on('data', (text: string) => {
    const parts = `${rest}${text}`.split('\0');
    rest = parts.pop() ?? '';
    if (rest.length > LONGEST_MESSAGE) rest = '';
    for (const part of parts) guard.hear(part);
  });
  guard.begin();
}

class PageGuard {
  readonly #toBrowser: Writable;
  readonly #home: string;
  #ours: string | undefined;
  #session: string | undefined;
  #lastId = 0;
  /** The order home that is not answered yet. */
  #leading: number | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(toBrowser: Writable, home: string) {
    this.#toBrowser = toBrowser;
    this.#home = home;
  }

  begin(): void {
    this.#say('Browser.setDownloadBehavior', { behavior: 'deny' });
    this.#say('Target.setDiscoverTargets', { discover: true });
  }

  hear(text: string): void {
    const message = messageSchema.safeParse(parsed(text));
    if (message.success) this.#heard(message.data);
  }

  #heard({ id, method, params = {}, sessionId, result }: Message): void {
    const { targetInfo } = params;
    const frame = params.frame ?? result?.frameTree?.frame;
    if (frame !== undefined) this.#frameShown(frame);
    if (id !== undefined && id === this.#leading) this.#led(result?.errorText);
    if (method === 'Target.targetCreated' || method === 'Target.targetInfoChanged') {
      // Part of the page's window, they are no page.
      if (targetInfo?.url.startsWith('devtools:')) this.#close(targetInfo);
      else if (targetInfo?.type === 'page') this.#judge(targetInfo);
    } else if (method === 'Target.attachedToTarget') this.#attached(params.sessionId);
    else if (method === 'Target.targetDestroyed' && params.targetId === this.#ours)
      // Ctrl+W on the last page leaves an empty browser: the supervision starts another.
      this.#say('Browser.close');
    else if (method === 'Page.javascriptDialogOpening' && sessionId !== undefined)
      this.#say(
        'Page.handleJavaScriptDialog',
        { accept: params.type === 'beforeunload' },
        sessionId,
      );
  }

  #judge({ targetId, url }: Target): void {
    if (this.#ours === undefined) {
      this.#ours = targetId;
      this.#say('Target.attachToTarget', { targetId, flatten: true });
    }
    const verdict = judgePage(url, this.#home, targetId === this.#ours);
    if (verdict === 'close') this.#close({ targetId });
    else if (verdict === 'lead-back') this.#lead();
  }

  #lead(): void {
    clearTimeout(this.#again);
    if (this.#session !== undefined)
      this.#leading = this.#say('Page.navigate', { url: this.#home }, this.#session);
  }

  #led(errorText: string | undefined): void {
    this.#leading = undefined;
    if (errorText !== undefined) this.#leadAgain();
  }

  #frameShown({ parentId, unreachableUrl }: Frame): void {
    if (parentId !== undefined) return;
    if (unreachableUrl === undefined) clearTimeout(this.#again);
    else if (this.#leading === undefined) this.#leadAgain();
  }

  #leadAgain(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#lead(), AGAIN_MS);
    this.#again.unref();
  }

  #close({ targetId }: Pick<Target, 'targetId'>): void {
    this.#say('Target.closeTarget', { targetId });
  }

  #attached(session: string | undefined): void {
    this.#session = session;
    this.#say('Page.enable', {}, session);
    // It may have missed its page already.
    this.#say('Page.getFrameTree', {}, session);
    this.#say(
      'Page.addScriptToEvaluateOnNewDocument',
      { source: STILL_LOCK, worldName: 'kiosk-lock', runImmediately: true },
      session,
    );
    this.#say('Page.setInterceptFileChooserDialog', { enabled: true, cancel: true }, session);
  }

  #say(method: string, params: object = {}, sessionId?: string): number {
    this.#lastId += 1;
    const order = { id: this.#lastId, method, params, sessionId };
    if (this.#toBrowser.writable) this.#toBrowser.write(`${JSON.stringify(order)}\0`);
    return this.#lastId;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
