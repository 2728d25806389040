/** How often whole numbers came, from 1 to 65,535 times. */
export interface Counts {
  /** Counts a number once more; gives its place, which stays and tells it from all others. */
  readonly add: (key: number) => number;
  /** The place of a number; undefined for one that never came. */
  readonly placeOf: (key: number) => number | undefined;
  readonly timesAt: (place: number) => number;
  /** All numbers that came, ascending. */
  readonly keys: () => Int32Array;
}

const MOST_TIMES = 0xffff;
const GOLDEN = 0x9e_37_79_b1;

/**
 * Counts numbers from 1 to 2^31 - 1, at most `most` different ones. Two plain arrays with open addressing: a Map of as many would
 * take five times the room.
 */
export function openCounts(most: number): Counts {
  const bits = Math.ceil(Math.log2(2 * most + 2));
  const size = 2 ** bits;
  const keys = new Int32Array(size);
  const times = new Uint16Array(size);
  const find = (key: number) => {
    let place = Math.imul(key, GOLDEN) >>> (32 - bits);
    while (keys[place] !== 0 && keys[place] !== key) place = (place + 1) % size;
    return place;
  };
  return {
    add: (key) => {
      const place = find(key);
      keys[place] = key;
      times[place] = Math.min(MOST_TIMES, (times[place] ?? 0) + 1);
      return place;
    },
    placeOf: (key) => {
      const place = find(key);
      return keys[place] === key ? place : undefined;
    },
    timesAt: (place) => times[place] ?? 0,
    keys: () => keys.filter((key) => key !== 0).sort(),
  };
}
