/** Marks that turn the direction of writing: in a name they make another text of it (standards, section S). */
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Control characters; the line break is one as well. */
const CONTROLS = /\p{Cc}/gu;

/** What staff typed, without marks that nobody sees and without blanks at its ends; empty fields that may be left out are. */
export function cleanBody(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .replace(DIRECTION_MARKS, '')
      .replace(CONTROLS, (mark) => (mark === '\n' ? mark : ''))
      .trim();
  if (Array.isArray(value)) return value.map(cleanBody);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, cleanBody(inner)]),
  );
}
