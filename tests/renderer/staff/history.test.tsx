import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import { History } from '../../../src/renderer/staff/history.tsx';
import { draw } from '../draw.tsx';

afterEach(() => {
  vi.restoreAllMocks();
});

it('whoever undoes a change beside a draft is told to publish it or to throw it away first', async () => {
  const version = {
    ...{ seq: 4, at: 0, editor: '王示例', action: 'change' as const },
    ...{ progress: 'settled' as const, changes: [] },
  };
  const record = { id: 'r1', versions: [version] } as unknown as Parameters<
    typeof History
  >[0]['record'];
  const onDone = vi.fn();
  await draw(<History record={record} onDone={onDone} />, {
    answers: { 'editing.restore': () => Promise.reject(new StationError('taken')) },
  });
  const button = { name: /撤销这次修改/ };
  await userEvent.click(screen.getByRole('button', button));
  // Longer than a trembling finger.
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
  await userEvent.click(screen.getByRole('button', button));
  await screen.findByText(/请先发布，或者不要它/);
  expect(onDone).not.toHaveBeenCalled();
});
