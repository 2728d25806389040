import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playableAt } from '#shared/attract/next-slide.ts';
import { fullDate } from '../i18n/dates.ts';
import { type HostClock, useMoment } from '../session/clock.ts';
import { useSlides } from '../session/use-slides.ts';
import { useReading } from '../station-client/use-station.ts';
import styles from './attract.module.css';
import { useLeaving } from './use-leaving.ts';

/**
 * What the screen shows while nobody is here: one slide after another, silent and still, 12348 always in sight. The
 * first touch takes it away and does nothing else.
 */
export function Attract({
  clock,
  onShown,
  onEnd,
}: {
  readonly clock: HostClock;
  /** Hears when a slide covers the terminal and when none does: what is behind it takes no touch meanwhile. */
  readonly onShown: (isShown: boolean) => void;
  /** After a touch, and when there is nothing to be shown. */
  readonly onEnd: () => void;
}) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState(false);
  const now = useMoment(clock);
  const query = useReading(['slides'], (station, language) => station.reading.slides({ language }));
  const { slide, turn } = useSlides(playableAt(query.data ?? [], now));
  useLeaving(leaving, onEnd);
  const isShown = slide !== undefined;
  const tellShown = useEffectEvent(onShown);
  useLayoutEffect(() => {
    tellShown(isShown);
    return () => tellShown(false);
  }, [isShown]);
  const hasNothing = !isShown && !query.isPending;
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (hasNothing) end();
  }, [hasNothing]);
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
        {slide.picture !== undefined && (
          <img className={styles.picture} src={slide.picture} alt="" />
        )}
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
