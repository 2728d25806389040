import { useEffect } from 'react';

/** Others change it, too: a printer, an office PC, another terminal. */
const EVERY_MS = 5000;

/** Reads again every few seconds what stands on a staff page. `refetch` must not change at every drawing. */
export function useRereading({ refetch }: { readonly refetch: () => Promise<unknown> }): void {
  useEffect(() => {
    const timer = setInterval(() => void refetch(), EVERY_MS);
    return () => clearInterval(timer);
  }, [refetch]);
}
