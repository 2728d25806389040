import { hasEnded } from '../time/has-ended.ts';
import type { LocalDate, LocalMoment, LocalTime } from '../time/local-date.ts';

/** What the order of slides depends on. */
export interface Playable {
  readonly id: string;
  readonly seconds: number;
  readonly weight: number;
  readonly validUntil?: LocalDate | undefined;
  /** When the lecture that it announces takes place. */
  readonly when?: { readonly date: LocalDate; readonly to: LocalTime } | undefined;
}

/** Seconds for which each slide was shown since the loop began, by its id. */
export type ShownSeconds = Readonly<Record<string, number>>;

/**
 * Slides that may be shown now, of those that were read a while ago: a screen that is left on over midnight must not show what
 * ended yesterday, and a lecture is announced until it is over.
 */
export function playableAt<Slide extends Playable>(
  slides: readonly Slide[],
  now: LocalMoment,
): Slide[] {
  return slides.filter(
    ({ validUntil, when }) =>
      (validUntil === undefined || now.date <= validUntil) &&
      (when === undefined || !hasEnded(when, now)),
  );
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
