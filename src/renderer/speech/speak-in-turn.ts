import type { HallCall } from '#shared/contract/queue.ts';

/** After a long silence nobody wants to hear the calls of an hour: only the newest are spoken. */
const MOST_WAITING = 12;

/** Speaks calls one after the other: a new one never cuts off the one that is being spoken. */
export interface Speaker {
  readonly add: (call: HallCall) => void;
  readonly waiting: () => number;
}

/** `say` resolves when the call has been spoken; one that fails must not keep the next ones silent. */
export function speakInTurn(say: (call: HallCall) => Promise<void>): Speaker {
  const waiting: HallCall[] = [];
  let lastHeard = 0;
  let speaking = false;
  const speak = async () => {
    speaking = true;
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift())
      await say(call).catch(() => {});
    speaking = false;
  };
  return {
    add: (call) => {
      if (call.seq <= lastHeard) return;
      lastHeard = call.seq;
      waiting.push(call);
      if (waiting.length > MOST_WAITING) waiting.shift();
      if (!speaking) void speak();
    },
    waiting: () => waiting.length,
  };
}
