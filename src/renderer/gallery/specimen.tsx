import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ButtonContext } from 'react-aria-components';
import { type Session, SessionContext, useSession } from '../session/session.ts';
import { createQueryClient, StationClientProvider } from '../station-client/use-station.ts';
import { type FakeAnswers, fakeStation } from './fake-station.ts';
import styles from './gallery.module.css';

/** One component in one state, under its name. */
export function Specimen({
  name,
  width,
  children,
}: {
  readonly name: string;
  /** Of the stage, as CSS; all that there is unless told. */
  readonly width?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.specimen} data-specimen={name}>
      <p className={styles.caption} lang="en" dir="ltr">
        {name}
      </p>
      <div className={styles.stage} style={{ inlineSize: width }}>
        {children}
      </div>
    </div>
  );
}

/** Small specimens next to each other. */
export function Beside({ children }: { readonly children: ReactNode }) {
  return <div className={styles.beside}>{children}</div>;
}

/** A host that gives these answers, for what reads from one. */
export function Host({
  answers,
  children,
}: {
  readonly answers: FakeAnswers;
  readonly children: ReactNode;
}) {
  const [queries] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <StationClientProvider value={fakeStation(answers)}>{children}</StationClientProvider>
    </QueryClientProvider>
  );
}

/** Buttons as they look under a finger. */
export function UnderFinger({ children }: { readonly children: ReactNode }) {
  return <ButtonContext value={{ isPressed: true }}>{children}</ButtonContext>;
}

/** Touches the first button once, as soon as it can be touched: for states that only come after a touch. */
export function Touched({ children }: { readonly children: ReactNode }) {
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const button = area.current?.querySelector('button');
      if (!button || button.disabled) return;
      clearInterval(timer);
      button.click();
    }, 50);
    return () => clearInterval(timer);
  }, []);
  return <div ref={area}>{children}</div>;
}

/** A visit in another state than the view's. */
export function Visit({
  changes,
  children,
}: {
  readonly changes: Partial<Session>;
  readonly children: ReactNode;
}) {
  const { session, act } = useSession();
  return (
    <SessionContext value={{ session: { ...session, ...changes }, act }}>{children}</SessionContext>
  );
}
