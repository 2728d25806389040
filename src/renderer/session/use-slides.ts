import { useEffect, useEffectEvent, useState } from 'react';
import { afterSlide, nextSlide, type ShownSeconds } from '#shared/attract/next-slide.ts';
import type { Slide } from '#shared/contract/reading.ts';

/** The slide whose turn it is by weight, each for its seconds; `turn` counts the slides that were shown. */
export function useSlides(slides: readonly Slide[]): { slide: Slide | undefined; turn: number } {
  const [shown, setShown] = useState<ShownSeconds>({});
  const [turn, setTurn] = useState(0);
  const slide = nextSlide(slides, shown);
  const advance = useEffectEvent(() => {
    if (slide !== undefined) setShown((before) => afterSlide(before, slide));
    setTurn((turns) => turns + 1);
  });
  const id = slide?.id;
  const seconds = slide?.seconds;
  useEffect(() => {
    if (id === undefined || seconds === undefined) return;
    // A new turn begins a new time even where the same slide stays.
    const timer = setTimeout(() => advance(), seconds * 1000, turn);
    return () => clearTimeout(timer);
  }, [id, seconds, turn]);
  return { slide, turn };
}
