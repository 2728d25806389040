import type { SpokenLanguage } from '#shared/contract/speech.ts';
import type { StationClient } from '../station-client/station-client.ts';
import { localVoice, speakLocally } from './platform-voice.ts';
import { playClips } from './play-clips.ts';
import { type SpokenPiece, spokenRuns } from './spoken-runs.ts';

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
    const pieces = spokenRuns(words, language);
    const before = said;
    const speak = async () => {
      if (before !== undefined) await before;
      await speakPieces(client, { pieces, onPiece }, signal);
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
  readonly pieces: readonly SpokenPiece[];
  /** Hears of each piece that begins. */
  readonly onPiece: (() => void) | undefined;
}

/** The terminal is asked for the next piece while one is heard, so that no pause is longer than the text has it. */
async function speakPieces(
  client: Pick<StationClient, 'speech'>,
  { pieces, onPiece }: Speech,
  signal: AbortSignal,
): Promise<void> {
  const clipsOf = (at: number) => {
    const piece = pieces[at];
    return piece === undefined || signal.aborted || localVoice(piece.language) !== undefined
      ? undefined
      : client.speech.say(piece).catch(() => ({ clips: [] }));
  };
  let asked = clipsOf(0);
  for (const [at, piece] of pieces.entries()) {
    const made = asked === undefined ? undefined : await asked;
    if (signal.aborted) return;
    asked = clipsOf(at + 1);
    onPiece?.();
    if (made === undefined) await speakLocally(piece.words, piece.language, signal);
    else await playClips(made.clips, signal);
  }
}
