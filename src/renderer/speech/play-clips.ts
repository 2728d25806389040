import { pageAudio } from '../ui/page-audio.ts';

/** A sound that never ends must not hold up the hall; a megabyte of a terminal's voice, the most there is, is 23 s. */
const LONGEST_MS = 25_000;

/**
 * Plays sounds (WAV, MP3, Ogg as base64) one after the other; false when there is nothing to play or no way to play it. The
 * signal ends the sound that is being played, and those after it.
 */
export async function playClips(clips: readonly string[], signal?: AbortSignal): Promise<boolean> {
  if (clips.length === 0) return false;
  const audio = await pageAudio();
  if (audio === undefined) return false;
  for (const clip of clips) {
    const sound = await audio.decodeAudioData(bytesOf(clip).buffer);
    if (signal?.aborted) break;
    await played(audio, sound, signal);
  }
  return true;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
}

function played(
  audio: AudioContext,
  sound: AudioBuffer,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const source = audio.createBufferSource();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      source.disconnect();
      resolve();
    };
    const timer = setTimeout(end, LONGEST_MS);
    source.buffer = sound;
    source.connect(audio.destination);
    source.onended = end;
    signal?.addEventListener('abort', end);
    source.start();
  });
}
