import { useEffect, useMemo } from 'react';
import type { SpokenLanguage } from '#shared/contract/speech.ts';
import { useSession } from '../session/session.ts';
import { useStation } from '../station-client/use-station.ts';
import { nameOf } from './name-of.ts';
import { openPageVoice } from './page-voice.ts';

/** Says words while the visitor has voice mode on; undefined while it is off, so that nothing is said. */
export function useVoice(): ((words: string) => void) | undefined {
  const { voice: isOn, language } = useSession().session;
  const station = useStation();
  const voice = useMemo(() => openPageVoice(station), [station]);
  useEffect(() => {
    if (!isOn) voice.hush();
    return () => voice.hush();
  }, [voice, isOn]);
  const spoken: SpokenLanguage = language === 'en' ? 'en' : 'zh-CN';
  return useMemo(
    () => (isOn ? (words: string) => voice.say(words, spoken) : undefined),
    [isOn, voice, spoken],
  );
}

/** Says what a page is called when it opens, and what the focus comes to. */
export function useSpokenPage(say: ((words: string) => void) | undefined): void {
  useEffect(() => {
    if (say === undefined) return;
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element) say(nameOf(target));
    };
    let last: string | undefined;
    const onChange = () => {
      const title = document.querySelector('main h1, main h2')?.textContent ?? undefined;
      if (title !== undefined && title !== last) say(title);
      last = title ?? last;
    };
    onChange();
    const pages = new MutationObserver(onChange);
    pages.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', onFocus);
    return () => {
      pages.disconnect();
      document.removeEventListener('focusin', onFocus);
    };
  }, [say]);
}
