import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type EditDecision, type EditRecord, WHOLE_RECORD } from '#shared/contract/editing.ts';
import { fakeStation, never } from '../../../src/renderer/gallery/fake-station.ts';
import { Decide } from '../../../src/renderer/staff/decide.tsx';
import { StationClientProvider } from '../../../src/renderer/station-client/use-station.ts';
import { draw } from '../draw.tsx';

/** Longer than the time in which a second touch is a trembling finger. */
const UNTREMBLING_MS = 1000;
let now = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The question as staff see it; what they choose goes to the function that comes back. */
async function asked(decision: Partial<Extract<EditDecision, { type: 'conflict' }>>) {
  const decide = vi.fn(() => never<never>());
  const whole = { type: 'conflict', seq: 3, mayOwn: true, fields: [], ...decision };
  const record = { id: 'notice.a', decision: whole } as unknown as EditRecord;
  await draw(
    <StationClientProvider value={fakeStation({ 'editing.decide': decide })}>
      <Decide record={record} onDone={() => {}} />
    </StationClientProvider>,
  );
  return decide;
}

async function press(name: RegExp): Promise<void> {
  now += UNTREMBLING_MS;
  await userEvent.click(screen.getByRole('button', { name }));
}

it('a record that the district withdrew can be left so with one touch', async () => {
  const decide = await asked({ over: 'gone' });
  await press(/听区县的/);
  expect(decide).toHaveBeenCalledWith({ id: 'notice.a', seq: 3, own: [] });
});

it('a record that the district withdrew is published anew only after a second touch', async () => {
  const decide = await asked({ over: 'gone' });
  await press(/用本站写的/);
  expect(decide).not.toHaveBeenCalled();
  await press(/再按一次/);
  expect(decide).toHaveBeenCalledWith({ id: 'notice.a', seq: 3, own: [WHOLE_RECORD] });
});

it('what only the district can bring back is not offered', async () => {
  await asked({ over: 'gone', mayOwn: false });
  expect(screen.queryByRole('button', { name: /用本站写的/ })).toBeNull();
});

it('a withdrawal that met a change of the district is asked about once more', async () => {
  const decide = await asked({ over: 'withdrawal' });
  await press(/仍然撤下/);
  await press(/再按一次/);
  expect(decide).toHaveBeenCalledWith({ id: 'notice.a', seq: 3, own: [WHOLE_RECORD] });
});
