import { expect, test } from 'vitest';
import { openWorkBegun } from '#district/work-begun.ts';

test('all work is waited for, in whatever order it ends, and what is begun meanwhile too', async () => {
  const begun = openWorkBegun();
  const told: string[] = [];
  const write = Promise.withResolvers<void>();
  const tick = Promise.withResolvers<void>();
  const late = Promise.withResolvers<void>();
  begun.add(write.promise.then(() => void told.push('write')));
  begun.add(tick.promise.then(() => void told.push('tick')));
  const done = begun.done().then(() => told.push('done'));
  tick.resolve();
  await tick.promise;
  begun.add(late.promise.then(() => void told.push('late')));
  write.resolve();
  await write.promise;
  late.resolve();
  await done;
  expect(told).toEqual(['tick', 'write', 'late', 'done']);
});

test('nothing is waited for when nothing was begun', async () => {
  await expect(openWorkBegun().done()).resolves.toBeUndefined();
});
