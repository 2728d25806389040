import { beginsSyllable, isSyllable } from './sounds.ts';
import { EDGE, type SpeechModel } from './speech-model.ts';

/** Characters that letters were read as. */
export interface Decoded {
  readonly text: string;
  /** What a character that was read from letters costs on average, in nats: some 3 for what people say, 9 for chance. */
  readonly doubt: number;
  /** What all of it costs, in nats: one that costs 1 more is not half as likely. */
  readonly cost: number;
}

/** A beginning of what was typed, as characters. */
interface State {
  readonly sign: string;
  readonly from: State | undefined;
  readonly before: number;
  readonly last: number;
  readonly cost: number;
  /** The part of the cost that is of characters read from letters, and how many these are. */
  readonly guessed: number;
  readonly guesses: number;
}

/** One character for some of the signs: which one, what it costs to read it so, and where it ends. */
interface Step {
  readonly number: number;
  readonly cost: number;
  readonly end: number;
}

/** Beginnings that are gone on with from each place, and how far behind the best of them, in nats. */
const BEAM = 24;
const MARGIN = 14;
const LONGEST_SYLLABLE = 6;
/** A character by its first letter alone, in nats: before other letters, before a vowel, as the last of them. */
const INITIAL = 1.5;
const INITIAL_BEFORE_VOWEL = 5;
const LAST_INITIAL = 0.5;
/** What was typed may go on: that phrases end so speaks for it by half. */
const ENDING = 0.5;
const LETTER = /[a-z]/;
const VOWEL = /[aeiouv]/;

/**
 * The likeliest characters for letters among characters, as people say them: 老公cg想离婚 is 老公出轨想离婚, lbbfgz 老板不发工资. The likeliest way
 * first; none when there are letters that can be no sounds.
 */
export function decodeLetters(model: SpeechModel, typed: string, most: number): Decoded[] {
  const signs = Array.from(typed);
  const places = Array.from({ length: signs.length + 1 }, () => new Map<number, State>());
  places[0]?.set(0, START);
  for (const [at, sign] of signs.entries()) {
    const steps = isLetter(sign) ? lettersFrom(model, signs, at) : undefined;
    for (const state of likeliest(places[at]))
      if (sign === ' ') places[at + 1]?.set(keyOf(state), goOverGap(signs, at, state));
      else if (steps === undefined) {
        const step = { number: model.numberOf(sign), cost: 0, end: at + 1 };
        goOn(model, places, state, step, sign);
      } else
        for (const step of [...steps, ...initialsFrom(model, signs, at, state)])
          goOn(model, places, state, step);
  }
  return [...(places.at(-1)?.values() ?? [])]
    .map((state) => ({ state, cost: state.cost + ENDING * endCost(model, state) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, most)
    .map(({ state, cost }) => ({
      text: textOf(state),
      cost,
      doubt: state.guesses === 0 ? 0 : state.guessed / state.guesses,
    }));
}

const START: State = {
  sign: '',
  from: undefined,
  before: EDGE,
  last: EDGE,
  cost: 0,
  guessed: 0,
  guesses: 0,
};

/** Characters for the next letters as a syllable, or as one that is broken off where it cannot go on. */
function lettersFrom(model: SpeechModel, signs: readonly string[], at: number): Step[] {
  const steps: Step[] = [];
  let letters = '';
  for (let end = at + 1; end <= at + LONGEST_SYLLABLE && isLetter(signs[end - 1]); end += 1) {
    letters += signs[end - 1] ?? '';
    const next = signs[end];
    const goesOn = isLetter(next) && beginsSyllable(letters + next);
    const sounding = [
      ...(isSyllable(letters) ? model.soundingLike(letters) : []),
      ...(goesOn ? [] : model.begunBy(letters)),
    ];
    for (const { number, cost } of sounding) steps.push({ number, cost, end });
  }
  return steps;
}

/** Characters that begin with the next letter, if it may stand for itself. */
function initialsFrom(
  model: SpeechModel,
  signs: readonly string[],
  at: number,
  { last }: State,
): Step[] {
  const letter = signs[at] ?? '';
  const cost = initialCost(letter, signs[at + 1]);
  return cost === undefined
    ? []
    : Array.from(model.beginningWith(letter, last), (number) => ({ number, cost, end: at + 1 }));
}

/** The next letter may go on with its syllable; then only one that is a syllable of its own leaves it for itself: ta of jtaq (交通安全). */
function initialCost(letter: string, next: string | undefined): number | undefined {
  if (!isLetter(next)) return LAST_INITIAL;
  if (!VOWEL.test(next) || !beginsSyllable(letter + next)) return INITIAL;
  return isSyllable(next) ? INITIAL_BEFORE_VOWEL : undefined;
}

/** Goes on unless another beginning that ends in the same two characters is likelier: only that one can become the best. */
function goOn(
  model: SpeechModel,
  places: readonly Map<number, State>[],
  from: State,
  { number, cost, end }: Step,
  sign?: string,
): void {
  const more = cost + model.cost(from.before, from.last, number);
  const states = places[end];
  const key = keyOf({ before: from.last, last: number });
  if ((states?.get(key)?.cost ?? Infinity) <= from.cost + more) return;
  const isGuess = sign === undefined;
  states?.set(key, {
    sign: sign ?? model.characterOf(number),
    from,
    before: from.last,
    last: number,
    cost: from.cost + more,
    guessed: from.guessed + (isGuess ? more : 0),
    guesses: from.guesses + (isGuess ? 1 : 0),
  });
}

/** Between letters a gap only parts the syllables; elsewhere it stays. */
function goOverGap(signs: readonly string[], at: number, from: State): State {
  const isBetween = isLetter(signs[at - 1]) && isLetter(signs[at + 1]);
  return isBetween ? from : { ...from, sign: ' ', from };
}

function keyOf({ before, last }: Pick<State, 'before' | 'last'>): number {
  return before * 65_536 + last;
}

function likeliest(states: ReadonlyMap<number, State> | undefined): State[] {
  const sorted = [...(states?.values() ?? [])].sort((a, b) => a.cost - b.cost).slice(0, BEAM);
  const most = (sorted[0]?.cost ?? 0) + MARGIN;
  return sorted.filter(({ cost }) => cost <= most);
}

function endCost(model: SpeechModel, { before, last }: State): number {
  return model.cost(before, last, EDGE);
}

function textOf(state: State): string {
  const signs: string[] = [];
  for (let at: State | undefined = state; at !== undefined; at = at.from) signs.push(at.sign);
  return signs.reverse().join('');
}

function isLetter(sign: string | undefined): sign is string {
  return sign !== undefined && LETTER.test(sign);
}
