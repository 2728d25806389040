const COLUMNS = 10;
const ROWS = 10;

/** Fields of the touch test, line by line: on the smallest panel about as large as a button. */
export const TOUCH_CELLS: readonly number[] = Array.from(
  { length: COLUMNS * ROWS },
  (_, cell) => cell,
);

/** The field under a place of the screen, both from 0 to 1; what lies outside counts for the field at the edge. */
export function touchCellAt(x: number, y: number): number {
  const within = (part: number, of: number) => Math.min(of - 1, Math.max(0, Math.floor(part * of)));
  return within(y, ROWS) * COLUMNS + within(x, COLUMNS);
}
