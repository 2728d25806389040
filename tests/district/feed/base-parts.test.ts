import { expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { FEED_LIMITS } from '#shared/feed/feed-limits.ts';
import { notice } from './sample-feed.ts';

test('a base is cut into as few parts as keep all limits, and none loses a row', () => {
  const text = '很长的示例通知。'.repeat(99);
  const records = Array.from({ length: 6_000 }, (_, at) => {
    const record = notice(`n${at}`);
    return { ...record, body: { ...record.body, text } };
  });
  const { index } = openDivisionLog('530102', 'epochone', records).feed();
  const { segments } = index.base;
  const bytes = segments.map((segment) => segment.bytes);
  expect(segments.reduce((sum, { rows }) => sum + rows, 0)).toBe(records.length);
  expect(Math.max(...bytes)).toBeLessThanOrEqual(FEED_LIMITS.baseBytes);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  expect(segments).toHaveLength(Math.ceil(total / FEED_LIMITS.baseBytes));
});
