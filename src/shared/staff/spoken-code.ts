/** Letters and digits that cannot be taken for one another when they are read out or written down (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;

/** Bytes as a code in groups of four, `7K3M-0QWD`; five bits a character, what is left of a byte is dropped. */
export function spokenCode(bytes: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let code = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      code += ALPHABET[(held >> bits) & 31];
      held &= (1 << bits) - 1;
    }
  }
  return inGroups(code);
}

/** A code as somebody typed it, in the one way that it is written; undefined when it cannot be one of `length` characters. */
export function readSpokenCode(typed: string, length: number): string | undefined {
  const plain = typed
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const known = plain.length === length && Array.from(plain).every((one) => ALPHABET.includes(one));
  return known ? inGroups(plain) : undefined;
}

function inGroups(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? '';
}
