import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { fakeStation, never } from '../../../src/renderer/gallery/fake-station.ts';
import { StaffPage } from '../../../src/renderer/staff/staff-page.tsx';
import { useDraft } from '../../../src/renderer/staff/use-draft.ts';
import { StationClientProvider } from '../../../src/renderer/station-client/use-station.ts';
import { fakeConnection, logInOver } from '../console/made-up-desk.ts';
import { draw } from '../draw.tsx';

async function logIn(): Promise<void> {
  await userEvent.type(screen.getByLabelText('账号'), 'li01');
  await userEvent.type(screen.getByLabelText('密码'), '773920');
  await userEvent.click(screen.getByRole('button', { name: '确定' }));
}

it('a log-in that ran out is asked for again, whatever was asked of the host', async () => {
  let isOver = true;
  const hello = vi.fn(() => (isOver ? logInOver() : never<never>()));
  const connection = fakeConnection({ 'system.hello': hello });
  await draw(<StaffPage connect={connection.connect} />);
  await logIn();
  await screen.findByText(/登录已经过期/);
  isOver = false;
  await logIn();
  await waitFor(() => expect(hello).toHaveBeenCalledTimes(2));
  expect(screen.queryByText(/登录已经过期/)).toBeNull();
});

const RECORD = { id: 'r1' } as Parameters<typeof useDraft>[0];

function Page() {
  const draft = useDraft(RECORD);
  return (
    <button
      type="button"
      onClick={() => draft.change({ effectiveFrom: '2026-11-23', body: { title: '新的' } })}
    >
      {draft.state}
    </button>
  );
}

it('what could not be saved is saved by itself when the host takes it again', async () => {
  let isOver = true;
  const save = vi.fn(async () =>
    isOver ? logInOver() : { state: 'saved' as const, stamp: 2, faults: [] },
  );
  const station = fakeStation({ 'editing.save': save });
  await draw(
    <StationClientProvider value={station}>
      <Page />
    </StationClientProvider>,
  );
  await userEvent.click(screen.getByRole('button'));
  await screen.findByText('failed', {}, { timeout: 10_000 });
  isOver = false;
  await screen.findByText('saved', {}, { timeout: 15_000 });
  await waitFor(() =>
    expect(save).toHaveBeenLastCalledWith({
      id: 'r1',
      content: { effectiveFrom: '2026-11-23', body: { title: '新的' } },
      stamp: 0,
    }),
  );
});

const SHOWN = { effectiveFrom: '2026-11-23', body: { title: '现在的' } };
const OPENED = {
  ...{ id: 'r1', shown: { effectiveFrom: '2026-11-23', body: { title: '原来的' } } },
  draft: { content: SHOWN, stamp: 3, editor: '李示例', changedAt: 0 },
} as unknown as Parameters<typeof useDraft>[0];

function Beside() {
  const { content, newer, change, takeMine, takeTheirs } = useDraft(OPENED);
  return (
    <>
      <output>{JSON.stringify(content.body)}</output>
      <button type="button" onClick={() => change({ ...content, body: { title: '我写的' } })}>
        写
      </button>
      {newer !== undefined && newer.draft === undefined && (
        <>
          <button type="button" onClick={takeMine}>
            用我的
          </button>
          <button type="button" onClick={takeTheirs}>
            用现在的
          </button>
        </>
      )}
    </>
  );
}

/** A host at which somebody has published the draft meanwhile. */
function besidePublished() {
  return vi.fn(async ({ stamp }: { readonly stamp: number }) =>
    stamp > 0
      ? { state: 'newer' as const, shown: SHOWN }
      : { state: 'saved' as const, stamp: 1, faults: [] },
  );
}

it('what is typed stays on the page when somebody published the draft, and goes on from what is shown', async () => {
  const save = besidePublished();
  await draw(<Beside />, { answers: { 'editing.save': save } });
  await userEvent.click(screen.getByRole('button', { name: '写' }));
  const mine = await screen.findByRole('button', { name: '用我的' }, { timeout: 10_000 });
  expect(screen.getByText('{"title":"我写的"}')).toBeDefined();
  expect(save).toHaveBeenCalledTimes(1);
  await userEvent.click(mine);
  await waitFor(() => expect(save).toHaveBeenCalledTimes(2), { timeout: 10_000 });
  expect(save).toHaveBeenLastCalledWith({
    ...{ id: 'r1', stamp: 0, from: SHOWN },
    content: { effectiveFrom: '2026-11-23', body: { title: '我写的' } },
  });
});

it('what is typed gives way to what is shown when its writer says so', async () => {
  const save = besidePublished();
  const drawn = await draw(<Beside />, { answers: { 'editing.save': save } });
  await userEvent.click(screen.getByRole('button', { name: '写' }));
  await userEvent.click(
    await screen.findByRole('button', { name: '用现在的' }, { timeout: 10_000 }),
  );
  expect(screen.getByText('{"title":"现在的"}')).toBeDefined();
  drawn.unmount();
  expect(save).toHaveBeenCalledTimes(1);
});
