import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import { type QueueState, takeRefusalSchema } from '#shared/contract/queue.ts';
import { ticketPrinterStateSchema } from '#shared/printing/printer-state.ts';
import { never } from '../../../../src/renderer/gallery/fake-station.ts';
import { TakePage } from '../../../../src/renderer/visitor/pages/take.tsx';
import { draw } from '../../draw.tsx';
import { CUT_OFF_STATE, ISSUED, QUEUE_STATE, queueHost, TICKET } from './made-up-queue.ts';

const advice = () => screen.findByRole<HTMLButtonElement>('button', { name: /法律咨询/ });
const again = () => screen.findByRole('button', { name: '再试一次' });

describe('before a number is taken', () => {
  it('each line says who waits, about how long, and at which window', async () => {
    await draw(<TakePage />, { answers: queueHost() });
    expect((await advice()).textContent).toContain('3 人在等，约等 25 分钟');
    expect((await advice()).textContent).toContain('2号窗口');
  });

  it('a line whose numbers are used up says so and cannot be touched', async () => {
    await draw(<TakePage />, { answers: queueHost() });
    const full = await screen.findByRole<HTMLButtonElement>('button', { name: /法律援助/ });
    expect(full.textContent).toContain('今日号已满');
    expect(full.disabled).toBe(true);
  });

  const modes: readonly [string, QueueState['mode'], string][] = [
    [
      'before opening',
      { state: 'closed', next: { date: '2026-11-23', from: '09:00' } },
      '今天 09:00 开门',
    ],
    [
      'with how early they begin',
      { state: 'closed', next: { date: '2026-11-23', from: '09:00' }, minutesBefore: 40 },
      '开门前 40 分钟就可以取号',
    ],
    [
      'where they begin with the opening',
      { state: 'closed', next: { date: '2026-11-23', from: '09:00' }, minutesBefore: 0 },
      '开门就可以取号',
    ],
    ['on a holiday', { state: 'closed', reason: '国庆节' }, '国庆节'],
    ['when no next opening is known', { state: 'closed', minutesBefore: 15 }, '现在没有开门'],
    ['shortly before closing', { state: 'closed', isClosing: true }, '快下班了'],
    ['when all are given', { state: 'quota-reached' }, '今日号已满'],
    ['when the staff ended them', { state: 'early-close', farewell: '今天停电。' }, '今天停电。'],
    ['where there is no queue', { state: 'none' }, '本站不用取号'],
  ];
  it.each(modes)('%s it says why there are no numbers, and offers none', async (_, mode, words) => {
    await draw(<TakePage />, { answers: queueHost({ mode }) });
    expect((await screen.findByRole('note')).textContent).toContain(words);
    expect(screen.queryByRole('button', { name: /法律咨询/ })).toBeNull();
    expect(screen.getByRole('button', { name: '拨打 12348' })).not.toBeNull();
  });

  it.each([
    ['all are given', { state: 'quota-reached' }],
    ['it is about to close', { state: 'closed', isClosing: true }],
    ['the staff ended them', { state: 'early-close', farewell: '今天停电。' }],
  ] as const)('when %s it names the next day by date and weekday', async (_, mode) => {
    const nextDay = { date: '2026-11-30', from: '09:00' };
    await draw(<TakePage />, { answers: queueHost({ mode, nextDay }) });
    await screen.findByText(/下次开门：11月30日 星期一 09:00。/);
  });

  it.each(ticketPrinterStateSchema.options.filter((state) => state !== 'ready'))(
    'a printer that is %s is said, and numbers are still given',
    async (state) => {
      const printers = async () => ({ state, printers: [] });
      await draw(<TakePage />, { answers: queueHost({}, { 'tickets.printers': printers }) });
      expect((await screen.findByRole('note')).textContent).not.toBe('');
      expect((await advice()).disabled).toBe(false);
    },
  );

  it('a group that holds in one line only says so before it is chosen for another', async () => {
    const soldier = {
      ...{ id: 'soldier', name: '军人', basis: 'law' as const, law: '《军人地位和权益保障法》' },
      ...{ reason: '法律援助依法优先。', lines: ['legal-aid'] },
    };
    await draw(<TakePage />, {
      answers: queueHost({ groups: [...QUEUE_STATE.groups, soldier] }),
    });
    await userEvent.click(await screen.findByRole('button', { name: /军人/ }));
    expect(screen.getByText('只在“法律援助”优先，其他业务按先后顺序叫号。')).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /老年人/ }));
    expect(screen.queryByText(/只在/)).toBeNull();
  });

  it('a group that holds in none of the lines that are offered is not offered', async () => {
    const [elder] = QUEUE_STATE.groups;
    if (elder === undefined) return expect.unreachable();
    await draw(<TakePage />, { answers: queueHost({ groups: [{ ...elder, lines: ['notary'] }] }) });
    await advice();
    expect(screen.queryByRole('button', { name: /老年人/ })).toBeNull();
  });

  it('a terminal that cannot reach the queue host says that waiting times are unknown, and nothing of them on any line', async () => {
    await draw(<TakePage />, { answers: queueHost(CUT_OFF_STATE) });
    expect((await screen.findByRole('note')).textContent).toContain('连不上排队主机');
    expect((await advice()).textContent).toBe('B法律咨询2号窗口');
    expect((await advice()).disabled).toBe(false);
    expect((await screen.findByRole('button', { name: /法律援助/ })).textContent).toContain(
      '今日号已满',
    );
  });

  it('a line that no open window takes says so while the queue host can be asked', async () => {
    await draw(<TakePage />, { answers: queueHost({ ...CUT_OFF_STATE, connected: true }) });
    expect((await advice()).textContent).toContain('现在没有人等，现在没有窗口办这项');
  });

  it('priority is seen before the lines: a touch on a line takes the number', async () => {
    await draw(<TakePage />, { answers: queueHost() });
    const elder = await screen.findByRole('button', { name: /老年人/ });
    const position = elder.compareDocumentPosition(await advice());
    expect(position & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  });

  it('priority is offered with its law, and goes with the number when it is chosen', async () => {
    const take = vi.fn(async () => ISSUED);
    await draw(<TakePage />, { answers: queueHost({}, { 'queue.take': take }) });
    const elder = await screen.findByRole('button', { name: /老年人/ });
    expect(elder.textContent).toContain('《老年人权益保障法》第五十八条第一款');
    expect(elder.getAttribute('aria-pressed')).toBe('false');
    await userEvent.click(elder);
    await screen.findByText(/请出示：身份证/);
    screen.getByText('理由会记在号上，由窗口核对；再点一下就取消。');
    await userEvent.click(await advice());
    expect(take).toHaveBeenCalledWith(expect.objectContaining({ line: 'advice', group: 'elder' }));
  });
});

describe('taking a number', () => {
  it('shows it in place of the choice, so that "back" takes none again', async () => {
    const { acts } = await draw(<TakePage />, { answers: queueHost() });
    await userEvent.click(await advice());
    await waitFor(() =>
      expect(acts).toEqual([
        { type: 'replace', to: { page: 'number', id: TICKET.id, job: TICKET.id } },
      ]),
    );
  });

  it('cannot be asked for again while it is on its way', async () => {
    await draw(<TakePage />, { answers: queueHost({}, { 'queue.take': never }) });
    await userEvent.click(await advice());
    await screen.findByText('正在取号，请稍等…');
    expect((await advice()).disabled).toBe(true);
  });

  it.each(takeRefusalSchema.options)(
    'says in one sentence that it was refused: %s',
    async (because) => {
      const refused = async () => ({ outcome: 'refused', because }) as const;
      const { acts } = await draw(<TakePage />, {
        answers: queueHost({}, { 'queue.take': refused }),
      });
      await userEvent.click(await advice());
      expect((await screen.findByRole('alert')).textContent).toMatch(/。$/);
      expect((await advice()).disabled).toBe(false);
      expect(acts).toEqual([]);
    },
  );

  it('an answer that is lost is asked for under the same id until it comes', async () => {
    const operations: string[] = [];
    const lost = async ({ operation }: { operation: string }) => {
      operations.push(operation);
      if (operations.length < 3) throw new StationError('host-gone');
      return ISSUED;
    };
    const { acts } = await draw(<TakePage />, { answers: queueHost({}, { 'queue.take': lost }) });
    await userEvent.click(await advice());
    await waitFor(() => expect(acts).toHaveLength(1), { timeout: 10_000 });
    expect(new Set(operations).size).toBe(1);
  });

  it('without any answer it promises that another touch takes no second number, and keeps the promise', async () => {
    const operations: string[] = [];
    let isGone = true;
    const take = async ({ operation }: { operation: string }) => {
      operations.push(operation);
      if (isGone) throw new StationError('timeout');
      return ISSUED;
    };
    const { acts } = await draw(<TakePage />, { answers: queueHost({}, { 'queue.take': take }) });
    await userEvent.click(await advice());
    await screen.findByText(/还是同一个号/, {}, { timeout: 20_000 });
    expect((await advice()).disabled).toBe(true);
    isGone = false;
    await userEvent.click(await again());
    await waitFor(() => expect(acts).toHaveLength(1));
    expect(new Set(operations).size).toBe(1);
  });

  it('an order that surely failed is forgotten: the next touch is a new one', async () => {
    const operations: string[] = [];
    const full = async ({ operation }: { operation: string }) => {
      operations.push(operation);
      throw new StationError('disk-full');
    };
    await draw(<TakePage />, { answers: queueHost({}, { 'queue.take': full }) });
    await userEvent.click(await advice());
    await screen.findByRole('alert');
    // Past the time in which a second touch does nothing.
    const later = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
    await userEvent.click(await advice());
    later.mockRestore();
    await waitFor(() => expect(operations).toHaveLength(2));
    expect(new Set(operations).size).toBe(2);
  });
});
