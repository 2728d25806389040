import { createContext, use, useEffect, useSyncExternalStore } from 'react';

/** What one person wrote and has not handed over, by name. It outlives the page on which it was written, and ends with the log-in. */
export class KeptTexts {
  readonly #texts = new Map<string, unknown>();
  readonly #listeners = new Set<() => void>();
  #names: readonly string[] = [];

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same list until a text comes or goes. */
  get names(): readonly string[] {
    return this.#names;
  }

  of(name: string): unknown {
    return this.#texts.get(name);
  }

  keep(name: string, text: unknown): void {
    if (text === undefined) this.#texts.delete(name);
    else this.#texts.set(name, text);
    if (this.#names.length !== this.#texts.size) this.#names = [...this.#texts.keys()];
    for (const listener of this.#listeners) listener();
  }
}

const KeptContext = createContext(new KeptTexts());
export const KeptTextsProvider = KeptContext.Provider;

/** A state that is still there when its page is opened again; undefined while nobody has written anything. A name has one type. */
export function useKept<Text>(
  name: string,
): [text: Text | undefined, keep: (next: (now: Text | undefined) => Text | undefined) => void] {
  const kept = use(KeptContext);
  const text = useSyncExternalStore(kept.subscribe, () => kept.of(name)) as Text | undefined;
  return [text, (next) => kept.keep(name, next(kept.of(name) as Text | undefined))];
}

/** A line or two beside a form, kept like it. */
export function useKeptLine(name: string): [text: string, keep: (text: string) => void] {
  const [text = '', keep] = useKept<string>(name);
  return [text, (next) => keep(() => (next === '' ? undefined : next))];
}

/** Whether something written is not handed over yet; the browser asks before its page is closed over it. */
export function useIsKept(kept: KeptTexts): boolean {
  const isKept = useSyncExternalStore(kept.subscribe, () => kept.names.length > 0);
  useEffect(() => {
    if (!isKept) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isKept]);
  return isKept;
}

/** What is kept of drafts, the drafts' ids first; `drop` gives all of a draft up. */
export function useKeptDrafts(): {
  readonly texts: ReadonlyMap<string, readonly unknown[]>;
  readonly drop: (draft: string) => void;
} {
  const kept = use(KeptContext);
  const names = useSyncExternalStore(kept.subscribe, () => kept.names);
  const byDraft = Map.groupBy(names, (name) => name.slice(name.lastIndexOf(' ') + 1));
  return {
    texts: new Map([...byDraft].map(([draft, of]) => [draft, of.map((name) => kept.of(name))])),
    drop: (draft) => {
      for (const name of Object.values(keptNames(draft))) kept.keep(name, undefined);
    },
  };
}

/** Names of what is kept of a draft. */
export const keptNames = (draft: string) => ({
  writing: `writing ${draft}`,
  note: `note ${draft}`,
  publishAt: `publish at ${draft}`,
  reason: `reason ${draft}`,
});
