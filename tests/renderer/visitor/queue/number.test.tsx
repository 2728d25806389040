import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import { type TicketView, ticketStateSchema } from '#shared/contract/queue.ts';
import type { FakeAnswers } from '../../../../src/renderer/gallery/fake-station.ts';
import { SecondsLeft } from '../../../../src/renderer/session/idle.ts';
import { NumberPage } from '../../../../src/renderer/visitor/pages/number.tsx';
import { hallTells } from '../../console/made-up-desk.ts';
import { draw } from '../../draw.tsx';
import { scanQr } from '../../scan-qr.ts';
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

const SLIP = {
  width: 384,
  height: 60,
  lines: ['B012'],
  nodes: [{ tag: 'text' as const, attributes: {}, text: 'B012', children: [] }],
};

/** What the page asks of the host about itself. */
const hello: FakeAnswers['system.hello'] = async () => ({
  programVersion: 'test',
  now: 0,
  utcOffsetMinutes: 480,
  stationName: '示例公共法律服务工作站',
  level: 'station',
  languages: ['zh-CN'],
  keyboards: [],
  display: { name: '21.5″', mmPerPx: 0.248, screenBottomMm: 880, viewingDistanceMm: 500 },
  idle: {
    browseSeconds: 120,
    formSeconds: 180,
    warningSeconds: 30,
    attractSeconds: 0,
    numberSeconds: 30,
  },
  content: { asOf: '2026-11-23', publisher: '', stale: false },
  sampleContent: false,
});

function number(ticket: Partial<TicketView> = {}, more: FakeAnswers = {}, left?: number) {
  return draw(
    <SecondsLeft value={left}>
      <NumberPage id={TICKET.id} job={TICKET.id} />
    </SecondsLeft>,
    {
      answers: {
        'queue.ticket': async () => ({ ...TICKET, ...ticket }),
        'tickets.job': async () => JOB,
        'system.hello': hello,
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

  it('keeps its number when a window hands it on to another line, and says the new line and windows at once', async () => {
    let isHandedOn = false;
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    await number(
      {},
      {
        'queue.ticket': async () =>
          isHandedOn
            ? {
                ...TICKET,
                line: { id: 'legal-aid', name: '法律援助' },
                windows: [{ id: 'w3', label: '3号窗口' }],
                before: 0,
              }
            : TICKET,
        'hall.events': hallTells(async function* () {
          await told;
          yield { type: 'changed' };
          return undefined;
        }),
      },
    );
    await screen.findByText('2号窗口');
    isHandedOn = true;
    tell();
    await screen.findByText('3号窗口');
    expect(screen.getByRole('heading', { name: /法律援助/ })).not.toBeNull();
    expect(screen.getByText('B012')).not.toBeNull();
    expect(screen.getByText('没有人')).not.toBeNull();
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

  it('the code beside it says station, day, number and line', async () => {
    await number();
    const code = await screen.findByRole('img', { name: /把号码存进手机/ });
    await waitFor(() =>
      expect(scanQr(code as unknown as SVGElement)).toBe(
        '示例公共法律服务工作站 2026-11-23 B012 法律咨询',
      ),
    );
  });

  it('a station without a printer says that the number on the screen is the number, and shows the slip', async () => {
    const slip = vi.fn(async () => SLIP);
    await draw(<NumberPage id={TICKET.id} />, {
      answers: { 'queue.ticket': async () => TICKET, 'queue.slip': slip },
    });
    await screen.findByText(/这里不打印号码单/);
    await screen.findByRole('img', { name: '号码单 B012' });
    expect(slip).toHaveBeenCalledWith({ id: TICKET.id });
    expect(screen.getByText('请拍下这张号码单带走，凭号码听叫号。')).not.toBeNull();
  });

  it.each([
    ['the printer is out of paper', { state: 'queued', reason: 'paper-out' }, true],
    ['it may not have come out', { state: 'in-doubt', reason: 'no-answer' }, true],
    ['its time was up', { state: 'expired', reason: 'late' }, true],
    ['it is being printed', { state: 'sending', reason: '' }, false],
    ['it came out', { state: 'printed', reason: '' }, false],
  ] as const)('the slip stands on the screen where no paper comes: %s', async (_, job, isShown) => {
    await number(
      {},
      { 'tickets.job': async () => ({ ...JOB, ...job }), 'queue.slip': async () => SLIP },
    );
    await screen.findByRole('img', { name: isShown ? '号码单 B012' : /把号码存进手机/ });
    expect(screen.queryAllByRole('img', { name: '号码单 B012' })).toHaveLength(isShown ? 1 : 0);
  });

  it('a slip that cannot be drawn leaves the code there', async () => {
    await draw(<NumberPage id={TICKET.id} />, {
      answers: {
        'queue.ticket': async () => TICKET,
        'queue.slip': () => Promise.reject(new StationError('not-found')),
        'system.hello': hello,
      },
    });
    await screen.findByRole('img', { name: /把号码存进手机/ });
  });

  it('a number that is called shows where to go, not the slip', async () => {
    await draw(<NumberPage id={TICKET.id} />, {
      answers: {
        'queue.ticket': async () => ({ ...TICKET, state: 'called' }),
        'queue.slip': async () => SLIP,
        'system.hello': hello,
      },
    });
    await screen.findByRole('img', { name: /把号码存进手机/ });
    expect(screen.queryByRole('img', { name: '号码单 B012' })).toBeNull();
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
