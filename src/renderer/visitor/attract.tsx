import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  afterSlide,
  nextSlide,
  playableOn,
  type ShownSeconds,
} from '#shared/attract/next-slide.ts';
import type { Slide } from '#shared/contract/reading.ts';
import { fullDate } from '../i18n/dates.ts';
import { type HostClock, useMoment } from '../session/clock.ts';
import { useReading } from '../station-client/use-station.ts';
import styles from './attract.module.css';

/** A finger that trembles on the first touch must not press what lies beneath (standards A-23). */
const SHIELD_MS = 500;

/**
 * What the screen shows while nobody is here: one slide after another, silent and still, 12348 always in sight. The
 * first touch takes it away and does nothing else.
 */
export function Attract({
  clock,
  onTouch,
}: {
  readonly clock: HostClock;
  readonly onTouch: () => void;
}) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState(false);
  const { date } = useMoment(clock);
  const query = useReading(['slides'], (station, language) => station.reading.slides({ language }));
  const { slide, turn } = useSlides(playableOn(query.data ?? [], date));
  useLeaving(leaving, onTouch);
  if (slide === undefined) return null;
  return (
    <button
      type="button"
      className={`${styles.screen} ${leaving ? styles.leaving : ''}`}
      data-attract={slide.id}
      data-turn={turn % 4}
      onPointerDown={() => setLeaving(true)}
      onKeyDown={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setLeaving(true);
      }}
    >
      <span className={styles.slide}>
        <span className={styles.title}>{slide.title}</span>
        <span className={styles.text}>{slide.text}</span>
        {slide.when !== undefined && (
          <span className={styles.when}>
            {fullDate(t, slide.when.date)} {slide.when.from} · {slide.when.place}
          </span>
        )}
      </span>
      <span className={styles.foot}>
        <span className={styles.touch}>{t('attract.touch')}</span>
        <span className={styles.call}>
          {t('attract.call')}{' '}
          <bdi dir="ltr" className={styles.number}>
            12348
          </bdi>
        </span>
      </span>
    </button>
  );
}

/** The slide whose turn it is, each for its seconds. */
function useSlides(slides: readonly Slide[]): { slide: Slide | undefined; turn: number } {
  const [shown, setShown] = useState<ShownSeconds>({});
  const [turn, setTurn] = useState(0);
  const slide = nextSlide(slides, shown);
  const advance = useEffectEvent(() => {
    if (slide !== undefined) setShown((before) => afterSlide(before, slide));
    setTurn((turns) => turns + 1);
  });
  const id = slide?.id;
  const seconds = slide?.seconds;
  useEffect(() => {
    if (id === undefined || seconds === undefined) return;
    // A new turn begins a new time even where the same slide stays.
    const timer = setTimeout(() => advance(), seconds * 1000, turn);
    return () => clearTimeout(timer);
  }, [id, seconds, turn]);
  return { slide, turn };
}

/** Hidden at once, but still there to catch the rest of the touch. */
function useLeaving(leaving: boolean, onGone: () => void): void {
  const gone = useEffectEvent(onGone);
  useEffect(() => {
    if (!leaving) return;
    const timer = setTimeout(() => gone(), SHIELD_MS);
    return () => clearTimeout(timer);
  }, [leaving]);
}
