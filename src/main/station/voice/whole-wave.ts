const HEADER_BYTES = 44;

/**
 * A WAV that was written to a pipe, with its true sizes: whoever writes to a pipe cannot go back and claims two gigabytes,
 * which players refuse. Undefined for what is no plain PCM WAV with any sound in it.
 */
export function wholeWave(bytes: Buffer): Buffer | undefined {
  const isPlain =
    bytes.length > HEADER_BYTES &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.toString('latin1', 8, 16) === 'WAVEfmt ' &&
    bytes.toString('latin1', 36, 40) === 'data';
  if (!isPlain) return undefined;
  const whole = Buffer.from(bytes);
  whole.writeUInt32LE(bytes.length - 8, 4);
  whole.writeUInt32LE(bytes.length - HEADER_BYTES, 40);
  return whole;
}
