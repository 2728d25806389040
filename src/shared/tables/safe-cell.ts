/** What a spreadsheet would take for a formula, when a cell begins with it. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

/** A text that no spreadsheet runs: an apostrophe before whatever could be a formula (standards, "Exports"). */
export function safeCell(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/** The text that `safeCell` was given. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && FORMULA_START.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** Rows as CSV for office programs: UTF-8 with a byte order mark, CRLF, quoted where needed. Numbers stay numbers. */
export function csvTable(rows: readonly (readonly (string | number | undefined)[])[]): string {
  const cell = (value: string | number | undefined) => {
    if (value === undefined) return '';
    if (typeof value === 'number') return String(value);
    const safe = safeCell(value);
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}
