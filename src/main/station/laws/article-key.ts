const POSITIONS = 2 ** 32;

/** The number under which an article lies in `law_article`; those of a law follow each other by position. */
export function articleKey(law: number, position: number): number {
  return law * POSITIONS + position;
}

/** Behind the last article of a law. */
export function keyBehind(law: number): number {
  return articleKey(law + 1, 0);
}
