import type { CallSound } from '#shared/contract/hall-voice.ts';
import type { SpokenLanguage } from '#shared/contract/speech.ts';
import { ENGLISH, espeak, type SpeakSentence } from './espeak.ts';

/** Speaks to the visitor in voice mode, for pages whose own system has no voice. Nothing of it is kept (invariant 8). */
export interface PageVoice {
  readonly speaks: () => Promise<boolean>;
  readonly say: (words: string, language: SpokenLanguage) => Promise<CallSound>;
}

/** Opens the voice over the program that speaks each language. */
export function openPageVoice(
  speakers: Readonly<Record<SpokenLanguage, SpeakSentence>> = {
    'zh-CN': espeak(),
    en: espeak(undefined, undefined, ENGLISH),
  },
): PageVoice {
  return {
    speaks: async () => (await speakers['zh-CN']('一')) !== undefined,
    say: async (words, language) => {
      const wave = await speakers[language](words);
      return { clips: wave === undefined ? [] : [wave.toString('base64')] };
    },
  };
}
