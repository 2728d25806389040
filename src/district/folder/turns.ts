import { DistrictFault } from '../district-fault.ts';

/** Lets people at what costs the server much: one thing at a time each, and no more than a few of them at once. */
export interface Turns {
  /** Does it, or throws `later`. */
  readonly inTurn: <Result>(person: string, work: () => Promise<Result>) => Promise<Result>;
}

const RETRY_SECONDS = 30;

/** Opens the turns of a server, at which `most` people may be at once. */
export function openTurns(most: number): Turns {
  const busy = new Set<string>();
  return {
    inTurn: async (person, work) => {
      if (busy.has(person))
        throw new DistrictFault(
          'later',
          '您的上一个压缩包还没有处理完，请稍后再试。',
          RETRY_SECONDS,
        );
      if (busy.size >= most)
        throw new DistrictFault('later', '别人的压缩包正在处理，请稍后再试。', RETRY_SECONDS);
      busy.add(person);
      try {
        return await work();
      } finally {
        busy.delete(person);
      }
    },
  };
}
