/** A text and what is marked in it: offsets in UTF-16 units, always between two letters as people see them. */
export interface TextEdit {
  readonly text: string;
  /** Where the mark begins; the caret stands here when nothing is marked. */
  readonly start: number;
  readonly end: number;
}

// Where letters end does not depend on the language that is named here; Chromium's own tables know every script.
const LETTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A text with the caret behind its last letter. */
export function editOf(text: string): TextEdit {
  return { text, start: text.length, end: text.length };
}

/** The same marks in another text: the owner of a field may change it at any time. */
export function withText(edit: TextEdit, text: string): TextEdit {
  if (edit.text === text) return edit;
  return { text, start: snap(text, edit.start), end: snap(text, edit.end) };
}

/** Puts letters in the place of what is marked, as many as fit into `maxLength` code points (standards P-35). */
export function insertText(edit: TextEdit, inserted: string, maxLength: number): TextEdit {
  const before = edit.text.slice(0, edit.start);
  const after = edit.text.slice(edit.end);
  const room = maxLength - Array.from(before + after).length;
  const fitting = cutToFit(inserted, room);
  const at = before.length + fitting.length;
  return { text: before + fitting + after, start: at, end: at };
}

/** Takes away what is marked, or the letter before the caret. */
export function deleteBack(edit: TextEdit): TextEdit {
  const start = edit.start === edit.end ? step(edit.text, edit.start, -1) : edit.start;
  return { text: edit.text.slice(0, start) + edit.text.slice(edit.end), start, end: start };
}

/** Moves the caret by a letter; from a marked part it goes to that end of it. */
export function moveCaret(edit: TextEdit, by: -1 | 1): TextEdit {
  const at =
    edit.start === edit.end ? step(edit.text, edit.start, by) : by < 0 ? edit.start : edit.end;
  return { ...edit, start: at, end: at };
}

/** Puts the caret at a place, or at the letter boundary before it. */
export function placeCaret(edit: TextEdit, offset: number): TextEdit {
  const at = snap(edit.text, offset);
  return { ...edit, start: at, end: at };
}

/** Marks everything. */
export function selectAll(edit: TextEdit): TextEdit {
  return { ...edit, start: 0, end: edit.text.length };
}

function boundaries(text: string): number[] {
  return [...Array.from(LETTERS.segment(text), ({ index }) => index), text.length];
}

function step(text: string, from: number, by: -1 | 1): number {
  const all = boundaries(text);
  return by < 0
    ? (all.findLast((at) => at < from) ?? 0)
    : (all.find((at) => at > from) ?? text.length);
}

function snap(text: string, offset: number): number {
  return boundaries(text).findLast((at) => at <= offset) ?? 0;
}

/** As many whole letters as fit into so many code points. */
function cutToFit(text: string, room: number): string {
  let fitting = '';
  let used = 0;
  for (const { segment } of LETTERS.segment(text)) {
    used += Array.from(segment).length;
    if (used > room) break;
    fitting += segment;
  }
  return fitting;
}
