/**
 * ESC/POS as a printer reads it, written from the command reference and sharing nothing with the encoder: splits a stream
 * of bytes, in whatever pieces it comes, into commands and letters.
 */
export interface EscposCommand {
  /** `text`, `LF`, or the command as the reference writes it: `ESC @`, `GS v 0`, `DLE EOT`. */
  readonly name: string;
  /** Parameters after the name; for `text` the letters' bytes. */
  readonly bytes: Buffer;
}

const NAMES: Readonly<Record<number, string>> = { 16: 'DLE', 27: 'ESC', 28: 'FS', 29: 'GS' };

/** Commands with parameters of a fixed length. */
const FIXED: Readonly<Record<string, number>> = {
  'ESC @': 0,
  'ESC 2': 0,
  'FS &': 0,
  'FS .': 0,
  ...Object.fromEntries(
    ['ESC a', 'ESC M', 'ESC  ', 'ESC 3', 'ESC {', 'ESC -', 'ESC E', 'ESC G', 'ESC t', 'ESC R']
      .concat(['ESC d', 'ESC J', 'FS C', 'FS -', 'FS !', 'FS W'])
      .concat(['GS a', 'GS B', 'GS !', 'GS r', 'GS h', 'GS w', 'GS H', 'DLE ENQ'])
      .map((name) => [name, 1]),
  ),
  'ESC $': 2,
  'ESC \\': 2,
  'FS S': 2,
  'GS L': 2,
  'GS W': 2,
  'ESC p': 3,
};

/** How many bytes follow the name of a command; `undefined` while that cannot be said yet, -1 for an unknown one. */
function parameters(name: string, rest: Buffer): number | undefined {
  const fixed = FIXED[name];
  if (fixed !== undefined) return fixed;
  const [first, second, third, fourth] = rest;
  switch (name) {
    case 'DLE EOT':
      return first === 7 || first === 8 ? 2 : 1;
    case 'DLE DC4':
      return first === undefined ? undefined : first === 8 ? 8 : first === 2 ? 3 : 3;
    case 'GS V':
      return first === undefined ? undefined : first >= 65 ? 2 : 1;
    case 'GS (':
      return second === undefined || third === undefined ? undefined : 3 + second + third * 256;
    case 'GS 8':
      if (rest.length < 5) return undefined;
      return 5 + rest.readUInt32LE(1);
    case 'GS v':
      if (rest.length < 6 || third === undefined || fourth === undefined) return undefined;
      return 6 + (third + fourth * 256) * rest.readUInt16LE(4);
    default:
      return -1;
  }
}

/** Reads a stream of commands; what is not whole yet waits for the next piece. */
export function commandReader(): (piece: Buffer) => EscposCommand[] {
  let waiting = Buffer.alloc(0);
  return (piece) => {
    waiting = Buffer.concat([waiting, piece]);
    const commands: EscposCommand[] = [];
    for (;;) {
      const next = nextCommand(waiting);
      if (next === undefined) return commands;
      commands.push(next.command);
      waiting = waiting.subarray(next.length);
    }
  };
}

function nextCommand(bytes: Buffer): { command: EscposCommand; length: number } | undefined {
  const [first] = bytes;
  if (first === undefined) return undefined;
  if (first === 10) return { command: { name: 'LF', bytes: Buffer.alloc(0) }, length: 1 };
  const prefix = NAMES[first];
  if (prefix !== undefined) return prefixed(prefix, bytes);
  if (first < 32)
    return { command: { name: `control ${first}`, bytes: Buffer.alloc(0) }, length: 1 };
  const end = bytes.findIndex((byte) => byte < 32);
  const length = end < 0 ? bytes.length : end;
  return { command: { name: 'text', bytes: bytes.subarray(0, length) }, length };
}

function prefixed(prefix: string, bytes: Buffer) {
  const second = bytes[1];
  if (second === undefined) return undefined;
  const letter = { 4: 'EOT', 5: 'ENQ', 20: 'DC4' }[second];
  const name = `${prefix} ${prefix === 'DLE' ? (letter ?? second) : String.fromCharCode(second)}`;
  const count = parameters(name, bytes.subarray(2));
  if (count === undefined) return undefined;
  if (count < 0) return { command: { name: `unknown ${name}`, bytes: Buffer.alloc(0) }, length: 2 };
  if (bytes.length < 2 + count) return undefined;
  return { command: { name, bytes: bytes.subarray(2, 2 + count) }, length: 2 + count };
}
