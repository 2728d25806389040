/** How long a page's sound may take to wake; where nobody has touched the page yet, browsers keep it asleep. */
const WAKE_MS = 400;

let audio: AudioContext | undefined;

/**
 * The page's one way to the loudspeaker, awake; undefined where there is none or the browser keeps it asleep. One for the
 * page's whole life: a hall display sounds thousands of times.
 */
export async function pageAudio(): Promise<AudioContext | undefined> {
  if (typeof AudioContext === 'undefined') return undefined;
  audio ??= new AudioContext();
  const awake = audio;
  if (awake.state !== 'running')
    await Promise.race([
      awake.resume().catch(() => {}),
      new Promise((resolve) => setTimeout(resolve, WAKE_MS)),
    ]);
  return awake.state === 'running' ? awake : undefined;
}
