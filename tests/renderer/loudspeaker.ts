import { afterEach, beforeEach, vi } from 'vitest';

/** A loudspeaker that writes down what it plays, and plays each sound until it is told that it has ended. */
export interface Loudspeaker {
  /** What began to sound, in order. */
  readonly heard: string[];
  /** What sounds now. */
  readonly sounding: () => string | undefined;
  /** Ends what sounds now. */
  readonly end: () => void;
}

export interface LoudspeakerWays {
  /** Each sound ends by itself, at once. */
  readonly endsAtOnce?: boolean;
  /** Notes of a chime are heard, too, under this name; they are no words. */
  readonly note?: string;
}

interface Sound {
  readonly name: string;
  readonly end: () => void;
}

/** Gives the page a loudspeaker in place of the machine's, before each test anew. */
export function stubLoudspeaker({ endsAtOnce = false, note }: LoudspeakerWays = {}): Loudspeaker {
  const heard: string[] = [];
  let sounds: readonly Sound[] = [];
  class FakeAudioContext extends EventTarget {
    state = 'running';
    resume = async () => {};
    currentTime = 0;
    destination = {};
    createGain = () => ({ gain: { value: 1 }, connect: () => {}, disconnect: () => {} });
    createOscillator = () => ({
      frequency: { value: 0 },
      connect: () => {},
      start: () => {
        if (note !== undefined) heard.push(note);
      },
      stop: () => {},
      addEventListener: () => {},
    });
    decodeAudioData = async (bytes: ArrayBuffer) => new TextDecoder().decode(bytes);
    createBufferSource = () => {
      const source = {
        buffer: '',
        onended: () => {},
        connect: () => {},
        disconnect: () => {
          sounds = sounds.filter(({ name }) => name !== source.buffer);
        },
        start: () => {
          heard.push(source.buffer);
          sounds = [...sounds, { name: source.buffer, end: () => source.onended() }];
          if (endsAtOnce) queueMicrotask(() => source.onended());
        },
      };
      return source;
    };
  }
  beforeEach(() => {
    heard.length = 0;
    sounds = [];
    vi.stubGlobal('AudioContext', FakeAudioContext);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  return {
    heard,
    sounding: () => sounds.map(({ name }) => name).join(' and ') || undefined,
    end: () => {
      for (const sound of sounds) sound.end();
    },
  };
}

/** A sound that is heard as its name; names are told apart by their letters alone. */
export function soundOf(name: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(name)));
}
