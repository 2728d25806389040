import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UsageError } from '../../src/main/shell/shell-options.ts';
import { startFault } from '../../src/main/shell/start-fault.ts';
import { HostStartError } from '../../src/main/shell/supervised-host.ts';
import { StartError } from '../../src/main/station/start-error.ts';

let said: unknown[];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'error').mockImplementation((words) => said.push(words));
});
afterEach(() => vi.restoreAllMocks());

test.each([
  new UsageError('端口写错了。'),
  new HostStartError('disk-full', '磁盘满了。'),
  new StartError('no-page', '没有页面。'),
])('a fault from outside is told as it is: %s', (error) => {
  expect(startFault(error)).toEqual({ sentence: error.message, status: 3 });
  expect(said).toEqual([error.message]);
});

test.each([new Error('EACCES: permission denied'), 'thrown', undefined])(
  'what nobody foresaw is printed whole, and the screen tells none of it: %s',
  (error) => {
    expect(startFault(error)).toEqual({
      sentence: '程序内部出错，请打电话告诉维护人员。',
      status: 1,
    });
    expect(said[0]).toBe(error);
  },
);

test('a program that is told to stop while it starts has no fault', () => {
  expect(startFault(new HostStartError('stopped', '被关闭。'))).toBeUndefined();
  expect(said).toEqual([]);
});
