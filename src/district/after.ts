/** Does something after so many milliseconds, unless the function that it gives is called before. */
export type After = (milliseconds: number, act: () => void) => () => void;

/** By the clock of the computer. */
export const afterTime: After = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};
