import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_VOICE_BYTES } from '#shared/contract/hall-voice.ts';

const FORMATS = ['wav', 'mp3', 'ogg'];
/** Names are made of the plan's ids; nothing else may reach a path. */
const NAME = /^[\w-]{1,90}$/;

/**
 * The station's own recordings by their names, from a folder. Undefined unless every one is there: half a call would send
 * somebody to the wrong window. Read at each call, so a folder that was filled just now speaks.
 */
export async function readRecordings(
  folder: string,
  names: readonly string[],
): Promise<Buffer[] | undefined> {
  const clips: Buffer[] = [];
  for (const name of names) {
    const clip = await readClip(folder, name);
    if (clip === undefined) return undefined;
    clips.push(clip);
  }
  return totalBytes(clips) > MOST_VOICE_BYTES ? undefined : clips;
}

async function readClip(folder: string, name: string): Promise<Buffer | undefined> {
  if (!NAME.test(name)) return undefined;
  for (const format of FORMATS) {
    const path = join(folder, `${name}.${format}`);
    try {
      if ((await stat(path)).size <= MOST_VOICE_BYTES) return await readFile(path);
    } catch {
      // Not in this format.
    }
  }
  return undefined;
}

function totalBytes(clips: readonly Buffer[]): number {
  return clips.reduce((sum, clip) => sum + clip.length, 0);
}
