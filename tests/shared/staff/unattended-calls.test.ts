import { describe, expect, test } from 'vitest';
import { accessOf } from '#shared/contract/access.ts';
import { stationContract } from '#shared/contract/station.ts';
import { isUnattended } from '#shared/staff/unattended-calls.ts';

const paths = Object.entries(stationContract).flatMap(([group, methods]) =>
  Object.keys(methods).map((method) => [group, method] as const),
);
const unattended = paths.filter(isUnattended).map((path) => path.join('.'));

describe('what keeps a log-in alive', () => {
  test('is not what pages read by themselves', () => {
    for (const name of [
      'desk.view',
      'tickets.printers',
      'tickets.open',
      'hall.view',
      'lan.devices',
    ])
      expect(unattended).toContain(name);
    expect(unattended).toContain('staff.resume');
    expect(unattended).toContain('enrolment.view');
  });

  test.each(['callNext', 'finish', 'openWindow', 'closeEarly'])('is an order: %s', (method) => {
    expect(accessOf(['desk', method])).toBeDefined();
    expect(isUnattended(['desk', method])).toBe(false);
  });

  test('is a touch, and whatever changes something', () => {
    expect(isUnattended(['staff', 'present'])).toBe(false);
    expect(unattended.filter((name) => /save|publish|decide|serve|open[A-Z]/.test(name))).toEqual(
      [],
    );
  });
});
