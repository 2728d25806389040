import { z } from 'zod';
import { itemId } from '../content/kinds/parts.ts';
import { outletLevelSchema } from '../content/kinds/station.ts';

/** Where a matter may belong, from the nearest to the farthest. */
export const TRIAGE_LEVELS = ['grid', 'station', 'centre'] as const;
export type TriageLevel = (typeof TRIAGE_LEVELS)[number];

/**
 * One step of a place's escalation rule (requirements CZ, BZ): who takes what. A matter begins at the step of its level
 * and goes up when it is not settled.
 */
export const escalationStepSchema = z.strictObject({
  id: itemId,
  level: z.enum(TRIAGE_LEVELS),
  /** As people call it: 网格调解员, 镇（街道）公共法律服务工作站. */
  who: z.string().min(2).max(24),
  /** Which matters belong there. */
  takes: z.string().min(4).max(60),
  /** Outlets of these levels stand for it; the nearest to this terminal is named. None where it is a person. */
  outlets: z.array(outletLevelSchema).default([]),
});
export type EscalationStep = z.infer<typeof escalationStepSchema>;

/**
 * The steps that a matter of a level goes through here, in order. A place that has no step of that level (no grids)
 * begins with the next one up.
 */
export function ladderFrom<Step extends Pick<EscalationStep, 'level'>>(
  steps: readonly Step[],
  level: TriageLevel | 'elsewhere',
): Step[] {
  if (level === 'elsewhere') return [];
  const from = TRIAGE_LEVELS.indexOf(level);
  return steps.filter((step) => TRIAGE_LEVELS.indexOf(step.level) >= from);
}
