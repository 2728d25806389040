import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HallCall } from '#shared/contract/queue.ts';
import { espeak, type SpeakSentence } from '#station/voice/espeak.ts';
import { openHallVoice } from '#station/voice/hall-voice.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-voice-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const CALL: HallCall = {
  seq: 7,
  number: 'A012',
  window: { id: 'w3', label: '3号窗口' },
  at: 0,
  again: false,
};
const callOf = (seq: number) => (seq === CALL.seq ? CALL : undefined);

/** A program of a few lines of shell. */
function program(body: string): string {
  const path = join(folder, 'speaker');
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

function recordings(...left: readonly string[]): string {
  const clips = join(folder, 'clips');
  mkdirSync(clips);
  for (const name of ['please', 'A', '0', '1', '2', 'go-to', 'window-w3'])
    if (!left.includes(name)) writeFileSync(join(clips, `${name}.wav`), name);
  return clips;
}

const NO_RECORDINGS = '/nowhere';
const texts = (clips: readonly string[]) =>
  clips.map((clip) => Buffer.from(clip, 'base64').toString('utf8'));

describe('espeak-ng', () => {
  test('speaks a call into a WAV whose header tells its true length', async () => {
    const voice = openHallVoice({ callOf, speak: espeak(), recordings: NO_RECORDINGS });
    const { clips } = await voice.call(7);
    expect(clips).toHaveLength(1);
    const wave = Buffer.from(clips[0] ?? '', 'base64');
    expect(wave.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wave.readUInt32LE(4)).toBe(wave.length - 8);
    expect(wave.readUInt32LE(40)).toBe(wave.length - 44);
    const seconds = (wave.length - 44) / (2 * wave.readUInt32LE(24));
    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThan(10);
    const loudest = Array.from({ length: (wave.length - 44) / 2 }, (_, at) =>
      Math.abs(wave.readInt16LE(44 + 2 * at)),
    ).reduce((most, level) => Math.max(most, level), 0);
    expect(loudest).toBeGreaterThan(2000);
  });

  test.each([
    ['is missing', () => '/nowhere/espeak-ng'],
    ['fails', () => program('cat > /dev/null; echo broken >&2; exit 1')],
    ['says something else than sound', () => program('cat > /dev/null; echo hello')],
    ['hangs', () => program('exec sleep 60')],
    ['never stops', () => program('exec cat /dev/zero')],
    ['reads nothing', () => program('exec < /dev/null; exit 0')],
  ])('that %s leaves the call to the recordings', async (_how, path) => {
    const speak = espeak(path(), 300);
    const voice = openHallVoice({ callOf, speak, recordings: recordings() });
    const { clips } = await voice.call(7);
    expect(texts(clips)).toEqual(['please', 'A', '0', '1', '2', 'go-to', 'window-w3']);
  });

  test('gets the words by its pipe and the same arguments for every call', async () => {
    const heard = join(folder, 'heard');
    const speak = espeak(program(`echo "$@" > ${heard}.args; cat > ${heard}; exit 1`));
    const label = '--help; $(id) 综合\n<voice>窗口';
    const voice = openHallVoice({
      callOf: () => ({ ...CALL, window: { id: 'w3', label } }),
      speak,
      recordings: NO_RECORDINGS,
    });
    await voice.call(7);
    expect(readFileSync(heard, 'utf8')).toMatch(/^请 A 零 一 二 号，到 [\p{Script=Han}A-Z ]+。$/u);
    expect(readFileSync(`${heard}.args`, 'utf8')).toBe(
      '-v cmn-latn-pinyin -s 150 -b 1 --stdin --stdout\n',
    );
  });
});

describe('a call', () => {
  test('that is not one of today is not spoken', async () => {
    const speak: SpeakSentence = async () => expect.unreachable();
    const voice = openHallVoice({ callOf, speak, recordings: NO_RECORDINGS });
    await expect(voice.call(8)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('is made once for several displays, and one after the other', async () => {
    let running = 0;
    const made: string[] = [];
    const speak: SpeakSentence = async (sentence) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      made.push(sentence);
      return Buffer.from(sentence);
    };
    const voice = openHallVoice({
      callOf: (seq) => ({ ...CALL, number: `A00${seq}` }),
      speak,
      recordings: NO_RECORDINGS,
    });
    const answers = await Promise.all([1, 1, 2, 1].map((seq) => voice.call(seq)));
    expect(made).toHaveLength(2);
    expect(answers[0]).toEqual(answers[3]);
  });

  test('does not wait again for a program that has just failed', async () => {
    let now = 0;
    let asked = 0;
    const speak: SpeakSentence = async () => {
      asked += 1;
      return undefined;
    };
    const voice = openHallVoice({ callOf, speak, recordings: NO_RECORDINGS, clock: () => now });
    expect(await voice.call(7)).toEqual({ clips: [] });
    await voice.call(7);
    expect(asked).toBe(1);
    now = 60_000;
    await voice.call(7);
    expect(asked).toBe(2);
  });

  test('is not half spoken when a recording is missing', async () => {
    const speak: SpeakSentence = async () => undefined;
    const voice = openHallVoice({ callOf, speak, recordings: recordings('1') });
    expect(await voice.call(7)).toEqual({ clips: [] });
  });
});
