/** A voice that has stopped answering must not hold up the hall. */
const LONGEST_MS = 15_000;

/** Speaks a Chinese sentence with a voice of the system; false at once where there is none (a bare Chromium has none). */
export function speakChinese(sentence: string): Promise<boolean> {
  const { speechSynthesis } = window;
  if (speechSynthesis === undefined) return Promise.resolve(false);
  const voice = speechSynthesis
    .getVoices()
    .find(({ lang, localService }) => /^(?:zh|cmn)/i.test(lang) && localService);
  if (voice === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(sentence);
    const end = (spoken: boolean) => {
      clearTimeout(timer);
      resolve(spoken);
    };
    const timer = setTimeout(() => {
      speechSynthesis.cancel();
      end(false);
    }, LONGEST_MS);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.9;
    words.onend = () => end(true);
    words.onerror = () => end(false);
    speechSynthesis.speak(words);
  });
}
