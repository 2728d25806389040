import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HEAD_BYTES, mediaTypeOf } from '#shared/media/media-type.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n....'],
  ['image/jpeg', '\xff\xd8\xff\xe0..JFIF'],
  ['image/webp', 'RIFF\x10\x00\x00\x00WEBPVP8 '],
  ['application/pdf', '%PDF-1.7\n'],
  ['video/mp4', '\x00\x00\x00\x20ftypisom....'],
  ['video/mp4', '\x00\x00\x00\x20ftypmp42....'],
  [
    'video/webm',
    '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm',
  ],
  ['audio/mpeg', 'ID3\x04....'],
  ['audio/mpeg', '\xff\xfb\x90\x00'],
  ['audio/ogg', 'OggS\x00'],
  ['audio/wav', 'RIFF\x10\x00\x00\x00WAVEfmt '],
])('%s is known by its first bytes', (mime, head) => {
  expect(mediaTypeOf(latin(head))?.mime).toBe(mime);
});

test.each([
  ['nothing', ''],
  ['a picture of the newest telephones', '\x00\x00\x00\x20ftypheic....'],
  ['QuickTime', '\x00\x00\x00\x20ftypqt  ....'],
  ['Matroska', '\x1aE\xdf\xa3\x9fB\x82\x88matroska'],
  ['AAC without a wrapping', '\xff\xf1\x50\x80'],
  ['a pamphlet after something else', ' %PDF-1.7'],
  ['a page', '<html>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg">'],
  ['a table', 'PK\x03\x04'],
])('%s is not shown by terminals, and not taken', (_, head) => {
  expect(mediaTypeOf(latin(head))).toBeUndefined();
});

test('the starter pack’s own files are what their endings say', () => {
  const folder = 'assets/starter/media';
  const told = readdirSync(folder).map((name) => [
    name.split('.').at(-1),
    mediaTypeOf(readFileSync(join(folder, name)).subarray(0, HEAD_BYTES))
      ?.mime.split('/')
      .at(-1),
  ]);
  for (const [ending, mime] of told) expect(mime).toBe(ending);
  expect(told.length).toBeGreaterThan(2);
});

test('any bytes are answered, the answer needs the first bytes only, and type and format always fit', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc
          .tuple(
            fc.constantFrom(
              '\x89PNG',
              '\xff\xd8\xff',
              'RIFF',
              '%PDF-',
              '\x1aE\xdf\xa3',
              '....ftyp',
              '\xff',
            ),
            fc.uint8Array({ maxLength: 100 }),
          )
          .map(([start, rest]) => Buffer.concat([latin(start), rest])),
      ),
      (bytes) => {
        const told = mediaTypeOf(bytes);
        expect(mediaTypeOf(bytes.subarray(0, HEAD_BYTES))).toEqual(told);
        if (told !== undefined)
          expect(told.type === 'pdf' ? 'application' : told.type).toBe(told.mime.split('/')[0]);
      },
    ),
    { numRuns: 5_000, seed: 20261123 },
  );
});
