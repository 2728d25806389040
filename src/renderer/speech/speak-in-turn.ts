import type { HallCall } from '#shared/contract/queue.ts';

/** After a long silence nobody wants to hear the calls of an hour: only the newest are spoken. */
const MOST_WAITING = 12;
/** So many calls back one that is told twice is known. */
const REMEMBERED = 100;

/** Speaks calls one after the other: a new one never cuts off the one that is being spoken. */
export interface Speaker {
  readonly add: (call: HallCall) => void;
  readonly waiting: () => number;
}

/** `say` resolves when the call has been spoken; one that fails must not keep the next ones silent. */
export function speakInTurn(say: (call: HallCall) => Promise<void>): Speaker {
  const waiting: HallCall[] = [];
  const heard: string[] = [];
  let speaking = false;
  const speak = async () => {
    speaking = true;
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift())
      await say(call).catch(() => {});
    speaking = false;
  };
  return {
    add: (call) => {
      // Not by the place among the events alone: a host that was restored from a backup counts from an earlier one.
      const told = `${call.seq} ${call.at}`;
      if (heard.includes(told)) return;
      heard.push(told);
      if (heard.length > REMEMBERED) heard.shift();
      waiting.push(call);
      if (waiting.length > MOST_WAITING) waiting.shift();
      if (!speaking) void speak();
    },
    waiting: () => waiting.length,
  };
}
