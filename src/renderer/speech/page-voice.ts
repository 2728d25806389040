import { MOST_SPOKEN, type SpokenLanguage } from '#shared/contract/speech.ts';
import type { StationClient } from '../station-client/station-client.ts';
import { localVoice, speakLocally } from './platform-voice.ts';
import { playClips } from './play-clips.ts';

/** The voice of a page in voice mode. What is said newest is heard: it cuts off what was being said (standards A-60). */
export interface PageVoice {
  readonly say: (words: string, language: SpokenLanguage) => void;
  readonly hush: () => void;
}

/** Speaks by a voice of this system, else by the terminal's. A voice that fails leaves the page silent, nothing else. */
export function openPageVoice(client: Pick<StationClient, 'speech'>): PageVoice {
  let speaking: AbortController | undefined;
  const hush = () => {
    speaking?.abort();
    speaking = undefined;
    window.speechSynthesis?.cancel();
  };
  return {
    hush,
    say: (words, language) => {
      hush();
      const said = words.trim().slice(0, MOST_SPOKEN);
      if (said === '') return;
      speaking = new AbortController();
      void speak(client, said, language, speaking.signal).catch(() => {});
    },
  };
}

async function speak(
  client: Pick<StationClient, 'speech'>,
  words: string,
  language: SpokenLanguage,
  signal: AbortSignal,
): Promise<void> {
  if (localVoice(language) !== undefined) {
    await speakLocally(words, language);
    return;
  }
  const { clips } = await client.speech.say({ words, language });
  if (!signal.aborted) await playClips(clips, signal);
}
