/** What a terminal uses at a moment; memory in megabytes. */
export interface Sample {
  readonly minute: number;
  readonly hostMb: number;
  readonly shellMb: number;
  readonly browserMb: number;
  readonly pageHeapMb: number;
  readonly nodes: number;
  readonly listeners: number;
  /** Open files and sockets of host and shell. */
  readonly handles: number;
  readonly databaseMb: number;
}
export type Measured = Exclude<keyof Sample, 'minute'>;

/**
 * How much each may grow by in an hour, beside a tenth of its size: an hour of this is a day of visitors, and each night
 * page and host start anew.
 */
const ALLOWED_AN_HOUR: Readonly<Record<Measured, number>> = {
  hostMb: 60,
  shellMb: 20,
  browserMb: 150,
  pageHeapMb: 30,
  nodes: 20_000,
  listeners: 5_000,
  handles: 20,
  databaseMb: 40,
};
/** Caches fill at first. */
const WARM_UP = 1 / 3;

export interface Growth {
  readonly what: Measured;
  readonly first: number;
  readonly last: number;
  readonly anHour: number;
  readonly isLeak: boolean;
}

/** The slope of each measure after the warm-up (least squares), and whether that is more than may be. */
export function judgeGrowth(samples: readonly Sample[]): Growth[] {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  return (Object.keys(ALLOWED_AN_HOUR) as Measured[]).map((what) => {
    const values = warm.map((sample) => sample[what]);
    const anHour = slope(
      warm.map(({ minute }) => minute / 60),
      values,
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
    const hours = ((warm.at(-1)?.minute ?? 0) - (warm[0]?.minute ?? 0)) / 60;
    // Over a short run noise has a steep slope: what counts as growth must also be seen.
    const isLeak = anHour > ALLOWED_AN_HOUR[what] && anHour * hours > mean / 10;
    return {
      ...{ what, isLeak, anHour: round(anHour) },
      first: round(values[0] ?? 0),
      last: round(values.at(-1) ?? 0),
    };
  });
}

function slope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const [middleX, middleY] = [mean(xs), mean(ys)];
  const across = xs.reduce((sum, x, i) => sum + (x - middleX) * ((ys[i] ?? 0) - middleY), 0);
  const along = xs.reduce((sum, x) => sum + (x - middleX) ** 2, 0);
  return along === 0 ? 0 : across / along;
}

const round = (value: number) => Math.round(value * 10) / 10;
