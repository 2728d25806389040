import { ArrowDownIcon, ArrowUpIcon } from '@phosphor-icons/react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pressable } from './pressable.tsx';
import styles from './scroller.module.css';

/** How much of a screen a touch moves: a little less than all of it, so that the eye finds its line again. */
const PART_OF_SCREEN = 0.86;

/** A part of a page that may be longer than the screen: by finger, or by buttons for those who cannot drag. */
export function Scroller({
  children,
  position,
}: {
  readonly children: ReactNode;
  readonly position: string;
}) {
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  const shown = useRef(position);
  const [{ up, down }, setRoom] = useState<Room>({ up: false, down: false });
  // A new page starts at its top.
  useEffect(() => {
    if (area.current === null) return;
    // Only where it may stand elsewhere: to set it lays out the whole page before its time.
    if (shown.current !== position) area.current.scrollTop = 0;
    shown.current = position;
    return watchRoom(area.current, setRoom);
  }, [position]);
  const move = (screens: number) =>
    area.current?.scrollBy({
      top: screens * PART_OF_SCREEN * area.current.clientHeight,
      behavior: 'smooth',
    });
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys must be able to scroll a page that has no button */}
      <div className={styles.area} ref={area} tabIndex={0} data-scroller>
        {children}
      </div>
      {(up || down) && (
        <div className={styles.buttons}>
          <Pressable
            className={styles.button}
            data-target="secondary"
            isDisabled={!up}
            onPress={() => move(-1)}
          >
            <ArrowUpIcon weight="bold" aria-hidden />
            {t('scroll.up')}
          </Pressable>
          <Pressable
            className={styles.button}
            data-target="secondary"
            isDisabled={!down}
            onPress={() => move(1)}
          >
            <ArrowDownIcon weight="bold" aria-hidden />
            {t('scroll.down')}
          </Pressable>
        </div>
      )}
    </div>
  );
}

interface Room {
  readonly up: boolean;
  readonly down: boolean;
}

/** Tells in which directions there is more, now and whenever that changes, until the returned function is called. */
function watchRoom(element: HTMLElement, onRoom: (room: Room) => void): () => void {
  let before: Room | undefined;
  const measure = () => {
    const up = element.scrollTop > 4;
    const down = element.scrollTop + element.clientHeight < element.scrollHeight - 4;
    if (before?.up === up && before.down === down) return;
    before = { up, down };
    onRoom(before);
  };
  // It measures what it was told to watch once the frame is laid out, and forces no layout of its own.
  const observer = new ResizeObserver(measure);
  const observeAll = () => {
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
  };
  observeAll();
  // A page that had to be loaded first takes the place of the words that said so.
  const replaced = new MutationObserver(observeAll);
  replaced.observe(element, { childList: true });
  element.addEventListener('scroll', measure, { passive: true });
  return () => {
    observer.disconnect();
    replaced.disconnect();
    element.removeEventListener('scroll', measure);
  };
}
