/** Work that was begun by a timer, and that nobody waits for until the server ends. */
export interface WorkBegun {
  /** `work` tells of its own faults; it never rejects. */
  readonly add: (work: Promise<void>) => void;
  /** Resolves when all is done, also what was added meanwhile. */
  readonly done: () => Promise<void>;
}

/** Nothing is begun yet. */
export function openWorkBegun(): WorkBegun {
  const running = new Set<Promise<void>>();
  return {
    add: (work) => {
      const one = work.finally(() => running.delete(one));
      running.add(one);
    },
    done: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
