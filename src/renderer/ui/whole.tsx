import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useLayoutEffect,
  useReducer,
} from 'react';
import styles from './whole.module.css';

/** Tells what opens that a part of it is on its way; gives what tells that it came, or failed. */
type TellOnItsWay = () => () => void;
const Opening = createContext<TellOnItsWay | undefined>(undefined);

/** Holds what opens around a part back while the part is on its way. */
export function useOnItsWay(isOnItsWay: boolean): void {
  const tell = use(Opening);
  useLayoutEffect(() => (isOnItsWay ? tell?.() : undefined), [isOnItsWay, tell]);
}

/**
 * Shows a page or a sheet in one piece: a part that came later would push away what a finger is already on its way to. What
 * takes longer than a moment is shown as far as it is, with its waiting told (style sheet). Once whole it stays shown,
 * whatever is asked for on it later; another one needs another `key`.
 */
export function Whole({ children }: { readonly children: ReactNode }) {
  // One is missing until the parts have told, each in its effect; a part that came may hold another, which tells at the same time.
  const [missing, count] = useReducer((before: number, change: number) => before + change, 1);
  const tell = useCallback<TellOnItsWay>(() => {
    count(1);
    return () => count(-1);
  }, []);
  useLayoutEffect(() => {
    count(-1);
    return () => count(1);
  }, []);
  const isOpening = missing > 0;
  return (
    <Opening value={isOpening ? tell : undefined}>
      <div className={styles.whole} data-opening={isOpening}>
        {children}
      </div>
    </Opening>
  );
}
