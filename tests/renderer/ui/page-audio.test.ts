import { afterEach, expect, it, vi } from 'vitest';
import { watchPageAudio } from '../../../src/renderer/ui/page-audio.ts';

class SleepingAudio extends EventTarget {
  state = 'suspended';
  /** As browsers do: only after a key or a touch. */
  static mayWake = false;
  resume = async () => {
    if (!SleepingAudio.mayWake) return;
    this.state = 'running';
    this.dispatchEvent(new Event('statechange'));
  };
}

afterEach(() => vi.unstubAllGlobals());

it('tells that the sound is asleep until a key is pressed', async () => {
  vi.stubGlobal('AudioContext', SleepingAudio);
  const told: boolean[] = [];
  const stop = watchPageAudio((isAsleep) => told.push(isAsleep));
  await Promise.resolve();
  expect(told.at(-1)).toBe(true);
  SleepingAudio.mayWake = true;
  window.dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
  await vi.waitFor(() => expect(told.at(-1)).toBe(false));
  stop();
});
