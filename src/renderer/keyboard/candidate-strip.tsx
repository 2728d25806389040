import { CaretLeftIcon, CaretRightIcon } from '@phosphor-icons/react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pressable } from '../ui/pressable.tsx';
import { fitPages, type StripMeasure } from './fit-pages.ts';
import styles from './keyboard.module.css';
import { useKeyboard } from './keyboard-scope.tsx';
import { isTypingCode } from './keyboard-state.ts';

/** Words for what is put together, as many at a time as fit, with large buttons to the next ones. */
export function CandidateStrip() {
  const { candidates, state } = useKeyboard();
  // New letters begin at the first page.
  return <Pages key={state?.composition.letters} count={candidates.length} />;
}

function Pages({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const { candidates, choose, field, state } = useKeyboard();
  const isCode = state !== undefined && isTypingCode(state);
  const [page, setPage] = useState(0);
  const strip = useRef<HTMLFieldSetElement>(null);
  const measure = useStripMeasure(strip);
  const pages = fitPages(
    candidates.map(({ text }) => text),
    measure,
  );
  const { from, to } = pages[page] ?? { from: 0, to: 0 };
  return (
    <div className={styles.strip} dir="ltr" lang="zh-CN">
      <Pressable
        className={styles.pager}
        aria-label={t('keyboard.previous')}
        excludeFromTabOrder
        preventFocusOnPress
        isDisabled={page === 0}
        onPress={() => setPage(page - 1)}
      >
        <CaretLeftIcon weight="bold" aria-hidden />
      </Pressable>
      <fieldset ref={strip} className={styles.words} aria-label={t('keyboard.words')}>
        {candidates.slice(from, to).map((candidate) => (
          <button
            key={`${candidate.text} ${candidate.letters}`}
            type="button"
            tabIndex={-1}
            className={styles.word}
            data-word={candidate.text}
            data-spoken={field?.isUnspoken ? t('keyboard.dot') : undefined}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(candidate)}
          >
            {candidate.text}
          </button>
        ))}
        {count === 0 && (
          <span className={styles.none}>{t(isCode ? 'keyboard.code' : 'keyboard.noWords')}</span>
        )}
      </fieldset>
      <Pressable
        className={styles.pager}
        aria-label={t('keyboard.next')}
        excludeFromTabOrder
        preventFocusOnPress
        isDisabled={page >= pages.length - 1}
        onPress={() => setPage(page + 1)}
      >
        <CaretRightIcon weight="bold" aria-hidden />
      </Pressable>
    </div>
  );
}

/** The room that the strip has; a usual one where nothing is laid out. */
const USUAL: StripMeasure = { room: 800, letter: 40, least: 80, padding: 40, gap: 8 };

function useStripMeasure(strip: React.RefObject<HTMLElement | null>): StripMeasure {
  const [measure, setMeasure] = useState(USUAL);
  useLayoutEffect(() => {
    const element = strip.current;
    if (element === null) return;
    const take = () => {
      const style = getComputedStyle(element);
      const letter = Number.parseFloat(style.fontSize);
      const target = Number.parseFloat(style.minBlockSize);
      if (!(element.clientWidth > 0 && letter > 0 && target > 0)) return;
      setMeasure({
        room: element.clientWidth,
        letter,
        least: target,
        padding: letter,
        gap: Number.parseFloat(style.columnGap) || 0,
      });
    };
    take();
    const observer = new ResizeObserver(take);
    observer.observe(element);
    return () => observer.disconnect();
  }, [strip]);
  return measure;
}
