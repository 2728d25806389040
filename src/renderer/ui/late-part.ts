import { useEffect, useState } from 'react';

/** A part of the program that the first page does without. */
export interface LatePart<Part> {
  /** Undefined until it was read. */
  readonly part: () => Part | undefined;
  /** Reads it, once; what could not be read may be asked for again. */
  readonly load: () => Promise<Part>;
}

/** Names a part of the program that is read when somebody needs it, or before. */
export function latePart<Part>(read: () => Promise<Part>): LatePart<Part> {
  let part: Part | undefined;
  let reading: Promise<Part> | undefined;
  return {
    part: () => part,
    load: () => {
      reading ??= read().then(
        (found) => {
          part = found;
          return found;
        },
        (error: unknown) => {
          reading = undefined;
          throw error;
        },
      );
      return reading;
    },
  };
}

/** A host that died while a part was read is back within moments. */
const AGAIN_MS = 1000;
/** A browser may keep a failed import for as long as the page stands (whatwg/html#6768): asking a third time is in vain. */
const TRIES = 2;

/** What a page needs at once: the part, or why it is not there. It is asked for again by itself, in the end by a new page. */
export function useLatePart<Part>(
  late: LatePart<Part>,
  beginAnew: (signal: AbortSignal) => Promise<void> = loadPageAnew,
): { readonly part?: Part | undefined; readonly failure?: Error | undefined } {
  const [, redraw] = useState(0);
  const [attempt, setAttempt] = useState(1);
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    if (late.part() !== undefined) return;
    let again: ReturnType<typeof setTimeout> | undefined;
    const left = new AbortController();
    late.load().then(
      () => redraw((count) => count + 1),
      (error: Error) => {
        setFailure(error);
        if (attempt < TRIES) again = setTimeout(() => setAttempt(attempt + 1), AGAIN_MS);
        else void beginAnew(left.signal);
      },
    );
    return () => {
      clearTimeout(again);
      // Whoever went on to another page must not have it taken from them.
      left.abort();
    };
  }, [late, attempt, beginAnew]);
  const part = late.part();
  return part === undefined ? { failure } : { part };
}

/** Loads the page anew as soon as its host gives it. Only after somebody's touch: a part that is gone for good must not turn in a ring. */
export async function loadPageAnew(signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isServed()))
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  if (!signal.aborted) window.location.reload();
}

async function isServed(): Promise<boolean> {
  try {
    return (await fetch(window.location.pathname, { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
