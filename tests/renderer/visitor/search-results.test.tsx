import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { SearchAnswer } from '#shared/contract/search.ts';
import { SearchResults } from '../../../src/renderer/visitor/pages/search-results.tsx';
import { draw } from '../draw.tsx';

const HIT = {
  kind: 'faq' as const,
  id: 'faq.x',
  title: { text: '老板不给工资，怎么办？', marks: [] },
  extra: {},
};
const NOTHING: SearchAnswer = {
  groups: [],
  understood: [],
  next: [{ type: 'call', number: '12348' }, { type: 'triage' }, { type: 'staff' }],
  complete: true,
};

async function drawAnswer(answer: SearchAnswer) {
  const onOpen = vi.fn();
  const onKind = vi.fn();
  await draw(<SearchResults answer={answer} kind={undefined} onKind={onKind} onOpen={onOpen} />);
  return { onOpen, onKind };
}

describe('the way on from what was found', () => {
  it('is a call, all questions, and the staff, when nothing was found', async () => {
    const { onOpen } = await drawAnswer(NOTHING);
    expect(document.body.textContent).toContain('窗口的工作人员');
    await userEvent.click(screen.getByRole('button', { name: /12348/ }));
    expect(onOpen).toHaveBeenLastCalledWith({ page: 'hotlines' });
    await userEvent.click(screen.getByRole('button', { name: '答几个问题，看该找谁' }));
    expect(onOpen).toHaveBeenLastCalledWith({ page: 'triages' });
  });

  it('is the questions that fit, where the answer knows them', async () => {
    const triage = { id: 'triage.wages', title: '干了活拿不到钱' };
    const { onOpen } = await drawAnswer({
      ...NOTHING,
      best: HIT,
      groups: [{ kind: 'faq', hits: [HIT], more: false }],
      next: [{ type: 'triage', triage }],
    });
    await userEvent.click(screen.getByRole('button', { name: new RegExp(triage.title) }));
    expect(onOpen).toHaveBeenLastCalledWith({ page: 'triage', id: triage.id });
  });
});

describe('the best answer', () => {
  it('stands once, and opens its page', async () => {
    const { onOpen } = await drawAnswer({
      ...NOTHING,
      best: HIT,
      groups: [{ kind: 'faq', hits: [HIT], more: false }],
    });
    const [best, ...again] = screen.getAllByText(HIT.title.text);
    expect(again).toEqual([]);
    await userEvent.click(best ?? expect.unreachable());
    expect(onOpen).toHaveBeenLastCalledWith({ page: 'faq', id: HIT.id });
  });

  it('leaves the others in their group, from which more can be asked for', async () => {
    const other = { ...HIT, id: 'faq.y', title: { text: '欠薪找谁？', marks: [] } };
    const { onKind } = await drawAnswer({
      ...NOTHING,
      best: HIT,
      groups: [{ kind: 'faq', hits: [HIT, other], more: true }],
    });
    expect(screen.getByText(other.title.text)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '更多常见问题' }));
    expect(onKind).toHaveBeenCalledWith('faq');
  });
});
