/** A page says something every 10 s (`BEAT_MS` of the page's transport); one that has been silent for so long hangs. */
const SILENT_AFTER_MS = 35_000;

/** Counts the visitors' pages that are connected and alive, so that a shell can bring back a browser that died or hangs. */
export interface PageCount {
  readonly heard: (page: object) => void;
  readonly gone: (page: object) => void;
  readonly stop: () => void;
}

/** Starts counting; `report` is called whenever the number changes. `clock` is monotonic milliseconds. */
export function countPages(
  report: (count: number) => void,
  silentAfterMs = SILENT_AFTER_MS,
  clock: () => number = () => performance.now(),
): PageCount {
  const lastHeard = new Map<object, number>();
  let reported = 0;
  const recount = () => {
    const now = clock();
    const alive = [...lastHeard.values()].filter((at) => now - at < silentAfterMs).length;
    if (alive === reported) return;
    reported = alive;
    report(alive);
  };
  const check = setInterval(recount, silentAfterMs / 10);
  check.unref();
  return {
    heard: (page) => {
      lastHeard.set(page, clock());
      recount();
    },
    gone: (page) => {
      lastHeard.delete(page);
      recount();
    },
    stop: () => clearInterval(check),
  };
}
