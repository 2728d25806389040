import { describe, expect, test } from 'vitest';
import { proofOrder } from '../prove/proof-order.ts';

describe('a long proof', () => {
  test('is as long as usual, and by another chance each time', () => {
    const orders = [proofOrder(20_000, {}), proofOrder(20_000, {})];
    expect(orders.map(({ runs }) => runs)).toEqual([20_000, 20_000]);
    expect(orders[0]?.seed).not.toBe(orders[1]?.seed);
  });

  test('is repeated by the seed that was printed, as long as one wants', () => {
    const env = { PROVE_RUNS: '300', PROVE_SEED: '20261123' };
    expect(proofOrder(20_000, env)).toEqual({ runs: 300, seed: 20_261_123 });
  });

  test.each(['0', '-1', '1.5', 'many', '', '2147483648'])('takes no "%s"', (text) => {
    expect(() => proofOrder(1, { PROVE_RUNS: text })).toThrow(/PROVE_RUNS/);
    expect(() => proofOrder(1, { PROVE_SEED: text })).toThrow(/PROVE_SEED/);
  });
});
