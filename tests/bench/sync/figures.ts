/** The middle one; of an even count, the upper of both. */
export function middle(numbers: readonly number[]): number {
  return numbers.toSorted((one, two) => one - two)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** To two places. */
export const rounded = (number: number): number => Math.round(100 * number) / 100;

/** Processor time of this thread since then, in milliseconds, which others on this machine hardly lengthen. */
export function spentHere(since: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(since);
  return (user + system) / 1000;
}
