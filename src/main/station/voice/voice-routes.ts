import type { StationImplementer } from '../access/implement-station.ts';
import type { HallVoice } from './hall-voice.ts';

/** Puts the contract's `hallVoice` methods and the voice together. */
export function voiceRoutes(os: StationImplementer['hallVoice'], voice: HallVoice) {
  return { call: os.call.handler(({ input }) => voice.call(input.seq)) };
}
