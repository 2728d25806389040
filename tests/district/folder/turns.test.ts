import { expect, test } from 'vitest';
import { openTurns } from '#district/folder/turns.ts';

const waiting = () => Promise.withResolvers<string>();

test('one thing at a time a person, a few at once; whoever failed may come again', async () => {
  const turns = openTurns(2);
  const [one, two] = [waiting(), waiting()];
  const first = turns.inTurn('ann', () => one.promise);
  await expect(turns.inTurn('ann', async () => 'again')).rejects.toThrow('您的上一个压缩包');
  const second = turns.inTurn('bob', () => two.promise);
  await expect(turns.inTurn('cat', async () => 'third')).rejects.toMatchObject({ code: 'later' });
  one.reject(new Error('planted'));
  await expect(first).rejects.toThrow('planted');
  expect(await turns.inTurn('ann', async () => 'again')).toBe('again');
  expect(await turns.inTurn('cat', async () => 'third')).toBe('third');
  two.resolve('done');
  expect(await second).toBe('done');
});
