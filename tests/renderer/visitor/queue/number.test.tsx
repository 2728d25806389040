import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { type TicketView, ticketStateSchema } from '#shared/contract/queue.ts';
import type { FakeAnswers } from '../../../../src/renderer/gallery/fake-station.ts';
import { SecondsLeft } from '../../../../src/renderer/session/idle.ts';
import { NumberPage } from '../../../../src/renderer/visitor/pages/number.tsx';
import { draw } from '../../draw.tsx';
import { TICKET } from './made-up-queue.ts';

const JOB = {
  jobId: TICKET.id,
  state: 'printed',
  reason: '',
  copy: false,
  label: 'B012',
  createdAt: 0,
  changedAt: 0,
  mayReprint: false,
} as const;

function number(ticket: Partial<TicketView> = {}, more: FakeAnswers = {}, left?: number) {
  return draw(
    <SecondsLeft value={left}>
      <NumberPage id={TICKET.id} job={TICKET.id} />
    </SecondsLeft>,
    {
      answers: {
        'queue.ticket': async () => ({ ...TICKET, ...ticket }),
        'tickets.job': async () => JOB,
        ...more,
      },
    },
  );
}

describe('a number on the screen', () => {
  it('says how many are before, about how long, and where', async () => {
    await number();
    await screen.findByText('B012');
    for (const words of ['3 人', '25 分钟', '2号窗口'])
      expect(screen.getByText(words)).not.toBeNull();
  });

  it('cut off from the queue host it names no count that nobody knows', async () => {
    await number({ before: undefined, estimateMinutes: undefined });
    expect(await screen.findAllByText('说不准，请留意叫号')).toHaveLength(2);
    expect(document.body.textContent).not.toContain('undefined');
  });

  it('says that nobody is before, and that nobody knows how long', async () => {
    await number({ before: 0, estimateMinutes: undefined });
    await screen.findByText('没有人');
    expect(screen.getByText('说不准，请留意叫号')).not.toBeNull();
  });

  it('says where to go once it is called', async () => {
    await number({ state: 'called', window: { id: 'w2', label: '2号窗口' } });
    expect((await screen.findByRole('alert')).textContent).toBe('轮到您了，请到2号窗口');
  });

  it.each(ticketStateSchema.exclude(['waiting', 'called']).options)(
    'says in one sentence that it is %s',
    async (state) => {
      await number({ state });
      const notes = await screen.findAllByRole('note');
      expect(notes[0]?.textContent).toMatch(/。$/);
    },
  );

  it('says what became of the paper', async () => {
    await number();
    await screen.findByText('请在出纸口取号码单。');
    expect(screen.queryByRole('button', { name: '补打一张' })).toBeNull();
  });

  it('a station without a printer says that the number on the screen is the number', async () => {
    await draw(<NumberPage id={TICKET.id} />, { answers: { 'queue.ticket': async () => TICKET } });
    await screen.findByText(/这里不打印号码单/);
  });

  it('a copy is offered where paper may be missing, and is followed in its place', async () => {
    const reprint = vi.fn(async () => ({
      ...JOB,
      jobId: 'copy',
      copy: true,
      state: 'queued' as const,
    }));
    await number(
      {},
      {
        'tickets.job': async ({ jobId }) =>
          jobId === 'copy'
            ? { ...JOB, jobId, copy: true }
            : { ...JOB, state: 'in-doubt', reason: 'no-answer', mayReprint: true },
        'tickets.reprint': reprint,
      },
    );
    await userEvent.click(await screen.findByRole('button', { name: '补打一张' }));
    await screen.findByText('请在出纸口取号码单。');
    expect(reprint).toHaveBeenCalledOnce();
    expect(screen.queryByRole('button', { name: '补打一张' })).toBeNull();
  });

  it('shows when it will be cleared, and is cleared at once by a touch', async () => {
    const { acts } = await number({}, {}, 24);
    expect((await screen.findByRole('timer')).textContent).toBe('24 秒后清屏');
    await userEvent.click(screen.getByRole('button', { name: '离开并清屏' }));
    await waitFor(() => expect(acts).toEqual([{ type: 'leave' }]));
  });
});
