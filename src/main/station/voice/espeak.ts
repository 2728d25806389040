import { MOST_VOICE_BYTES } from '#shared/contract/hall-voice.ts';
import { runProgram } from '../papers/run-program.ts';
import { wholeWave } from './whole-wave.ts';

/** It takes a tenth of a second; a hall does not wait for one that hangs. */
const SPEAK_MS = 3000;
/** `cmn-latn-pinyin`, because version 1.51 reads its own Mandarin readings as English words with `cmn` (请 becomes "King three"). */
const MANDARIN = 'cmn-latn-pinyin';
export const ENGLISH = 'en';

/** Always the same: what is to be said goes in through the pipe, so no text can be an option. */
const argumentsFor = (voice: string) => [
  '-v',
  voice,
  '-s',
  '150',
  '-b',
  '1',
  '--stdin',
  '--stdout',
];

/** Turns a sentence into a WAV; undefined when the program is missing, fails, hangs or says too much. Never throws. */
export type SpeakSentence = (sentence: string) => Promise<Buffer | undefined>;

/** Speaks by the program espeak-ng, which is run as a program of its own and never a part of ours (it is under the GPL). */
export function espeak(
  program = 'espeak-ng',
  timeoutMs = SPEAK_MS,
  voice = MANDARIN,
): SpeakSentence {
  return async (sentence) => {
    const end = await runProgram(program, argumentsFor(voice), {
      input: Buffer.from(sentence),
      timeoutMs,
      mostBytes: MOST_VOICE_BYTES,
    });
    return end.how === 'exited' && end.code === 0 ? wholeWave(end.bytes) : undefined;
  };
}
