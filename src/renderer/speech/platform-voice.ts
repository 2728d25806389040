import type { SpokenLanguage } from '#shared/contract/speech.ts';

/** A voice that has stopped answering must not hold up the hall. */
const LONGEST_MS = 25_000;

const LANGUAGES: Readonly<Record<SpokenLanguage, RegExp>> = { 'zh-CN': /^(?:zh|cmn)/i, en: /^en/i };

/** A voice of the system that needs no network; a bare Chromium has none. */
export function localVoice(language: SpokenLanguage): SpeechSynthesisVoice | undefined {
  return window.speechSynthesis
    ?.getVoices()
    .find(({ lang, localService }) => LANGUAGES[language].test(lang) && localService);
}

/** Speaks a Chinese sentence with a voice of the system; false at once where there is none. */
export function speakChinese(sentence: string): Promise<boolean> {
  return speakLocally(sentence, 'zh-CN');
}

/** Speaks with a voice of the system; false at once where there is none. The signal ends the waiting for it. */
export function speakLocally(
  sentence: string,
  language: SpokenLanguage,
  signal?: AbortSignal,
): Promise<boolean> {
  const voice = localVoice(language);
  if (voice === undefined || signal?.aborted) return Promise.resolve(false);
  const { speechSynthesis } = window;
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(sentence);
    const end = (spoken: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cutOff);
      resolve(spoken);
    };
    const cutOff = () => end(false);
    const timer = setTimeout(() => {
      speechSynthesis.cancel();
      end(false);
    }, LONGEST_MS);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.9;
    words.onend = () => end(true);
    words.onerror = cutOff;
    signal?.addEventListener('abort', cutOff);
    speechSynthesis.speak(words);
  });
}
