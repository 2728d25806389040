import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captionAt, parseCaptions } from '#shared/media/captions.ts';

const VTT = `WEBVTT 讲法律援助

NOTE 这一段给写字幕的人看

1
00:00.000 --> 00:02.500
<v 律师>第一句，
还有一行。

STYLE
::cue { color: red }

00:02.500 --> 01:00:03.000 align:start
A &amp; B &lt;c&gt;
`;

describe('captions', () => {
  it('are read with their times and words, and nothing else', () => {
    expect(parseCaptions(VTT)).toEqual([
      { from: 0, to: 2.5, text: '第一句，\n还有一行。' },
      { from: 2.5, to: 3603, text: 'A & B <c>' },
    ]);
  });

  it('are read whatever ends the lines', () => {
    expect(parseCaptions(`\uFEFF${VTT.replaceAll('\n', '\r\n')}`)).toEqual(parseCaptions(VTT));
  });

  it.each([
    ['', 'nothing'],
    ['00:00.000 --> 00:01.000\n字', 'no heading'],
    ['WEBVTTX\n\n00:00.000 --> 00:01.000\n字', 'another heading'],
    ['WEBVTT\n\n00:02.000 --> 00:01.000\n字', 'an end before the beginning'],
    ['WEBVTT\n\n00:00.0 --> 00:01.000\n字', 'a time of another form'],
    ['WEBVTT\n\n00:00.000 --> 00:01.000\n', 'no words'],
    ['WEBVTT\n\n字', 'no times'],
  ])('%j are none: %s', (vtt) => {
    expect(parseCaptions(vtt)).toBeUndefined();
  });

  it('are shown from their beginning to before their end; those that overlap together', () => {
    const captions = [
      { from: 0, to: 2, text: '一' },
      { from: 1, to: 3, text: '二' },
    ];
    expect([0, 1, 2, 3].map((at) => captionAt(captions, at))).toEqual(['一', '一\n二', '二', '']);
  });

  it('never fail, whatever a file holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isHeaded) => {
        const captions = parseCaptions(isHeaded ? `WEBVTT\n\n${text}` : text);
        for (const { from, to } of captions ?? []) expect(from).toBeLessThan(to);
      }),
    );
  });

  it('come out as they were written', () => {
    const line = fc.stringMatching(/^[一-龥A-Za-z0-9，。]{1,20}$/);
    const cue = fc.tuple(fc.nat(5_000_000), fc.integer({ min: 1, max: 60_000 }), line);
    fc.assert(
      fc.property(fc.array(cue), (cues) => {
        const blocks = cues.map(
          ([from, length, text]) => `${timeOf(from)} --> ${timeOf(from + length)}\n${text}`,
        );
        const expected = cues
          .map(([from, length, text]) => ({ from: from / 1000, to: (from + length) / 1000, text }))
          .sort((a, b) => a.from - b.from);
        const read = parseCaptions(['WEBVTT', ...blocks].join('\n\n')) ?? [];
        expect(read.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
        for (const [at, { from, to }] of read.entries()) {
          expect(from).toBeCloseTo(expected[at]?.from ?? -1, 6);
          expect(to).toBeCloseTo(expected[at]?.to ?? -1, 6);
        }
      }),
    );
  });
});

function timeOf(milliseconds: number): string {
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${pad(hours)}:${pad(minutes)}:${pad(seconds % 60)}.${pad(milliseconds % 1000, 3)}`;
}
