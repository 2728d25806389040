import { expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { readyFile } from '#district/feed/ready-file.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { notice } from './sample-feed.ts';

const baseOf = (records: readonly ContentRecord[]) => {
  const [segment] = openDivisionLog('530102', 'epochone', records).feed().segments;
  if (segment === undefined) throw new Error('no base');
  return segment;
};

test('the same base gives the same file, in whatever order its records came', () => {
  const one = baseOf([notice('a'), notice('b')]);
  const two = baseOf([notice('b'), notice('a')]);
  expect(readyFile(one, '530102')).toEqual(readyFile(two, '530102'));
});

test('a part that would be larger than terminals unpack has no file', () => {
  const { text } = baseOf([notice('a')]);
  const long = text.replace('"source":"测试"', `"source":"${'很长'.repeat(150_000)}"`);
  expect(readyFile({ path: '', text: long.repeat(50) }, '530102')).toBeDefined();
  expect(readyFile({ path: '', text: long.repeat(80) }, '530102')).toBeUndefined();
});
