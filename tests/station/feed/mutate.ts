/** Draws: 0 up to 1, another at each call. */
export type Chance = () => number;

export const below = (chance: Chance, most: number) => Math.floor(chance() * most);
export const oneOf = <Item>(chance: Chance, items: readonly Item[]): Item =>
  items[below(chance, items.length)] as Item;

/** What somebody on the way may do to the bytes of a file, by name. `others`: further files that they have in hand. */
const BY_BYTES: Readonly<
  Record<string, (file: Buffer, chance: Chance, others: readonly Buffer[]) => Buffer>
> = {
  'a bit turned': (file, chance) => {
    const copy = Buffer.from(file);
    const at = below(chance, copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << below(chance, 8));
    return copy;
  },
  'cut off': (file, chance) => file.subarray(0, below(chance, file.length)),
  'something behind': (file, chance) =>
    Buffer.concat([file, Buffer.alloc(1 + below(chance, 2_000), oneOf(chance, [' ', '\0', '}']))]),
  'something between': (file, chance) => {
    const at = below(chance, file.length);
    const alien = Buffer.from(oneOf(chance, ['\0', '{', '"', ',"x":1', '\n', '\u202e']));
    return Buffer.concat([file.subarray(0, at), alien, file.subarray(at)]);
  },
  'a piece taken out': (file, chance) => {
    const at = below(chance, file.length);
    return Buffer.concat([
      file.subarray(0, at),
      file.subarray(at + 1 + below(chance, file.length - at)),
    ]);
  },
  'a piece twice': (file, chance) => {
    const at = below(chance, file.length);
    return Buffer.concat([file.subarray(0, at), file.subarray(at >> 1)]);
  },
  'another file': (_file, chance, others) => oneOf(chance, others),
};

/** A file changed at random, and in what way. */
export function mutated(
  file: Buffer,
  chance: Chance,
  others: readonly Buffer[],
): { readonly way: string; readonly file: Buffer } {
  if (chance() < 0.4) {
    const json = mutatedJson(file, chance);
    if (json !== undefined) return { way: 'a value changed', file: json };
  }
  const way = oneOf(chance, Object.keys(BY_BYTES));
  const change = BY_BYTES[way] ?? (() => file);
  return { way, file: change(file, chance, others) };
}

type Holder = Record<string, unknown>;

/** The JSON of a file with one value or member that is another, or gone; undefined where it is no JSON. */
function mutatedJson(file: Buffer, chance: Chance): Buffer | undefined {
  let whole: unknown;
  try {
    whole = JSON.parse(file.toString('utf8'));
  } catch {
    return undefined;
  }
  const places = placesIn(whole);
  if (places.length === 0) return undefined;
  const [holder, name] = oneOf(chance, places);
  const value = holder[name];
  const act = below(chance, 8);
  if (act === 0) delete holder[name];
  else if (act === 1) holder[`${name}${below(chance, 9)}`] = value;
  else holder[name] = otherThan(value, chance);
  return Buffer.from(JSON.stringify(whole));
}

function otherThan(value: unknown, chance: Chance): unknown {
  const alien = [null, '', [], {}, -1, 0, 2 ** 53, 1e308, '../../../etc/passwd', '0'.repeat(64)];
  if (typeof value === 'number' && chance() < 0.7) return value + oneOf(chance, [1, -1, 0.5, 1e9]);
  if (typeof value === 'string' && chance() < 0.5) return value.slice(1) + value.slice(0, 1);
  return oneOf(chance, alien);
}

function placesIn(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((name) => [
    [holder, name] as [Holder, string],
    ...placesIn(holder[name]),
  ]);
}
