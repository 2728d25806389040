import { randomInt } from 'node:crypto';

/** How long a proof of chance is, and by which chance. */
export interface ProofOrder {
  readonly runs: number;
  readonly seed: number;
}

const LARGEST_SEED = 2 ** 31 - 1;

/**
 * The order for one proof: `PROVE_RUNS` in place of its usual number of runs, and `PROVE_SEED`, by which a run is repeated. Without a seed
 * chance gives one, so that each night tries something else. Throws for what is no whole number above 0.
 */
export function proofOrder(usual: number, env: NodeJS.ProcessEnv = process.env): ProofOrder {
  return {
    runs: given(env, 'PROVE_RUNS') ?? usual,
    seed: given(env, 'PROVE_SEED') ?? randomInt(1, LARGEST_SEED + 1),
  };
}

function given(env: NodeJS.ProcessEnv, name: 'PROVE_RUNS' | 'PROVE_SEED'): number | undefined {
  const text = env[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number <= LARGEST_SEED) return number;
  throw new Error(`${name} is a whole number from 1 to ${LARGEST_SEED}, not ${text}`);
}
