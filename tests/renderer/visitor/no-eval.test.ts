import '../../../src/renderer/visitor/no-eval.ts';
import { expect, it } from 'vitest';
import { config } from 'zod';

it('keeps zod from compiling checks, whenever it is loaded', () => {
  expect(config().jitless).toBe(true);
});
