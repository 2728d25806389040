import type { Writable } from 'node:stream';
import { z } from 'zod';
import { PAGE_LOOK, type PageSight, pageSightSchema } from '../shell/page-look.ts';
import type { BrowserPipes } from './page-guard.ts';

/** What Chromium answers and tells on its debugging pipe, as far as the eye needs it. */
const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  result: z.unknown().optional(),
  params: z.object({ targetId: z.string().optional() }).optional(),
});
const targetsSchema = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), type: z.string() })),
});
const attachedSchema = z.object({ sessionId: z.string() });
const worldSchema = z.object({ executionContextId: z.number() });
const lookedSchema = z.object({
  result: z.object({ value: pageSightSchema }),
});

/** Others use the same pipe and count their questions from one. */
const FIRST_ID = 1_000_000_000;
const LONGEST_MESSAGE = 1024 * 1024;
/** The name of the world of its own in which the page is looked at. */
const WORLD = 'kiosk-look';

/** Looks at the page of a browser from outside, and leads it. */
export interface PageEye {
  /** Undefined when there is no page to look at; never resolves while the page's thread hangs. */
  readonly look: () => Promise<PageSight | undefined>;
  /** Loads an address, or the page anew. */
  readonly load: (address?: string) => void;
  /** Called when the page's process ended. */
  readonly onCrash: (listener: () => void) => void;
}

/** Opens the eye on a browser that just starts. */
export function openPageEye(pipes: BrowserPipes): PageEye {
  return new Eye(pipes);
}

class Eye implements PageEye {
  readonly #toBrowser: Writable;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #crashListeners = new Set<() => void>();
  #rest = '';
  #lastId = FIRST_ID;
  #page: { readonly target: string; readonly session: string } | undefined;

  constructor({ toBrowser, fromBrowser }: BrowserPipes) {
    this.#toBrowser = toBrowser;
    fromBrowser.setEncoding('utf8');
    fromBrowser.on('data', (text: string) => this.#read(text));
    void this.#ask('Target.setDiscoverTargets', { discover: true });
  }

  async look(): Promise<PageSight | undefined> {
    const page = await this.#attached();
    if (page === undefined) return undefined;
    const world = worldSchema.safeParse(
      await this.#ask(
        'Page.createIsolatedWorld',
        { frameId: page.target, worldName: WORLD },
        page.session,
      ),
    );
    if (!world.success) {
      // Another page may stand in its place.
      this.#page = undefined;
      return undefined;
    }
    const looked = lookedSchema.safeParse(
      await this.#ask(
        'Runtime.evaluate',
        {
          expression: PAGE_LOOK,
          contextId: world.data.executionContextId,
          returnByValue: true,
        },
        page.session,
      ),
    );
    return looked.success ? looked.data.result.value : undefined;
  }

  load(address?: string): void {
    void this.#attached().then((page) => {
      if (page === undefined) return;
      if (address === undefined) void this.#ask('Page.reload', {}, page.session);
      else void this.#ask('Page.navigate', { url: address }, page.session);
    });
  }

  onCrash(listener: () => void): void {
    this.#crashListeners.add(listener);
  }

  /** Before the first look any target may be the page. */
  #isPage(target: string | undefined): boolean {
    return this.#page === undefined || this.#page.target === target;
  }

  async #attached() {
    if (this.#page !== undefined) return this.#page;
    const targets = targetsSchema.safeParse(await this.#ask('Target.getTargets'));
    const target = targets.data?.targetInfos.find(({ type }) => type === 'page')?.targetId;
    if (target === undefined) return undefined;
    const attached = attachedSchema.safeParse(
      await this.#ask('Target.attachToTarget', { targetId: target, flatten: true }),
    );
    if (attached.success) this.#page = { target, session: attached.data.sessionId };
    return this.#page;
  }

  /** What Chromium answers; an error is an answer without a result. */
  #ask(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<unknown>((resolve) => this.#answers.set(id, resolve));
    if (this.#toBrowser.writable)
      this.#toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return answer;
  }

  #read(text: string): void {
    const parts = `${this.#rest}${text}`.split('\0');
    this.#rest = parts.pop() ?? '';
    if (this.#rest.length > LONGEST_MESSAGE) this.#rest = '';
    for (const part of parts) this.#hear(part);
  }

  #hear(text: string): void {
    const message = messageSchema.safeParse(parsed(text));
    if (!message.success) return;
    const { id, method, params, result } = message.data;
    if (id !== undefined) {
      this.#answers.get(id)?.(result);
      this.#answers.delete(id);
    } else if (method === 'Target.targetCrashed' && this.#isPage(params?.targetId))
      for (const listener of this.#crashListeners) listener();
  }
}

/** Half a message is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
