import { useEffect, useLayoutEffect, useMemo } from 'react';
import type { SpokenLanguage } from '#shared/contract/speech.ts';
import { tellAttended } from '../session/idle.ts';
import { useSession } from '../session/session.ts';
import { useStation } from '../station-client/use-station.ts';
import { nameOf } from './name-of.ts';
import { openPageVoice, type PageVoice } from './page-voice.ts';
import { spokenText } from './spoken-text.ts';

/** Whoever listens is there, as whoever watches a film is; but nobody listens for longer than some ten minutes. */
const ATTENDED_PIECES = 60;

/** What a voice says by itself when it comes or changes: faults, and what a visitor waits for on this page. */
const TOLD = '[role=alert], main [data-told]';

/** How a page speaks. */
export interface Voice {
  /** Says words; they cut off what is being said. */
  readonly say: (words: string) => void;
  /** Says words after what is being said. */
  readonly add: (words: string) => void;
  /** Says words after those with which the last touch was answered; they are part of that answer. */
  readonly tell: (words: string) => void;
  /** Says words after that answer; whatever comes next may cut them off. */
  readonly follow: (words: string) => void;
  /** Begins the answer to a new touch. */
  readonly beTouched: () => void;
  /** Says a long text; resolves when it was said or cut off. */
  readonly read: (words: string) => Promise<void>;
  readonly hush: () => void;
}

/** The voice while the visitor has voice mode on; undefined while it is off, so that nothing is said. */
export function useVoice(): Voice | undefined {
  const { voice: isOn, language } = useSession().session;
  const station = useStation();
  const voice = useMemo(() => openPageVoice(station), [station]);
  useEffect(() => {
    if (!isOn) voice.hush();
    return () => voice.hush();
  }, [voice, isOn]);
  const spoken: SpokenLanguage = language === 'en' ? 'en' : 'zh-CN';
  return useMemo(() => (isOn ? answeringVoice(voice, spoken) : undefined), [isOn, voice, spoken]);
}

function answeringVoice(voice: PageVoice, language: SpokenLanguage): Voice {
  /** Whether something was said since the last touch that must not be cut off by what follows from the same touch. */
  let isAnswered = false;
  const follow = (words: string) => void (isAnswered ? voice.add : voice.say)(words, language);
  return {
    say: (words) => {
      isAnswered = true;
      void voice.say(words, language);
    },
    add: (words) => void voice.add(words, language),
    follow,
    tell: (words) => {
      follow(words);
      isAnswered = true;
    },
    beTouched: () => {
      isAnswered = false;
    },
    read: (words) => {
      let pieces = 0;
      return voice.say(words, language, () => {
        pieces += 1;
        if (pieces <= ATTENDED_PIECES) tellAttended();
      });
    },
    hush: voice.hush,
  };
}

/**
 * Says what a page is called when it opens, what goes wrong or is waited for on it, and what the focus comes to. What a page does by itself
 * after one touch (it opens and puts the focus into a field) is heard in turn; a new touch cuts it off. `page` is the page
 * that is shown: whatever was said of the one before ends with it.
 */
export function useSpokenPage(voice: Voice | undefined, page: string): void {
  // Before the fields of a new page take the focus, which is an effect of theirs.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page ends what was said of this one
  useLayoutEffect(() => (voice === undefined ? undefined : speakPage(voice)), [voice, page]);
}

function speakPage(voice: Voice): () => void {
  let title = '';
  const told = new WeakMap<Element, string>();
  const onChange = () => {
    const heading = document.querySelector('main h1, main h2');
    const shown = heading === null ? '' : spokenText(heading);
    if (shown !== '' && shown !== title) voice.say(shown);
    title = shown || title;
    for (const element of document.querySelectorAll(TOLD)) {
      const words = spokenText(element);
      if (told.get(element) === words) continue;
      told.set(element, words);
      if (words !== '') voice.tell(words);
    }
  };
  const onFocus = ({ target }: FocusEvent) => {
    // The page may be new and its change not told yet.
    onChange();
    const name = target instanceof Element ? nameOf(target) : '';
    if (name !== '') voice.follow(name);
  };
  onChange();
  const pages = new MutationObserver(onChange);
  pages.observe(document.body, { childList: true, characterData: true, subtree: true });
  document.addEventListener('focusin', onFocus);
  for (const kind of ['pointerdown', 'keydown'])
    document.addEventListener(kind, voice.beTouched, true);
  return () => {
    pages.disconnect();
    document.removeEventListener('focusin', onFocus);
    for (const kind of ['pointerdown', 'keydown'])
      document.removeEventListener(kind, voice.beTouched, true);
    voice.hush();
  };
}
