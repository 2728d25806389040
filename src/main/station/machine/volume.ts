import type { Computer } from '../doctor/computer.ts';

/** Loudness as ears hear it (-M), of the control that ALSA calls Master; there is none without a sound card. */
export async function readVolume({ run }: Pick<Computer, 'run'>): Promise<{ volume?: number }> {
  return volumeIn(await run('amixer', '-M', 'sget', 'Master'));
}

/** Sets it, and lets it sound where it was muted. */
export async function setVolume(
  { run }: Pick<Computer, 'run'>,
  percent: number,
): Promise<{ volume?: number }> {
  return volumeIn(await run('amixer', '-M', 'sset', 'Master', `${percent}%`, 'unmute'));
}

function volumeIn({ output }: { readonly output: string }): { volume?: number } {
  const [, percent] = /\[(\d{1,3})%\]/.exec(output) ?? [];
  return percent === undefined ? {} : { volume: Math.min(100, Number(percent)) };
}
