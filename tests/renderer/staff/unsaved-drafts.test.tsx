import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { fakeStation } from '../../../src/renderer/gallery/fake-station.ts';
import { AtDesk } from '../../../src/renderer/staff/at-desk.ts';
import { StaffRoom } from '../../../src/renderer/staff/room.tsx';
import {
  UnsavedDrafts,
  UnsavedDraftsProvider,
  unsavedDraftsOf,
} from '../../../src/renderer/staff/unsaved-drafts.ts';
import { useDraft } from '../../../src/renderer/staff/use-draft.ts';
import { StationClientProvider } from '../../../src/renderer/station-client/use-station.ts';
import { logInOver } from '../console/made-up-desk.ts';
import { draw } from '../draw.tsx';

const SHOWN = { effectiveFrom: '2026-11-23', body: { title: '原来的' } };
const RECORD = { id: 'r1', shown: SHOWN } as unknown as Parameters<typeof useDraft>[0];
const TYPED = { effectiveFrom: '2026-11-23', body: { title: '我写的' } };

function Page() {
  const { content, state, newer, change } = useDraft(RECORD);
  return (
    <>
      <output>{JSON.stringify(content.body)}</output>
      <button type="button" onClick={() => change(TYPED)}>
        {newer === undefined ? state : 'newer'}
      </button>
    </>
  );
}

const onPage = (drafts: UnsavedDrafts) => (
  <UnsavedDraftsProvider value={drafts}>
    <Page />
  </UnsavedDraftsProvider>
);

it('what could not be saved before the page was left is there again, and is saved', async () => {
  let isOver = true;
  const save = vi.fn(async () =>
    isOver ? logInOver() : { state: 'saved' as const, stamp: 7, faults: [] },
  );
  const answers = { 'editing.save': save };
  const drafts = new UnsavedDrafts();
  const first = await draw(onPage(drafts), { answers });
  await userEvent.click(screen.getByRole('button'));
  first.unmount();
  await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
  isOver = false;
  await draw(onPage(drafts), { answers });
  expect(screen.getByText('{"title":"我写的"}')).toBeDefined();
  await screen.findByText('saved', {}, { timeout: 10_000 });
  expect(save).toHaveBeenLastCalledWith({ id: 'r1', content: TYPED, stamp: 0, from: SHOWN });
  expect(drafts.size).toBe(0);
});

it('who left before choosing between the own text and that of another is asked again', async () => {
  const theirs = { content: SHOWN, stamp: 9, editor: '李示例', changedAt: 0 };
  const answers = { 'editing.save': async () => ({ state: 'newer' as const, draft: theirs }) };
  const drafts = new UnsavedDrafts();
  const first = await draw(onPage(drafts), { answers });
  await userEvent.click(screen.getByRole('button'));
  await screen.findByText('newer', {}, { timeout: 10_000 });
  first.unmount();
  await draw(onPage(drafts), { answers });
  expect(screen.getByText('{"title":"我写的"}')).toBeDefined();
  await screen.findByText('newer', {}, { timeout: 10_000 });
});

it('what is saved when the page is left is not kept beside it', async () => {
  const save = vi.fn(async () => ({ state: 'saved' as const, stamp: 7, faults: [] }));
  const drafts = new UnsavedDrafts();
  const first = await draw(onPage(drafts), { answers: { 'editing.save': save } });
  await userEvent.click(screen.getByRole('button'));
  first.unmount();
  await waitFor(() => expect(drafts.size).toBe(0));
  expect(save).toHaveBeenCalledTimes(1);
});

const EDITOR = { person: 'p1', name: '示例李', roles: ['editor' as const], mustChange: false };

async function room(isTyped: boolean) {
  const overview = { station: '示例站', waiting: 0, refused: [], kinds: [] };
  const station = fakeStation({ 'editing.overview': async () => overview });
  if (isTyped)
    unsavedDraftsOf(station, EDITOR.person).keep('r1', { content: TYPED, stamp: 0, from: SHOWN });
  const onLeave = vi.fn();
  await draw(
    <StationClientProvider value={station}>
      <AtDesk value={true}>
        <StaffRoom session={EDITOR} now={0} onLeave={onLeave} />
      </AtDesk>
    </StationClientProvider>,
  );
  return onLeave;
}

it('who leaves over what could not be saved is asked once, and may leave all the same', async () => {
  const onLeave = await room(true);
  await userEvent.click(screen.getByRole('button', { name: '退出' }));
  await screen.findByText('您写的还有没存上的');
  expect(onLeave).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: '仍要退出' }));
  expect(onLeave).toHaveBeenCalledTimes(1);
});

it('who leaves with everything saved is not asked', async () => {
  const onLeave = await room(false);
  await userEvent.click(screen.getByRole('button', { name: '退出' }));
  await waitFor(() => expect(onLeave).toHaveBeenCalledTimes(1));
});

it.each([
  [true, 'asks'],
  [false, 'does not ask'],
])('a browser closed over unsaved text (%s) %s', async (isTyped) => {
  await room(isTyped);
  const closing = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(closing);
  expect(closing.defaultPrevented).toBe(isTyped);
});
