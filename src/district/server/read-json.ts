import { DistrictFault } from '../district-fault.ts';

/** Deeper values than content ever has; beyond, checking them could exhaust the stack. */
const DEEPEST = 40;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a body. Throws `bad-input` for what is no JSON, no UTF-8, nested too deeply, or holds what a database cannot keep
 * (NUL, halves of characters) or a program must not be handed (`__proto__`).
 */
export function readJson(body: Buffer): unknown {
  try {
    const text = decoder.decode(body);
    if (isTooDeep(text)) throw new DistrictFault('bad-input');
    const value: unknown = JSON.parse(text);
    if (hasUnkeepable(JSON.stringify(value))) throw new DistrictFault('bad-input');
    return value;
  } catch {
    throw new DistrictFault('bad-input');
  }
}

/** Whether a written value holds NUL, half a character, or a key that changes what objects are. */
export function hasUnkeepable(text: string): boolean {
  return /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(text) || text.includes('"__proto__":');
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isInText) {
      if (sign === '\\') at += 1;
      else if (sign === '"') isInText = false;
    } else if (sign === '"') isInText = true;
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
