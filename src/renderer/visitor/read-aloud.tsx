import {
  ArrowCounterClockwiseIcon,
  CaretDownIcon,
  CaretUpIcon,
  CheckIcon,
  SpeakerHighIcon,
  StopIcon,
} from '@phosphor-icons/react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyboard } from '../keyboard/keyboard-scope.tsx';
import { spokenPage } from '../speech/spoken-text.ts';
import { useWalk } from '../speech/use-walk.ts';
import type { Voice } from '../speech/voice-mode.ts';
import { Action } from '../ui/action.tsx';
import styles from './read-aloud.module.css';

/**
 * In voice mode: goes from one part of the page to the next and does what is there (standards A-60), or reads all of it.
 * It works while a sheet is open, too. The keys need its room while somebody writes.
 */
export function ReadAloud({ voice }: { readonly voice: Voice }) {
  const { field } = useKeyboard();
  return field === undefined ? <Strip voice={voice} /> : null;
}

function Strip({ voice }: { readonly voice: Voice }) {
  const { t } = useTranslation();
  const walk = useWalk(voice);
  const strip = useSheetFloor();
  return (
    <section
      ref={strip}
      className={styles.strip}
      aria-label={t('readAloud.title')}
      data-voice-strip
      data-react-aria-top-layer
    >
      <Action
        keepsFocus
        label={t('readAloud.previous')}
        icon={CaretUpIcon}
        onPress={() => walk.step(-1, t('readAloud.atStart'))}
      />
      <Action
        keepsFocus
        label={t('readAloud.next')}
        icon={CaretDownIcon}
        onPress={() => walk.step(1, t('readAloud.atEnd'))}
      />
      <Action
        keepsFocus
        label={t('readAloud.activate')}
        icon={CheckIcon}
        onPress={() => walk.activate(t('readAloud.nothing'))}
      />
      <Action
        keepsFocus
        label={t('readAloud.repeat')}
        icon={ArrowCounterClockwiseIcon}
        onPress={walk.repeat}
      />
      <WholePage voice={voice} />
    </section>
  );
}

function WholePage({ voice }: { readonly voice: Voice }) {
  const { t } = useTranslation();
  const [isReading, setReading] = useState(false);
  const read = async () => {
    setReading(true);
    await voice.read(spokenPage());
    setReading(false);
  };
  return isReading ? (
    <Action keepsFocus label={t('readAloud.stop')} icon={StopIcon} onPress={voice.hush} />
  ) : (
    <Action
      keepsFocus
      label={t('readAloud.read')}
      icon={SpeakerHighIcon}
      emphasis="primary"
      onPress={() => void read()}
    />
  );
}

/** Sheets stand above the strip, whose height is that of its words in the language and size of the page. */
function useSheetFloor() {
  const strip = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const measure = () => {
      const top = strip.current?.getBoundingClientRect().top ?? window.innerHeight;
      style.setProperty('--sheet-floor', `${Math.max(0, window.innerHeight - top)}px`);
    };
    const sizes = new ResizeObserver(measure);
    if (strip.current !== null) sizes.observe(strip.current);
    measure();
    return () => {
      sizes.disconnect();
      style.removeProperty('--sheet-floor');
    };
  }, []);
  return strip;
}
