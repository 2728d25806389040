/** Numbers of a line's day, both ends included. */
export interface NumberBlock {
  readonly from: number;
  readonly to: number;
}

/** The host gives numbers in order up to here, then goes on after the reserves. */
export const LAST_BEFORE_RESERVES = 599;
/** Each further terminal owns so many numbers of every line and day, for when it cannot reach the host at all. */
const RESERVE_SIZE = 100;
/** The host is terminal 0 and needs no reserve. */
export const MOST_TERMINALS = 4;
/** A queue that gives more goes on here. */
export const FIRST_AFTER_RESERVES = LAST_BEFORE_RESERVES + 1 + RESERVE_SIZE * MOST_TERMINALS;

/** A012: the line's letter and at least three digits. */
export function formatNumber(prefix: string, n: number): string {
  return `${prefix}${String(n).padStart(3, '0')}`;
}

/** A number as somebody types it (a12, Ａ０１２), as it is written; undefined for what is no number. */
export function typedNumber(text: string): string | undefined {
  const typed = text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase();
  const [, prefix, digits] = /^([A-Z])0*(\d{1,6})$/.exec(typed) ?? [];
  return prefix === undefined ? undefined : formatNumber(prefix, Number(digits));
}

/** The numbers that belong to one terminal by rule, every day anew: 600-699 for the first, up to 900-999 for the fourth. */
export function reserveOf(terminal: number): NumberBlock {
  if (!Number.isInteger(terminal) || terminal < 1 || terminal > MOST_TERMINALS)
    throw new RangeError(`no terminal ${terminal}`);
  const from = LAST_BEFORE_RESERVES + 1 + RESERVE_SIZE * (terminal - 1);
  return { from, to: from + RESERVE_SIZE - 1 };
}

/** The next block of at most `size` numbers after `last`; it never touches a reserve. */
export function blockAfter(last: number, size: number): NumberBlock {
  const from =
    last + 1 > LAST_BEFORE_RESERVES && last + 1 < FIRST_AFTER_RESERVES
      ? FIRST_AFTER_RESERVES
      : last + 1;
  const end = from + size - 1;
  const to = from <= LAST_BEFORE_RESERVES ? Math.min(end, LAST_BEFORE_RESERVES) : end;
  return { from, to };
}
