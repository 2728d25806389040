import { expect, test } from 'vitest';
import { hoursBodySchema } from '#shared/content/kinds/hours.ts';

const HOURS = { station: '530102001', title: '服务时间', followsCalendar: true };

function faultsOf(from: string, to: string): string[] {
  const seasons = [{ id: 'a', from: '01-01', to: '12-31', weekdays: [1], periods: [{ from, to }] }];
  const { error } = hoursBodySchema.safeParse({ ...HOURS, seasons });
  return error?.issues.map(({ message }) => message) ?? [];
}

test('a time that is none has one fault, and is not said to be too late', () => {
  expect(faultsOf('9:00', '17:00')).toEqual(['要写成 24 小时制的时间，例如 09:00']);
  expect(faultsOf('17:00', '09:00')).toEqual(['开门时间要早于关门时间']);
  expect(faultsOf('09:00', '17:00')).toEqual([]);
});
