/** How much grows with each step, and how far that figure can be trusted. */
export interface Growth {
  readonly perStep: number;
  /** Standard error of `perStep`. */
  readonly error: number;
}

/** The straight line through values at steps 0, 1, 2, …, by least squares; at least three values. */
export function growthOf(values: readonly number[]): Growth {
  const count = values.length;
  const middle = (count - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const spread = (count * (count * count - 1)) / 12;
  const perStep =
    values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0) / spread;
  const left = values.reduce(
    (sum, value, at) => sum + (value - mean - perStep * (at - middle)) ** 2,
    0,
  );
  return { perStep, error: Math.sqrt(left / (count - 2) / spread) };
}
