import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerMedia } from '#station/media/media-answer.ts';
import { mediaFolders, openMediaFiles } from '#station/media/media-files.ts';

const WORDS = '一部很短的片子';
const SHA = createHash('sha256').update(WORDS).digest('hex');
const NAME = `${SHA}.webm`;
const BYTES = Buffer.byteLength(WORDS);
const RECORD = { sha256: SHA, bytes: BYTES };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'media-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, words: string, below = folder): void {
  mkdirSync(below, { recursive: true });
  writeFileSync(join(below, name), words);
}

describe('a media file', () => {
  test('is sound when it is, byte for byte, what its record says', async () => {
    put(NAME, WORDS);
    const files = openMediaFiles([join(folder, 'no-such-folder'), folder]);
    expect(await files.isSound(NAME, RECORD)).toBe(true);
    expect(files.find(NAME)?.size).toBe(BYTES);
  });

  test('is not sound when it is missing, cut off, or another of the same length', async () => {
    const files = openMediaFiles([folder]);
    expect(await files.isSound(NAME, RECORD)).toBe(false);
    put(NAME, WORDS.slice(1));
    expect(await files.isSound(NAME, RECORD)).toBe(false);
    put(NAME, WORDS.replace('很', '不'));
    expect(await files.isSound(NAME, RECORD)).toBe(false);
  });

  test('that was mended, or spoilt later, is looked at anew', async () => {
    const files = openMediaFiles([folder]);
    put(NAME, WORDS.replace('很', '不'));
    expect(await files.isSound(NAME, RECORD)).toBe(false);
    put(NAME, WORDS);
    utimesSync(join(folder, NAME), 1, 1);
    expect(await files.isSound(NAME, RECORD)).toBe(true);
    put(NAME, WORDS.replace('很', '不'));
    utimesSync(join(folder, NAME), 2, 2);
    expect(await files.isSound(NAME, RECORD)).toBe(false);
  });

  test('is looked for in the data, in the deployment and in the starter pack', () => {
    const profile = join(folder, 'profiles', 'one');
    const data = join(folder, 'data');
    for (const place of mediaFolders(data, profile)) {
      rmSync(join(folder, 'data'), { recursive: true, force: true });
      rmSync(profile, { recursive: true, force: true });
      rmSync(join(folder, 'starter'), { recursive: true, force: true });
      const files = openMediaFiles(mediaFolders(data, profile));
      expect(files.find(NAME)).toBeUndefined();
      put(NAME, WORDS, place);
      expect(files.find(NAME)).toBeDefined();
    }
  });
});

describe('the answer to a request', () => {
  const ask = (range?: string, path = `/media/${NAME}`, method = 'GET') =>
    answerMedia(openMediaFiles([folder]), path, { method, range });

  test('is the whole file, a part of it, or that there is no such part', async () => {
    put(NAME, 'abcdefghij');
    const whole = ask();
    expect(whole).toMatchObject({ status: 200, headers: { 'content-length': '10' } });
    expect(whole?.body && (await text(whole.body))).toBe('abcdefghij');
    const part = ask('bytes=2-4');
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 2-4/10' } });
    expect(part?.body && (await text(part.body))).toBe('cde');
    expect(ask('bytes=10-')).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */10' },
    });
  });

  test('has no bytes where only its head was asked for', () => {
    put(NAME, 'abcdefghij');
    expect(ask(undefined, `/media/${NAME}`, 'HEAD')).toMatchObject({ status: 200 });
    expect(ask(undefined, `/media/${NAME}`, 'HEAD')?.body).toBeUndefined();
  });

  test('is nothing for what is no media file, and no answer at all for other paths', () => {
    put('secret.txt', 'secret');
    expect(ask(undefined, '/media/secret.txt')?.status).toBe(404);
    expect(ask()?.status).toBe(404);
    expect(ask(undefined, '/visitor/')).toBeUndefined();
  });
});
