import type { SpokenLanguage } from '#shared/contract/speech.ts';
import type { StationClient } from '../station-client/station-client.ts';
import { localVoice, speakLocally } from './platform-voice.ts';
import { playClips } from './play-clips.ts';
import { spokenPieces } from './spoken-pieces.ts';

/** The voice of a page in voice mode (standards A-60). */
export interface PageVoice {
  /** What is said newest is heard: it cuts off what was being said. Resolves when it was said or cut off itself. */
  readonly say: (words: string, language: SpokenLanguage, onPiece?: () => void) => Promise<void>;
  /** Says it after what is being said. */
  readonly add: (words: string, language: SpokenLanguage) => Promise<void>;
  readonly hush: () => void;
}

/** Speaks by a voice of this system, else by the terminal's. A voice that fails leaves the page silent, nothing else. */
export function openPageVoice(client: Pick<StationClient, 'speech'>): PageVoice {
  let speaking = new AbortController();
  /** What is being said, with all that waits behind it. */
  let said: Promise<void> | undefined;
  const hush = () => {
    speaking.abort();
    speaking = new AbortController();
    said = undefined;
    window.speechSynthesis?.cancel();
  };
  const add = (words: string, language: SpokenLanguage, onPiece?: () => void) => {
    const { signal } = speaking;
    const pieces = spokenPieces(words, language);
    const before = said;
    const speak = async () => {
      if (before !== undefined) await before;
      if (localVoice(language) === undefined)
        await speakByTerminal(client, { pieces, language, onPiece }, signal);
      else await speakBySystem({ pieces, language, onPiece }, signal);
    };
    const saying = speak().catch(() => {});
    said = saying;
    const cutOff = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return Promise.race([saying, cutOff]);
  };
  return {
    hush,
    add,
    say: (words, language, onPiece) => {
      hush();
      return add(words, language, onPiece);
    },
  };
}

interface Speech {
  readonly pieces: readonly string[];
  readonly language: SpokenLanguage;
  /** Hears of each piece that begins. */
  readonly onPiece: (() => void) | undefined;
}

async function speakBySystem(
  { pieces, language, onPiece }: Speech,
  signal: AbortSignal,
): Promise<void> {
  for (const piece of pieces) {
    if (signal.aborted) return;
    onPiece?.();
    await speakLocally(piece, language, signal);
  }
}

/** The next piece is asked for while one is played, so that no pause is longer than the text has it. */
async function speakByTerminal(
  client: Pick<StationClient, 'speech'>,
  { pieces, language, onPiece }: Speech,
  signal: AbortSignal,
): Promise<void> {
  const ask = (at: number) => {
    const words = pieces[at];
    return words === undefined || signal.aborted
      ? undefined
      : client.speech.say({ words, language }).catch(() => ({ clips: [] }));
  };
  let asked = ask(0);
  for (let at = 0; asked !== undefined; at += 1) {
    const { clips } = await asked;
    if (signal.aborted) return;
    asked = ask(at + 1);
    onPiece?.();
    await playClips(clips, signal);
  }
}
