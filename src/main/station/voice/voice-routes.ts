import type { StationImplementer } from '../access/implement-station.ts';
import type { HallVoice } from './hall-voice.ts';
import type { PageVoice } from './page-voice.ts';

/** Puts the contract's `hallVoice` methods and the voice together. */
export function voiceRoutes(os: StationImplementer['hallVoice'], voice: HallVoice) {
  return { call: os.call.handler(({ input }) => voice.call(input.seq)) };
}

/** The contract's `speech` methods. */
export function speechRoutes(os: StationImplementer['speech'], voice: PageVoice) {
  return {
    voice: os.voice.handler(async () => ({ speaks: await voice.speaks() })),
    say: os.say.handler(({ input }) => voice.say(input.words, input.language)),
  };
}
