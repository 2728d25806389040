import type { HallCall } from '#shared/contract/queue.ts';
import { spokenCall } from '#shared/queue/spoken-call.ts';
import type { StationClient } from '../station-client/station-client.ts';
import { speakChinese } from './platform-voice.ts';
import { playClips } from './play-clips.ts';

/** By which means a call was said. */
export type SaidBy = 'platform' | 'terminal' | 'nothing';

/** Says a call: by a voice of this system, else by the terminal's (espeak-ng, then recordings). The chime was before. */
export async function sayCall(
  client: Pick<StationClient, 'hallVoice'>,
  { seq, number, window }: HallCall,
): Promise<SaidBy> {
  if (await speakChinese(spokenCall(number, window.label))) return 'platform';
  const { clips } = await client.hallVoice.call({ seq });
  return (await playClips(clips)) ? 'terminal' : 'nothing';
}
