import { describe, expect, test, vi } from 'vitest';
import type { HallCall } from '#shared/contract/queue.ts';
import { speakInTurn } from '../../../src/renderer/speech/speak-in-turn.ts';

const call = (seq: number, again = false): HallCall => ({
  seq,
  number: `A${String(seq).padStart(3, '0')}`,
  window: { id: 'w1', label: '1号窗口' },
  at: seq,
  again,
});

describe('calls that are spoken', () => {
  test('wait for the one that is being spoken, and come in order', async () => {
    const spoken: string[] = [];
    const gates: (() => void)[] = [];
    const speaker = speakInTurn(async ({ number }) => {
      spoken.push(number);
      await new Promise<void>((resolve) => gates.push(resolve));
    });
    for (const seq of [1, 2, 3]) speaker.add(call(seq));
    expect(spoken).toEqual(['A001']);
    for (const expected of [2, 3]) {
      gates.shift()?.();
      await vi.waitFor(() => expect(spoken).toHaveLength(expected));
    }
    expect(spoken).toEqual(['A001', 'A002', 'A003']);
  });

  test('are spoken once, and again when they are called again', async () => {
    const spoken: number[] = [];
    const speaker = speakInTurn(async ({ seq }) => void spoken.push(seq));
    for (const seq of [1, 1, 2, 1]) speaker.add(call(seq));
    speaker.add(call(3, true));
    await vi.waitFor(() => expect(spoken).toEqual([1, 2, 3]));
  });

  test('are spoken when the host was restored from a backup and counts from an earlier one', async () => {
    const spoken: string[] = [];
    const speaker = speakInTurn(async ({ number }) => void spoken.push(number));
    speaker.add(call(700));
    speaker.add({ ...call(3), at: 800 });
    await vi.waitFor(() => expect(spoken).toEqual(['A700', 'A003']));
  });

  test('go on after one that could not be spoken', async () => {
    const spoken: number[] = [];
    const speaker = speakInTurn(async ({ seq }) => {
      if (seq === 1) throw new Error('no sound');
      spoken.push(seq);
    });
    for (const seq of [1, 2]) speaker.add(call(seq));
    await vi.waitFor(() => expect(spoken).toEqual([2]));
  });

  test('of a whole day never pile up, however slow the voice is', () => {
    const speaker = speakInTurn(() => new Promise(() => {}));
    let most = 0;
    for (let seq = 1; seq <= 24 * 60; seq += 1) {
      speaker.add(call(seq));
      most = Math.max(most, speaker.waiting());
    }
    expect(most).toBe(12);
  });
});
