import {
  ArrowLeftIcon,
  ArrowRightIcon,
  MagnifyingGlassMinusIcon,
  MagnifyingGlassPlusIcon,
  PrinterIcon,
} from '@phosphor-icons/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Waiting } from '../../ui/reading.tsx';
import { openPamphlet, type Pamphlet } from './open-pamphlet.ts';
import styles from './pamphlet-reader.module.css';
import { PrintButton } from './print-button.tsx';

/** How large a page is drawn, as a multiple of the width of its place. */
const ZOOMS = [1, 1.5, 2, 3] as const;
/** How much of what is seen a touch moves sideways. */
const PART_OF_WIDTH = 0.6;

export interface PamphletReaderProps {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  readonly title: string;
}

/** A pamphlet page by page, drawn by the page itself: no plug-in, no viewer of the browser, no link out of it. */
export function PamphletReader({ id, path, bytes, title }: PamphletReaderProps) {
  const { t } = useTranslation();
  const pamphlet = usePamphlet(path, bytes);
  const [part, setPart] = useState(0);
  const [zoom, setZoom] = useState(0);
  if (pamphlet === 'broken') return <Callout tone="alarm">{t('media.broken')}</Callout>;
  if (pamphlet === undefined) return <Waiting />;
  return (
    <div className={styles.reader}>
      <div className={styles.tools}>
        <Action
          label={t('media.smaller')}
          icon={MagnifyingGlassMinusIcon}
          isDisabled={zoom === 0}
          onPress={() => setZoom(zoom - 1)}
        />
        <Action
          label={t('media.larger')}
          icon={MagnifyingGlassPlusIcon}
          isDisabled={zoom === ZOOMS.length - 1}
          onPress={() => setZoom(zoom + 1)}
        />
        <PrintButton label={t('media.print')} icon={PrinterIcon} paper={{ type: 'media', id }} />
      </div>
      <Pager part={part} parts={pamphlet.pages} onPart={setPart} />
      <Leaf pamphlet={pamphlet} part={part} zoom={ZOOMS[zoom] ?? 1} title={title} />
    </div>
  );
}

/** Opens the file and closes it when the page goes; `broken` when it cannot be read. */
function usePamphlet(path: string, bytes: number): Pamphlet | 'broken' | undefined {
  const [pamphlet, setPamphlet] = useState<Pamphlet | 'broken'>();
  useEffect(() => {
    const opening = openPamphlet(path, bytes);
    let isGone = false;
    opening.then(
      (opened) => (isGone ? opened.close() : setPamphlet(opened)),
      () => {
        if (!isGone) setPamphlet('broken');
      },
    );
    return () => {
      isGone = true;
      opening.then(
        (opened) => opened.close(),
        () => {},
      );
    };
  }, [path, bytes]);
  return pamphlet;
}

interface LeafProps {
  readonly pamphlet: Pamphlet;
  readonly part: number;
  readonly zoom: number;
  readonly title: string;
}

/** One page. What is wider than its place is moved by finger or by two buttons; its words are there for a voice. */
function Leaf({ pamphlet, part, zoom, title }: LeafProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState<{ readonly part: number; readonly words: string }>();
  useEffect(() => {
    const { current } = canvas;
    const width = frame.current?.clientWidth;
    if (current === null || width === undefined) return;
    const drawing = pamphlet.draw(part, current, width * zoom);
    drawing.done.then(
      (words) => setDrawn({ part, words }),
      // Another page or size was asked for meanwhile.
      () => {},
    );
    return () => drawing.cancel();
  }, [pamphlet, part, zoom]);
  const move = (direction: number) =>
    frame.current?.scrollBy({ left: direction * PART_OF_WIDTH * frame.current.clientWidth });
  return (
    <>
      {zoom > 1 && (
        <div className={styles.tools}>
          <Action label={t('media.left')} icon={ArrowLeftIcon} onPress={() => move(-1)} />
          <Action label={t('media.right')} icon={ArrowRightIcon} onPress={() => move(1)} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys must be able to move a page that is wider than its place */}
      <div ref={frame} className={styles.frame} dir="ltr" tabIndex={0} data-scroller>
        <canvas
          ref={canvas}
          className={styles.leaf}
          role="img"
          aria-label={drawn?.words || title}
          data-laid-out={drawn?.part === part}
        />
      </div>
    </>
  );
}
