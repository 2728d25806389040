import { pageAudio } from './page-audio.ts';

/** Two soft notes, under a second (standards A-62: no sound by itself for over 3 s). Silent where there is no sound. */
export async function chime(): Promise<void> {
  const audio = await pageAudio();
  if (audio === undefined) return;
  const loudness = audio.createGain();
  loudness.gain.value = 0.08;
  loudness.connect(audio.destination);
  const notes = [660, 880].map((frequency, at) => note(audio, loudness, frequency, at * 0.22));
  notes.at(-1)?.addEventListener('ended', () => loudness.disconnect());
}

function note(
  audio: AudioContext,
  into: AudioNode,
  frequency: number,
  after: number,
): OscillatorNode {
  const oscillator = audio.createOscillator();
  oscillator.frequency.value = frequency;
  oscillator.connect(into);
  oscillator.start(audio.currentTime + after);
  oscillator.stop(audio.currentTime + after + 0.2);
  return oscillator;
}
