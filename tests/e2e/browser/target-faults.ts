import { type Control, gapBetween, heightOf, widthOf } from './controls.ts';

const PRIMARY_MM = 20;
const SECONDARY_MM = 15;
const GAP_MM = 2;
const LEAST_PX = 44;
const LEAST_PX_LARGE = 60;
/** What rounding to whole pixels may cost. */
const ROUNDING_PX = 0.75;

/** Controls that are too small for a finger (standards A-20); `zoomed` for those who read large print. */
export function sizeFaults(
  controls: readonly Control[],
  mmPerPx: number,
  zoomed: boolean,
): string[] {
  const least = zoomed ? LEAST_PX_LARGE : LEAST_PX;
  return controls.flatMap(({ name, box, secondary }) => {
    const px = Math.min(widthOf(box), heightOf(box)) + ROUNDING_PX;
    const wantedMm = secondary ? SECONDARY_MM : PRIMARY_MM;
    if (px * mmPerPx >= wantedMm && px >= least) return [];
    return [`"${name}" is ${(px * mmPerPx).toFixed(1)} mm, ${px.toFixed(0)} px`];
  });
}

/** Controls that stand so close that a finger meets both (standards A-20). */
export function gapFaults(controls: readonly Control[], mmPerPx: number): string[] {
  const seen = controls.flatMap(({ name, seen: box }) => (box ? [{ name, box }] : []));
  return seen.flatMap((one, at) =>
    seen.slice(at + 1).flatMap((other) => {
      const gap = (gapBetween(one.box, other.box) + ROUNDING_PX) * mmPerPx;
      return gap >= GAP_MM
        ? []
        : [`"${one.name}" and "${other.name}" are ${gap.toFixed(1)} mm apart`];
    }),
  );
}
