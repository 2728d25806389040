import { type FocusEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { FieldLink } from './keyboard-desk.ts';

/** What a board hears of the focus. */
export interface KeptFocus {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * Keeps the place of hands that move by arrows: words go when one is chosen, the way to further words ends, the whole board
 * goes with its last key. A browser leaves the focus nowhere then, and no key would do anything any more.
 */
export function useKeptFocus(
  board: RefObject<HTMLElement | null>,
  field: FieldLink | undefined,
): KeptFocus {
  const held = useRef<HTMLElement>(undefined);
  const lastKey = useRef<HTMLElement>(undefined);
  const isOpen = field !== undefined;
  useEffect(() => {
    if (!isOpen || board.current === null) return undefined;
    const keep = () => {
      if (held.current !== undefined && isGone(held.current))
        placeAfter(held.current, board.current, lastKey.current)?.focus();
    };
    const changes = new MutationObserver(keep);
    changes.observe(board.current, {
      subtree: true,
      childList: true,
      attributeFilter: ['disabled'],
    });
    return () => changes.disconnect();
  }, [board, isOpen]);
  const written = useRef(field);
  useLayoutEffect(() => {
    if (field === undefined && held.current !== undefined) {
      held.current = undefined;
      // Whoever was told that the entry is complete may have led on already.
      if (document.activeElement === document.body) written.current?.focus();
    }
    written.current = field;
  }, [field]);
  return {
    onFocus: ({ target }) => {
      held.current = target;
      if (isKey(target)) lastKey.current = target;
    },
    onBlur: ({ target }) => {
      if (!isGone(target)) held.current = undefined;
    },
  };
}

function isGone(element: HTMLElement): boolean {
  return !element.isConnected || element.matches(':disabled');
}

function isKey(element: HTMLElement): boolean {
  return element.dataset.key !== undefined;
}

/** From the words to those that are left, else to the key from which they were reached; from a key to the first one. */
function placeAfter(
  gone: HTMLElement,
  board: HTMLElement | null,
  lastKey: HTMLElement | undefined,
): HTMLElement | null | undefined {
  const word = isKey(gone) ? null : board?.querySelector<HTMLElement>('[data-word]');
  const key = lastKey?.isConnected === true ? lastKey : undefined;
  return word ?? key ?? board?.querySelector<HTMLElement>('[data-key]');
}

/** Leads from a field to its board: to the first word where some are offered, else to what stands first. */
export function focusBoard(): void {
  const board = document.querySelector('[data-keyboard]');
  const first =
    board?.querySelector<HTMLElement>('[data-word]') ??
    board?.querySelector<HTMLElement>('button:not([disabled])');
  first?.focus();
}
