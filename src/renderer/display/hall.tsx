import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playableAt } from '#shared/attract/next-slide.ts';
import type { HallEvent, HallView } from '#shared/contract/queue.ts';
import type { Slide } from '#shared/contract/reading.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { fullDate, monthDay, weekday } from '../i18n/dates.ts';
import { useSlides } from '../session/use-slides.ts';
import { sayCall } from '../speech/say-call.ts';
import { speakInTurn } from '../speech/speak-in-turn.ts';
import type { StationClient, StationConnection } from '../station-client/station-client.ts';
import { useHallEvents, useLive } from '../station-client/use-live.ts';
import { chime } from '../ui/chime.ts';
import { Mark } from '../ui/mark.tsx';
import { watchPageAudio } from '../ui/page-audio.ts';
import styles from './hall.module.css';

/** The chime is over before the words begin. */
const CHIME_MS = 700;
const MOST_CALLING = 4;
const MOST_RECENT = 6;

/** Content changes by the day, not by the minute. */
const PUBLICITY_EVERY_MS = 300_000;

const readHall = (client: StationClient) => client.hall.view();

/** The hall's display: whose number is called and where; never a name or a matter (S3). */
export function Hall({ connect }: { readonly connect: () => StationConnection }) {
  const [connection] = useState(connect);
  const { value: view, connected } = useLive(connection, readHall);
  useVoice(connection);
  const isSilent = useSilence();
  const isLongCutOff = useLongCutOff(connected);
  const { t } = useTranslation();
  if (view === undefined)
    return <main className={styles.hall}>{!connected && <CutOff text={t('hall.cutOff')} />}</main>;
  // As it was last known: a host that is started anew at night lights nothing. One that stays away must be seen in the morning.
  if (view.screenMayRest && !isLongCutOff)
    return <main className={styles.dark} data-surface="display" data-dark="" />;
  return (
    <main className={styles.hall} data-surface="display">
      <Head view={view} />
      <Calling view={view} />
      <Side view={view} />
      <footer className={styles.foot}>
        <Publicity connection={connection} connected={connected} view={view} />
        <p className={styles.hotline}>
          {t('hall.hotline')} <strong>12348</strong>
        </p>
      </footer>
      {isSilent && <p className={styles.silent}>{t('hall.soundAsleep')}</p>}
      {!connected && <CutOff text={t('hall.cutOff')} />}
    </main>
  );
}

/** Longer than a host needs to be started anew. */
const LONG_MS = 600_000;

function useLongCutOff(connected: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (connected) return undefined;
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [connected]);
  return isLong;
}

/** Browsers keep a page silent that nobody has touched since it was opened; a clerk must be able to see that. */
function useSilence(): boolean {
  const [isSilent, setSilent] = useState(false);
  useEffect(() => watchPageAudio(setSilent), []);
  return isSilent;
}

/** Every call sounds once, in turn: chime, then number and window in words where anything has a voice. */
function useVoice(connection: StationConnection): void {
  const speaker = useMemo(
    () =>
      speakInTurn(async (call) => {
        await chime();
        await new Promise((resolve) => setTimeout(resolve, CHIME_MS));
        await sayCall(connection.client, call);
      }),
    [connection],
  );
  const hear = useCallback(
    (event: HallEvent) => {
      if (event.type === 'called') speaker.add(event.call);
    },
    [speaker],
  );
  useHallEvents(connection, hear);
}

function Head({ view }: { readonly view: HallView }) {
  const { t } = useTranslation();
  const { date, minutes } = localMoment(view.now);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return (
    <header className={styles.head}>
      <Mark className={styles.mark} />
      <h1>{view.stationName}</h1>
      <p className={styles.clock}>
        <span>
          {monthDay(t, date)} {weekday(t, date)}
        </span>
        <bdi dir="ltr">{clock}</bdi>
      </p>
    </header>
  );
}

function Calling({ view }: { readonly view: HallView }) {
  const { t } = useTranslation();
  const [newest, ...others] = view.calling.slice(0, MOST_CALLING);
  return (
    <section className={styles.calling} aria-live="polite">
      <h2>{t('hall.calling')}</h2>
      {newest === undefined ? (
        <p className={styles.nobody}>{t('hall.nobody')}</p>
      ) : (
        <p className={styles.newest} key={newest.seq}>
          <bdi dir="ltr" className={styles.number}>
            {newest.number}
          </bdi>
          <span className={styles.to}>{t('hall.goTo')}</span>
          <span className={styles.window}>{newest.window.label}</span>
        </p>
      )}
      <ul className={styles.others}>
        {others.map((call) => (
          <li key={call.window.id}>
            <bdi dir="ltr">{call.number}</bdi>
            <span>{call.window.label}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Side({ view }: { readonly view: HallView }) {
  const { t } = useTranslation();
  // What stands large beside it need not be said twice.
  const large = new Set(view.calling.slice(0, MOST_CALLING).map((call) => call.seq));
  const recent = view.recent.filter((call) => !large.has(call.seq)).slice(0, MOST_RECENT);
  return (
    <aside className={styles.side}>
      <section>
        <h2>{t('hall.waiting')}</h2>
        <ul className={styles.lines}>
          {view.lines.map((line) => (
            <li key={line.id}>
              <span>{line.name}</span>
              <strong>
                <bdi>{t('hall.people', { count: line.waiting })}</bdi>
              </strong>
            </li>
          ))}
        </ul>
      </section>
      {(recent.length > 0 || view.recent.length === 0) && (
        <section>
          <h2>{t('hall.recent')}</h2>
          <ul className={styles.recent}>
            {recent.map((call) => (
              <li key={call.seq}>
                <bdi dir="ltr">{call.number}</bdi>
                <span>{call.window.label}</span>
              </li>
            ))}
          </ul>
          {view.recent.length === 0 && <p className={styles.none}>{t('hall.noCalls')}</p>}
        </section>
      )}
    </aside>
  );
}

/** What the station publishes now, each slide for its time and by its weight; what always holds where there is none. */
function Publicity({
  connection: { client },
  connected,
  view,
}: {
  readonly connection: StationConnection;
  readonly connected: boolean;
  readonly view: HallView;
}) {
  const { t } = useTranslation();
  const [slides, setSlides] = useState<readonly Slide[]>([]);
  useEffect(() => {
    if (!connected) return undefined;
    // What fails is asked for again; what was on show stays.
    const read = () => void client.hall.publicity().then(setSlides, () => {});
    read();
    const timer = setInterval(read, PUBLICITY_EVERY_MS);
    return () => clearInterval(timer);
  }, [client, connected]);
  const { slide } = useSlides(playableAt(slides, localMoment(view.now)));
  if (slide === undefined)
    return (
      <p className={styles.publicity}>
        <bdi>{t('hall.publicity')}</bdi>
      </p>
    );
  return (
    <p className={styles.publicity} data-slide={slide.id}>
      <strong className={styles.title}>{slide.title}</strong>
      <span>
        {slide.text}
        {slide.when !== undefined && (
          <b>
            {' '}
            {fullDate(t, slide.when.date)} {slide.when.from} · {slide.when.place}
          </b>
        )}
      </span>
    </p>
  );
}

function CutOff({ text }: { readonly text: string }) {
  return (
    <p className={styles.cutOff} role="alert">
      {text}
    </p>
  );
}
