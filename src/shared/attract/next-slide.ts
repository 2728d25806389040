import type { LocalDate } from '../time/local-date.ts';

/** What the order of slides depends on. */
export interface Playable {
  readonly id: string;
  readonly seconds: number;
  readonly weight: number;
  readonly validUntil?: string | undefined;
}

/** Seconds for which each slide was shown since the loop began, by its id. */
export type ShownSeconds = Readonly<Record<string, number>>;

/** Slides that may be shown on a day: whoever leaves the screen on over midnight must not see what ended yesterday. */
export function playableOn<Slide extends Playable>(
  slides: readonly Slide[],
  today: LocalDate,
): Slide[] {
  return slides.filter(({ validUntil }) => validUntil === undefined || today <= validUntil);
}

/**
 * The slide whose turn it is: the one that, after its turn, is least ahead of its share. Over time each gets time in
 * proportion to its weight, whatever its length; slides of one weight take turns. Undefined when there is none.
 */
export function nextSlide<Slide extends Playable>(
  slides: readonly Slide[],
  shown: ShownSeconds,
): Slide | undefined {
  const turn = ({ id, seconds, weight }: Playable) => ((shown[id] ?? 0) + seconds) / weight;
  return slides.reduce<Slide | undefined>(
    (first, slide) => (first === undefined || turn(slide) < turn(first) ? slide : first),
    undefined,
  );
}

/** The account after a slide was shown once. */
export function afterSlide(shown: ShownSeconds, { id, seconds }: Playable): ShownSeconds {
  return { ...shown, [id]: (shown[id] ?? 0) + seconds };
}
