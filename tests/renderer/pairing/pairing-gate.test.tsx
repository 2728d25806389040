import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PairAnswer } from '#shared/contract/lan.ts';
import { PairingGate } from '../../../src/renderer/pairing/pairing-gate.tsx';
import { draw } from '../draw.tsx';

let answer: PairAnswer | 'unreachable';
const onUnpaired = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  onUnpaired.mockClear();
  vi.stubGlobal('fetch', async () => {
    if (answer === 'unreachable') throw new TypeError('Failed to fetch');
    return Response.json(answer);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const seconds = (count: number) => act(() => vi.advanceTimersByTimeAsync(count * 1000));
const gate = () =>
  draw(
    <PairingGate isTerminal={false} onUnpaired={onUnpaired}>
      <p>大屏</p>
    </PairingGate>,
  );

it('a device that is not paired is asked for a code', async () => {
  answer = { state: 'not-paired' };
  await gate();
  await seconds(1);
  expect(screen.getByLabelText('配对码')).not.toBeNull();
  expect(screen.queryByText('大屏')).toBeNull();
});

it('a paired one shows its surface, through a cut, until its pairing is ended', async () => {
  answer = { state: 'paired', kind: 'display', name: '大厅电视' };
  await gate();
  await seconds(1);
  expect(screen.getByText('大屏')).not.toBeNull();
  answer = 'unreachable';
  await seconds(120);
  expect(screen.getByText('大屏')).not.toBeNull();
  expect(onUnpaired).not.toHaveBeenCalled();
  answer = { state: 'not-paired' };
  await seconds(16);
  expect(onUnpaired).toHaveBeenCalledOnce();
});
