import { expect, it } from 'vitest';
import { mediaPath, readMediaPath } from '#shared/media/media-path.ts';
import { mediaTakeaway } from '#shared/media/media-takeaway.ts';
import { utf8Length } from '#shared/papers/takeaway-text.ts';

const SHA = 'ab'.repeat(32);

it.each(['image/png', 'image/jpeg', 'application/pdf', 'video/mp4', 'video/webm', 'audio/ogg'])(
  'a file of %s is found under the path that pages are given',
  (mime) => {
    expect(readMediaPath(mediaPath({ sha256: SHA, mime }))?.mime).toBe(mime);
  },
);

it.each([
  '/media/',
  `/media/${SHA}`,
  `/media/${SHA}.html`,
  `/media/${SHA}.webm/`,
  `/media/../media/${SHA}.webm`,
  `/media/%2e%2e/${SHA}.webm`,
  `/media/${SHA.toUpperCase()}.webm`,
  `/media/${SHA.slice(1)}.webm`,
  `/media/..\\${SHA}.webm`,
  `/assets/${SHA}.webm`,
])('%s is no file of media', (path) => {
  expect(readMediaPath(path)).toBeUndefined();
});

it('what is taken along has whole sentences and fits its code, however much is said', () => {
  const captions = Array.from(
    { length: 60 },
    (_, at) =>
      `00:${String(at).padStart(2, '0')}.000 --> 00:${String(at).padStart(2, '0')}.900\n第${at}句话说完了。`,
  );
  const text = mediaTakeaway(
    { title: '片名', description: '说什么。', captions: ['WEBVTT', ...captions].join('\n\n') },
    { station: '某站', date: '2026-11-23' },
  );
  expect(utf8Length(text)).toBeLessThanOrEqual(900);
  expect(text).toMatch(
    /^片名\n说什么。\n第0句话说完了。.*第\d+句话说完了。\n某站 2026-11-23\n咨询电话 12348$/,
  );
});
