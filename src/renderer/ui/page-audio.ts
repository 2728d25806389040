/** How long a page's sound may take to wake; where nobody has touched the page yet, browsers keep it asleep. */
const WAKE_MS = 400;

let audio: AudioContext | undefined;

/**
 * The page's one way to the loudspeaker, awake; undefined where there is none or the browser keeps it asleep. One for the
 * page's whole life: a hall display sounds thousands of times.
 */
export async function pageAudio(): Promise<AudioContext | undefined> {
  if (typeof AudioContext === 'undefined') return undefined;
  const awake = theAudio();
  if (awake.state !== 'running')
    await Promise.race([
      awake.resume().catch(() => {}),
      new Promise((resolve) => setTimeout(resolve, WAKE_MS)),
    ]);
  return awake.state === 'running' ? awake : undefined;
}

function theAudio(): AudioContext {
  audio ??= new AudioContext();
  return audio;
}

/**
 * Tells whether the browser keeps the page's sound asleep, now and whenever that changes; a key or a touch anywhere wakes it.
 * @returns stops listening
 */
export function watchPageAudio(tell: (isAsleep: boolean) => void): () => void {
  if (typeof AudioContext === 'undefined') return () => {};
  const watched = theAudio();
  const look = () => tell(watched.state !== 'running');
  const wake = () => void watched.resume().then(look, () => {});
  watched.addEventListener('statechange', look);
  for (const kind of ['keydown', 'pointerdown']) window.addEventListener(kind, wake);
  look();
  wake();
  return () => {
    watched.removeEventListener('statechange', look);
    for (const kind of ['keydown', 'pointerdown']) window.removeEventListener(kind, wake);
  };
}
