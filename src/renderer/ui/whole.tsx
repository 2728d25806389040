import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
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
  const missing = useRef(0);
  const [isWhole, setWhole] = useState(false);
  const [looks, lookAgain] = useReducer((looks: number) => looks + 1, 0);
  const tell = useCallback<TellOnItsWay>(() => {
    missing.current += 1;
    return () => {
      missing.current -= 1;
      lookAgain();
    };
  }, []);
  // A part that came may hold another that is on its way: this runs after both have told so.
  useLayoutEffect(() => {
    if (missing.current === 0) setWhole(true);
  }, [looks]);
  return (
    <Opening value={isWhole ? undefined : tell}>
      <div className={styles.whole} data-opening={!isWhole}>
        {children}
      </div>
    </Opening>
  );
}
