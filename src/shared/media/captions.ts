/** One caption: from inclusive, to exclusive, in seconds of the film. */
export interface Caption {
  readonly from: number;
  readonly to: number;
  /** Lines as they are shown. */
  readonly text: string;
}

const TIMING =
  /^((?:\d{1,3}:)?[0-5]\d:[0-5]\d\.\d{3})\s+-->\s+((?:\d{1,3}:)?[0-5]\d:[0-5]\d\.\d{3})/;

/**
 * Reads WebVTT captions (W3C WebVTT, section 4) as far as a kiosk needs them: times and words. Positions, styles and notes
 * are left out, because the page itself says where captions stand and how large they are. Undefined when it is not WebVTT,
 * when a time cannot be read, or when a caption ends before it begins.
 */
export function parseCaptions(vtt: string): readonly Caption[] | undefined {
  const blocks = vtt
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(blocks[0] ?? '')) return undefined;
  const captions: Caption[] = [];
  for (const block of blocks.slice(1)) {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0 || /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(lines[0] ?? '')) continue;
    const caption = captionOf(lines);
    if (caption === undefined) return undefined;
    captions.push(caption);
  }
  return captions.sort((a, b) => a.from - b.from);
}

/** A block may begin with a name of its own before its times. */
function captionOf(lines: readonly string[]): Caption | undefined {
  const at = lines.findIndex((line) => line.includes('-->'));
  const times = TIMING.exec(lines[at] ?? '');
  if (times === null || at > 1) return undefined;
  const [from, to] = [secondsOf(times[1] ?? ''), secondsOf(times[2] ?? '')];
  const text = plainWords(lines.slice(at + 1).join('\n'));
  return from < to && text !== '' ? { from, to, text } : undefined;
}

function secondsOf(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&nbsp;': '\u00a0',
};

/** Without tags of voices, classes and times. */
function plainWords(text: string): string {
  return text
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(?:lt|gt|amp|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();
}

/** What is said at a moment; empty where nothing is. Of captions that overlap, all, in their order. */
export function captionAt(captions: readonly Caption[], seconds: number): string {
  return captions
    .filter(({ from, to }) => from <= seconds && seconds < to)
    .map(({ text }) => text)
    .join('\n');
}
