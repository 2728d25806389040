import {
  ArrowClockwiseIcon,
  ArrowCounterClockwiseIcon,
  ClosedCaptioningIcon,
  type Icon,
  PauseIcon,
  PlayIcon,
  SpeakerHighIcon,
  SpeakerSlashIcon,
} from '@phosphor-icons/react';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { captionAt, parseCaptions } from '#shared/media/captions.ts';
import { Callout } from '../../ui/callout.tsx';
import { Pressable } from '../../ui/pressable.tsx';
import { Section } from '../../ui/section.tsx';
import { clockOf } from './film-clock.ts';
import styles from './film-player.module.css';

/** How far one touch moves a film. */
const STEP_SECONDS = 10;

export interface FilmPlayerProps {
  readonly path: string;
  /** WebVTT; empty when there are none. */
  readonly captions: string;
  /** As its record says, until the film itself tells. */
  readonly seconds?: number | undefined;
}

/**
 * A film with large controls of its own: it starts when it is told to, without sound and with captions, and can be read
 * below it word by word. Nothing of the browser's own player is shown: captions are drawn by the page, in its own letters.
 */
export function FilmPlayer({ path, captions, seconds }: FilmPlayerProps) {
  const { t } = useTranslation();
  const film = useRef<HTMLVideoElement>(null);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds ?? 0);
  const [isPlaying, setPlaying] = useState(false);
  const [isMuted, setMuted] = useState(true);
  const [hasCaptions, setHasCaptions] = useState(true);
  const [isBroken, setBroken] = useState(false);
  const lines = useMemo(() => parseCaptions(captions) ?? [], [captions]);
  if (isBroken) return <Callout tone="alarm">{t('media.broken')}</Callout>;
  const caption = hasCaptions ? captionAt(lines, at) : '';
  const toggle = () => {
    if (isPlaying) film.current?.pause();
    // Refused where the film cannot be played; `onError` then says so.
    else void film.current?.play().catch(() => {});
  };
  return (
    <>
      <figure className={styles.player}>
        <div className={styles.picture}>
          <video
            ref={film}
            className={styles.film}
            src={path}
            muted={isMuted}
            playsInline
            disablePictureInPicture
            preload="auto"
            onLoadedMetadata={({ currentTarget }) => setLength(currentTarget.duration)}
            onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
            onPlay={() => setPlaying(true)}
            onPause={() => setPlaying(false)}
            onError={() => setBroken(true)}
          />
          <p className={styles.caption} lang="zh-CN" data-caption>
            {caption}
          </p>
        </div>
        <Progress at={at} length={length} />
        <div className={styles.controls}>
          <Control
            icon={isPlaying ? PauseIcon : PlayIcon}
            label={t(isPlaying ? 'media.pause' : 'media.play')}
            isMain
            onPress={toggle}
          />
          <Control
            icon={ArrowCounterClockwiseIcon}
            label={t('media.back', { count: STEP_SECONDS })}
            onPress={() => move(film, -STEP_SECONDS)}
          />
          <Control
            icon={ArrowClockwiseIcon}
            label={t('media.forth', { count: STEP_SECONDS })}
            onPress={() => move(film, STEP_SECONDS)}
          />
          <Control
            icon={isMuted ? SpeakerSlashIcon : SpeakerHighIcon}
            label={t(isMuted ? 'media.soundOn' : 'media.soundOff')}
            onPress={() => setMuted(!isMuted)}
          />
          {lines.length > 0 && (
            <Control
              icon={ClosedCaptioningIcon}
              label={t(hasCaptions ? 'media.captionsOff' : 'media.captionsOn')}
              onPress={() => setHasCaptions(!hasCaptions)}
            />
          )}
        </div>
      </figure>
      {lines.length > 0 && (
        <Section title={t('media.transcript')}>
          <p className={styles.words} lang="zh-CN">
            {lines.map(({ text }) => text).join('')}
          </p>
        </Section>
      )}
    </>
  );
}

function move(film: RefObject<HTMLVideoElement | null>, seconds: number): void {
  const { current } = film;
  if (current === null) return;
  const end = Number.isFinite(current.duration) ? current.duration : 0;
  current.currentTime = Math.min(Math.max(0, current.currentTime + seconds), end);
}

/** How far the film is: to be seen, not to be dragged. */
function Progress({ at, length }: { readonly at: number; readonly length: number }) {
  const { t } = useTranslation();
  const where = t('media.position', { at: clockOf(at), length: clockOf(length) });
  return (
    <div className={styles.progress}>
      <progress className={styles.bar} value={at} max={length || 1} aria-label={where} />
      <span>{where}</span>
    </div>
  );
}

interface ControlProps {
  readonly icon: Icon;
  readonly label: string;
  readonly isMain?: boolean;
  readonly onPress: () => void;
}

function Control({ icon: IconShape, label, isMain = false, onPress }: ControlProps) {
  return (
    <Pressable className={`${styles.control} ${isMain ? styles.main : ''}`} onPress={onPress}>
      <IconShape className={styles.icon} weight="bold" aria-hidden />
      <span>{label}</span>
    </Pressable>
  );
}
