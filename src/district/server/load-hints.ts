import { PUSH_PAUSES } from '#shared/operations/operation-limits.ts';

/** Up to here a server has no reason to ask anybody for patience. */
const EASY = 0.5;
/** What a server that is full asks for before the next batch, in seconds. */
const LONGEST_WAIT = 120;
/** How much rarer heartbeats are when it is full. */
const RAREST = 6;

/** Seconds that a terminal is asked to wait before its next batch; 0 while there is room. `load`: the share of places taken. */
export function waitSecondsAt(load: number): number {
  return Math.ceil(LONGEST_WAIT * pressure(load));
}

/** Seconds until the next heartbeat. */
export function nextSecondsAt(load: number): number {
  return Math.round(PUSH_PAUSES.heartbeat * (1 + (RAREST - 1) * pressure(load)));
}

/** 0 up to the half, 1 when every place is taken. */
function pressure(load: number): number {
  return Math.min(1, Math.max(0, (load - EASY) / (1 - EASY)));
}
