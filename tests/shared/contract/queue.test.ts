import { describe, expect, test } from 'vitest';
import {
  deskContract,
  hallCallSchema,
  hallContract,
  hallViewSchema,
  queueContract,
} from '#shared/contract/queue.ts';

const WITHOUT_OPERATION = { window: 'w1', ticket: 't', line: 'l', number: 'A1', text: 'x' };

describe('the queue contract', () => {
  test('every order of a window names its operation', () => {
    // An alarm is answered once, whoever says so again.
    const READINGS = ['view', 'alarms', 'answerAlarm', 'statistics', 'exportStatistics'];
    for (const [name, method] of Object.entries(deskContract)) {
      if (READINGS.includes(name)) continue;
      const { inputSchema } = method['~orpc'];
      expect(
        inputSchema !== undefined && 'safeParse' in inputSchema
          ? inputSchema.safeParse(WITHOUT_OPERATION).error?.issues
          : undefined,
      ).toMatchObject([{ path: ['operation'] }]);
    }
  });

  test('the hall is told a number and a window, and nothing else passes', () => {
    const call = {
      seq: 1,
      number: 'A012',
      window: { id: 'w1', label: '1号窗口' },
      at: 1,
      again: false,
    };
    expect(hallCallSchema.safeParse(call).success).toBe(true);
    for (const more of [{ name: '示例' }, { guide: 'g' }, { line: 'advice' }])
      expect(hallCallSchema.safeParse({ ...call, ...more }).success).toBe(false);
    expect(hallViewSchema.safeParse({ visitor: 'x' }).success).toBe(false);
    expect(Object.keys(hallContract)).toEqual(['view', 'events', 'publicity']);
  });

  test('a number is taken under an operation id made by the page', () => {
    const input = queueContract.take['~orpc'].inputSchema;
    const take = { line: 'advice', language: 'zh-CN' };
    expect(input?.safeParse(take).success).toBe(false);
    expect(
      input?.safeParse({ ...take, operation: '01890a5d-ac96-774b-bcce-b302099a8057' }).success,
    ).toBe(true);
  });
});
