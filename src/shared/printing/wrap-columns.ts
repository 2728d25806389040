/** Columns of a printer's built-in font: one for a letter of ASCII, two for everything else (GB18030 fonts). */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2;
  return columns;
}

/** What may not begin a line (closing marks), and what may not end one (opening marks): 避头尾. */
const NOT_FIRST = '，。、；：？！）》〉」』】〕”’…—～·％,.;:?!)]}%';
const NOT_LAST = '（《〈「『【〔“‘([{';

/**
 * Breaks a text into lines of at most `columns`. Words and numbers of ASCII stay whole where they fit; marks stay with the
 * word that they belong to. What does not fit at all is broken anywhere. An empty text is one empty line.
 */
export function wrapColumns(text: string, columns: number): string[] {
  const lines = [''];
  for (const unit of units(text).flatMap((whole) => pieces(whole, columns))) {
    const line = lines.at(-1) ?? '';
    if (columnsOf(line) + columnsOf(unit) <= columns) lines[lines.length - 1] = line + unit;
    else lines.push(unit.trimStart());
  }
  return lines.map((line) => line.trimEnd());
}

/** Pieces between which a line may be broken. */
function units(text: string): string[] {
  const found: string[] = [];
  for (const [piece] of text.matchAll(/ +|[!-~]+|[^ -~]/gu)) {
    const before = found.at(-1);
    if (before !== undefined && belongTogether(before, piece)) found[found.length - 1] += piece;
    else found.push(piece);
  }
  return found;
}

function belongTogether(before: string, piece: string): boolean {
  if (before.endsWith(' ') || piece.startsWith(' ')) return false;
  return NOT_FIRST.includes(first(piece)) || NOT_LAST.includes(before.slice(-1));
}

function first(piece: string): string {
  return piece.slice(0, 1);
}

/** A unit that is wider than a line, broken anywhere; a single letter that is wider than a line is left alone. */
function pieces(unit: string, columns: number): string[] {
  if (columnsOf(unit) <= columns) return [unit];
  const lines = [''];
  for (const character of unit) {
    const line = lines.at(-1) ?? '';
    if (line === '' || columnsOf(line + character) <= columns) lines[lines.length - 1] += character;
    else lines.push(character);
  }
  return lines;
}
