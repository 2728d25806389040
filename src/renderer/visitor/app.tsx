import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useReducer, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Display } from '#shared/access/display.ts';
import type { Hello } from '#shared/contract/views.ts';
import { markChineseParts } from '../i18n/chinese-parts.ts';
import { directionOf } from '../i18n/i18n.ts';
import { Keyboard } from '../keyboard/keyboard.tsx';
import { KeyboardScope } from '../keyboard/keyboard-scope.tsx';
import { KeyboardLanguages } from '../keyboard/use-field-layouts.ts';
import { type HostClock, hostClock } from '../session/clock.ts';
import { useFreshContent } from '../session/fresh-content.ts';
import { markHeardTouch } from '../session/heard-touch.ts';
import { SecondsLeft, useIdle } from '../session/idle.ts';
import {
  currentRoute,
  isFresh,
  nextSession,
  type Session,
  SessionContext,
  useSession,
} from '../session/session.ts';
import type { StartAttract } from '../session/start-state.ts';
import { useSpokenPage, useVoice } from '../speech/voice-mode.ts';
import { useHelloReading } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { chime } from '../ui/chime.ts';
import { applyDisplay } from '../ui/display.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { loadPageAnew } from '../ui/late-part.ts';
import { Reading } from '../ui/reading.tsx';
import { Scroller } from '../ui/scroller.tsx';
import { Whole } from '../ui/whole.tsx';
import styles from './app.module.css';
import { Attract } from './attract.tsx';
import { Bar } from './bar.tsx';
import { Header } from './header.tsx';
import { IdleWarning } from './idle-warning.tsx';
import { Page } from './page.tsx';
import { ReadAloud } from './read-aloud.tsx';
import { Rest } from './rest.tsx';
import { useScreenRest } from './use-screen-rest.ts';
import { useStaffDoor } from './use-staff-door.ts';

/** The visitor's surface: the session around it, then header, page and bar. */
export function App({
  start,
  display,
  attract = 'when-quiet',
}: {
  readonly start: Session;
  readonly attract?: StartAttract;
  /** Another screen than the profile's, for pictures and tests. */
  readonly display?: Display | undefined;
}) {
  const [session, act] = useReducer(nextSession, start);
  const handle = useMemo(() => ({ session, act }), [session]);
  const hello = useHelloReading();
  return (
    <SessionContext value={handle}>
      <I18nProvider locale={session.language === 'x-rtl' ? 'ar' : session.language}>
        <div className={styles.whole} onPointerDownCapture={markHeardTouch}>
          <Reading query={hello}>
            {(greeting) => (
              <Terminal
                hello={display === undefined ? greeting : { ...greeting, display }}
                attract={attract}
              />
            )}
          </Reading>
        </div>
      </I18nProvider>
    </SessionContext>
  );
}

function Terminal({ hello, attract }: { readonly hello: Hello; readonly attract: StartAttract }) {
  const { t } = useTranslation();
  const { session, act, screenMayRest } = useSessionEffects(hello);
  const queries = useQueryClient();
  const clock = useMemo<HostClock>(
    () => hostClock(hello.now, hello.utcOffsetMinutes),
    [hello.now, hello.utcOffsetMinutes],
  );
  const route = currentRoute(session);
  const voice = useVoice();
  useSpokenPage(voice, JSON.stringify(route));
  // Twice the time for those who read slowly or listen (standards A-40).
  const patience = session.zoom > 1 || session.voice ? 2 : 1;
  const staff = useStaffDoor(session, act);
  const { StaffDoor } = staff;
  const isStaffHere = StaffDoor !== undefined;
  usePageAnew(staff.isMissing && isFresh(session));
  const showsNumber = route.page === 'number';
  const left = useIdle({
    // A number counts down from the start, on its own page: it must be gone before the next visitor comes.
    afterSeconds: showsNumber ? 0 : hello.idle.browseSeconds * patience,
    warningSeconds: showsNumber ? hello.idle.numberSeconds * patience : hello.idle.warningSeconds,
    paused: isFresh(session) || isStaffHere,
    onEnd: () => act({ type: 'leave' }),
  });
  const [isAttracting, setAttracting] = useState(attract === 'now');
  const [isCovered, setCovered] = useState(false);
  // Over an untouched home alone: nobody's page is ever covered.
  useIdle({
    afterSeconds: hello.idle.attractSeconds,
    warningSeconds: 0,
    paused:
      attract !== 'when-quiet' ||
      hello.idle.attractSeconds === 0 ||
      isAttracting ||
      isStaffHere ||
      !isFresh(session),
    onEnd: () => setAttracting(true),
  });
  const rest = useScreenRest({
    mayRest: screenMayRest,
    isAlone: isFresh(session) && !isStaffHere,
    beginsDark: hello.beginsDark === true,
  });
  /** Home, ready to be used, and a sound for whoever cannot see that the screen is lit. */
  const light = () => {
    rest.wake();
    setAttracting(false);
    void chime();
  };
  const leaveStaff = () => {
    staff.leave();
    void queries.invalidateQueries();
  };
  return (
    <>
      {rest.isDark && <Rest onTouch={light} />}
      {isAttracting && !rest.isDark && (
        <Attract clock={clock} onShown={setCovered} onEnd={() => setAttracting(false)} />
      )}
      {StaffDoor !== undefined && (
        <ErrorBoundary leave={<Action label={t('staff.leave')} onPress={leaveStaff} />}>
          <KeyboardLanguages value={hello.keyboards}>
            <StaffDoor now={hello.now} onLeave={leaveStaff} />
          </KeyboardLanguages>
        </ErrorBoundary>
      )}
      <div
        className={styles.terminal}
        inert={isCovered || isStaffHere || rest.isDark}
        // Somebody came before the first slide did.
        onPointerDownCapture={() => setAttracting(false)}
        onKeyDownCapture={() => setAttracting(false)}
      >
        <Header hello={hello} clock={clock} isHome={route.page === 'home'} onStaff={staff.enter} />
        <KeyboardLanguages value={hello.keyboards}>
          <KeyboardScope onAnnounce={voice?.say}>
            <main className={styles.main} data-page={route.page}>
              <Scroller position={JSON.stringify(route)}>
                <ErrorBoundary key={JSON.stringify(route)}>
                  <SecondsLeft value={left}>
                    <Whole>
                      <Page route={route} hello={hello} />
                    </Whole>
                  </SecondsLeft>
                </ErrorBoundary>
              </Scroller>
            </main>
            <Keyboard />
            {voice && <ReadAloud key={JSON.stringify(route)} voice={voice} />}
          </KeyboardScope>
        </KeyboardLanguages>
        <Bar route={route} languages={hello.languages} />
        <IdleWarning
          secondsLeft={showsNumber ? undefined : left}
          onStay={() => act({ type: 'set', preferences: {} })}
          onLeave={() => act({ type: 'leave' })}
        />
      </div>
    </>
  );
}

/** Loads the page anew while it is wanted, never under a visitor's hands. */
function usePageAnew(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    const left = new AbortController();
    void loadPageAnew(left.signal);
    return () => left.abort();
  }, [isWanted]);
}

/** Keeps document, language and content in step with the session. */
function useSessionEffects(hello: Hello) {
  const handle = useSession();
  const { session } = handle;
  const { i18n } = useTranslation();
  useLayoutEffect(() => {
    void i18n.changeLanguage(session.language);
    document.documentElement.lang = session.language === 'x-rtl' ? 'ar' : session.language;
    document.documentElement.dir = directionOf(session.language);
    applyDisplay(document.documentElement, hello.display, session);
  }, [session, hello.display, i18n]);
  useEffect(
    () => (session.language === 'zh-CN' ? undefined : markChineseParts(document.body)),
    [session.language],
  );
  const screenMayRest = useFreshContent(isFresh(session));
  return { ...handle, screenMayRest };
}
