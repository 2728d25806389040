import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkIdSchema } from '#shared/health/finding.ts';
import { ACT_TEXTS, CHECK_TEXTS } from '../../../src/renderer/office/office-texts.ts';

test('every act that the trail keeps has words for those who read it', () => {
  const sources = readdirSync('src/district', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('src/district', name), 'utf8'))
    .join('\n');
  const written = sources.matchAll(
    /'((?:bundle|content|draft|person|code|conflict|deletions|submission|terminal|table|folder|file|service)-[a-z]+|record-left-out|log-in-[a-z]+|logged-(?:in|out))'/g,
  );
  const acts = new Set([...written].map(([, act]) => act ?? ''));
  expect(acts.size).toBeGreaterThan(15);
  expect([...acts].filter((act) => !NO_ACTS.has(act) && ACT_TEXTS[act] === undefined)).toEqual([]);
});

/** Words of the same shape that stand for something else. */
const NO_ACTS = new Set([
  'content-edit',
  'content-withdraw',
  'content-type',
  'content-digest',
  'content-range',
  'content-security',
]);

test('every check of a terminal has a name', () => {
  expect(checkIdSchema.options.filter((check) => CHECK_TEXTS[check] === undefined)).toEqual([]);
});
