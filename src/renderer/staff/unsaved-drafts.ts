import { createContext, use, useEffect, useState } from 'react';
import type { EditRecord } from '#shared/contract/editing.ts';
import type { DraftContent } from '#shared/editing/check-draft.ts';
import type { StationClient } from '../station-client/station-client.ts';

/** A host that cannot be reached must not keep somebody from leaving. */
const SETTLE_WITHIN_MS = 2000;

/** What somebody typed, and the state at the host that they typed it over. */
interface UnsavedDraft {
  readonly content: DraftContent;
  readonly stamp: number;
  readonly from: EditRecord['shown'];
}

/** What one person typed and the host may not have. It outlives the page on which it was typed: whoever comes back finds it there. */
export class UnsavedDrafts {
  readonly #drafts = new Map<string, UnsavedDraft>();
  readonly #savers = new Set<() => Promise<unknown>>();

  get size(): number {
    return this.#drafts.size;
  }

  of(record: string): UnsavedDraft | undefined {
    return this.#drafts.get(record);
  }

  keep(record: string, draft: UnsavedDraft): void {
    this.#drafts.set(record, draft);
  }

  /** Forgets what the host has now; what was typed after it stays. */
  drop(record: string, content: DraftContent): void {
    if (this.#drafts.get(record)?.content === content) this.#drafts.delete(record);
  }

  /** Somebody writes: `save` hands over what is typed. */
  attach(save: () => Promise<unknown>): () => void {
    this.#savers.add(save);
    return () => this.#savers.delete(save);
  }

  /** Hands over what is typed; true when the host has all of it. */
  async settle(): Promise<boolean> {
    const late = new Promise((resolve) => setTimeout(resolve, SETTLE_WITHIN_MS));
    await Promise.race([Promise.all([...this.#savers].map((save) => save())), late]);
    return this.size === 0;
  }
}

const KNOWN = new WeakMap<StationClient, Map<string, UnsavedDrafts>>();

/** What a person typed on this page, for as long as the page stands; nobody else gets to see it. */
export function unsavedDraftsOf(station: StationClient, person: string): UnsavedDrafts {
  const people = KNOWN.get(station) ?? new Map<string, UnsavedDrafts>();
  KNOWN.set(station, people);
  const drafts = people.get(person) ?? new UnsavedDrafts();
  people.set(person, drafts);
  return drafts;
}

const UnsavedContext = createContext<UnsavedDrafts | undefined>(undefined);
export const UnsavedDraftsProvider = UnsavedContext.Provider;

export function useUnsavedDrafts(): UnsavedDrafts {
  const [own] = useState(() => new UnsavedDrafts());
  return use(UnsavedContext) ?? own;
}

/** The browser of an office PC asks before its page is closed over what is not saved. */
export function useAskBeforeClosing(isWanted: boolean, drafts: UnsavedDrafts): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    const ask = (event: BeforeUnloadEvent) => {
      if (drafts.size > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isWanted, drafts]);
}
