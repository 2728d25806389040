import { StationError } from '#shared/contract/errors.ts';
import type { CallSound } from '#shared/contract/hall-voice.ts';
import type { HallCall } from '#shared/contract/queue.ts';
import { recordedParts, spokenCall } from '#shared/queue/spoken-call.ts';
import { oneAtATime } from '../printing/one-at-a-time.ts';
import type { SpeakSentence } from './espeak.ts';
import { readRecordings } from './recordings.ts';

/** Several displays ask for the same call at once, and a recall comes soon: a few sentences are enough. */
const KEPT_SENTENCES = 8;
/** A program that failed is left alone for so long, so that a hall does not wait for it at every call. */
const REST_MS = 60_000;

/** Speaks calls for pages whose own system has no Chinese voice. */
export interface HallVoice {
  /** Throws `not-found` for a call that is not one of today's. */
  readonly call: (seq: number) => Promise<CallSound>;
}

export interface HallVoiceOptions {
  readonly callOf: (seq: number) => HallCall | undefined;
  readonly speak: SpeakSentence;
  /** The station's own recordings. */
  readonly recordings: string;
  /** Monotonic milliseconds. */
  readonly clock?: () => number;
}

/** Opens the voice: the program first, the recordings where it cannot speak, nothing where there are none. */
export function openHallVoice(options: HallVoiceOptions): HallVoice {
  const synthesis = keepingSentences(options);
  return {
    call: async (seq) => {
      const call = options.callOf(seq);
      if (call === undefined) throw new StationError('not-found');
      const { number, window } = call;
      const spoken = await synthesis(spokenCall(number, window.label));
      const clips =
        spoken === undefined
          ? await readRecordings(options.recordings, recordedParts(number, window.id))
          : [spoken];
      return { clips: (clips ?? []).map((clip) => clip.toString('base64')) };
    },
  };
}

/** One sentence at a time, the last few kept, and a rest after a failure. */
function keepingSentences({
  speak,
  clock = () => performance.now(),
}: HallVoiceOptions): SpeakSentence {
  const kept = new Map<string, Buffer>();
  const inTurn = oneAtATime();
  let restUntil = Number.NEGATIVE_INFINITY;
  return (sentence) =>
    inTurn(async () => {
      const known = kept.get(sentence);
      if (known !== undefined || clock() < restUntil) return known;
      const wave = await speak(sentence);
      if (wave === undefined) {
        restUntil = clock() + REST_MS;
        return undefined;
      }
      kept.set(sentence, wave);
      const [oldest] = kept.keys();
      if (kept.size > KEPT_SENTENCES && oldest !== undefined) kept.delete(oldest);
      return wave;
    });
}
