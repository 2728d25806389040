import { useMemo } from 'react';

/** The id of the order that carries this text: the same when it is sent again, because its answer was lost, and new for another text. */
export function useOperation(text: string): string {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another order
  return useMemo(() => crypto.randomUUID(), [text]);
}
