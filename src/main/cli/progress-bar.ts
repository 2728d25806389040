/** Where a bar is drawn: standard error, so that standard output stays for the report. */
export interface BarOutput {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
}

/** What takes longer than this shows how far it is. */
const PATIENCE_MS = 2000;
const WIDTH = 30;
/** On a terminal the bar is drawn anew this often; in a log file a line is written for each tenth. */
const REDRAW_MS = 100;

export interface ProgressBar {
  readonly update: (done: number, total: number) => void;
  /** Ends the line. */
  readonly end: () => void;
}

/** A bar that appears only when the work takes more than two seconds. `now` is in milliseconds. */
export function progressBar(label: string, output: BarOutput, now: () => number): ProgressBar {
  const start = now();
  let drawn = Number.NEGATIVE_INFINITY;
  let tenth = -1;
  let isOpen = false;
  const draw = (done: number, total: number) => {
    output.write(`\r${label} ${barOf(done, total)} ${done}/${total}`);
    isOpen = true;
  };
  return {
    update: (done, total) => {
      const at = now();
      if (at - start < PATIENCE_MS) return;
      if (output.isTTY === true) {
        if (at - drawn < REDRAW_MS && done < total) return;
        drawn = at;
        draw(done, total);
        return;
      }
      const reached = Math.floor((10 * done) / Math.max(total, 1));
      if (reached === tenth) return;
      tenth = reached;
      output.write(`${label} ${done}/${total}\n`);
    },
    end: () => {
      if (isOpen) output.write('\n');
    },
  };
}

function barOf(done: number, total: number): string {
  const full = total === 0 ? WIDTH : Math.round((WIDTH * done) / total);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
}
