import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MachineView } from '#shared/contract/machine.ts';
import type { DoctorReport } from '#shared/health/finding.ts';
import { MachineRoom } from '../../../src/renderer/staff/machine-room.tsx';
import { TOUCH_CELLS, touchCellAt } from '../../../src/renderer/staff/touch-cells.ts';
import { TouchTest } from '../../../src/renderer/staff/touch-test.tsx';
import { draw } from '../draw.tsx';

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const REPORT: DoctorReport = {
  ...{ at: NOW, programVersion: '0.1.0', station: '示例站', verdict: 'fault' },
  findings: [
    { check: 'clock', title: '时钟', verdict: 'ok', sentence: '时间是对的。' },
    { check: 'network', title: '网络', verdict: 'attention', sentence: '没有接上网络。' },
    {
      ...{ check: 'ticket-printer', title: '号码单打印机', verdict: 'fault' },
      ...{ sentence: '没有纸了。', remedy: '请换一卷纸。' },
    },
  ],
};
const SESSION = {
  ...{ person: 'p1', account: 'li01', name: '李示例', mustChange: false },
  ...{ roles: ['technician'], endsAt: NOW + 3_600_000 },
} as unknown as Parameters<typeof MachineRoom>[0]['session'];

async function drawRoom(view: Partial<MachineView> = {}) {
  const asked: unknown[] = [];
  let volume = view.volume;
  await draw(<MachineRoom session={SESSION} onLeave={() => {}} />, {
    answers: {
      'machine.view': async () => ({
        ...{ addresses: ['192.168.1.20'], orders: [], ...view },
        ...(volume === undefined ? {} : { volume }),
      }),
      'machine.order': async (input) => {
        asked.push(input.order);
        return { state: 'taken' as const };
      },
      'machine.setVolume': async ({ percent }) => {
        volume = percent;
        return { volume };
      },
      'health.doctor': async () => REPORT,
      'health.log': async () => [
        { day: '2026-11-22', at: NOW, verdict: 'ok' as const, summary: '各项正常。' },
      ],
    },
  });
  return asked;
}

/** Ahead of the clock: what is touched again at once is a trembling finger. */
let ahead = 0;
const now = performance.now.bind(performance);
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const press = (name: string | RegExp) => {
  ahead += 1000;
  return userEvent.click(screen.getByRole('button', { name }));
};

describe('the room of the terminal itself', () => {
  it('tests everything when asked: what is not well stands first, with what to do', async () => {
    await drawRoom();
    await press('现在自检');
    await screen.findByText('没有纸了。请换一卷纸。');
    expect(screen.getByText('有故障，请按下面说的处理。')).toBeTruthy();
    const words = document.body.textContent ?? '';
    const at = ['没有纸了', '没有接上网络', '时间是对的'].map((text) => words.indexOf(text));
    expect(at).toEqual(at.toSorted((one, two) => one - two));
    expect(await screen.findByText(/2026-11-22/)).toBeTruthy();
  });

  it('says that a computer that was not set up takes no orders', async () => {
    await drawRoom();
    expect(await screen.findByText(/没有按一体机设置好/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '关机' })).toBeNull();
  });

  it('restarts the computer at the second touch only', async () => {
    const asked = await drawRoom({ orders: ['restart', 'shut-down'] });
    await screen.findByRole('button', { name: '重启电脑' });
    await press('重启电脑');
    expect(asked).toEqual([]);
    await press(/重启电脑/);
    await waitFor(() => expect(asked).toEqual(['restart']));
    expect(await screen.findByText(/马上重启/)).toBeTruthy();
  });

  it('makes it louder by a tenth and never over the top', async () => {
    await drawRoom({ volume: 95 });
    await screen.findByText('音量 95%');
    await press('大一点');
    await screen.findByText('音量 100%');
    expect(screen.getByRole('button', { name: '大一点' })).toHaveProperty('disabled', true);
  });

  it('shows five colours and comes back', async () => {
    await drawRoom();
    await press('试屏幕颜色');
    let touches = 0;
    for (; screen.queryByRole('button', { name: '下一种颜色' }) !== null; touches += 1)
      await press('下一种颜色');
    expect(touches).toBe(5);
  });
});

describe('the touch test', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const surface = () => document.querySelector('[class*="whole"]') as HTMLElement;
  const feel = (x: number, y: number) =>
    fireEvent.pointerMove(surface(), {
      clientX: x * window.innerWidth,
      clientY: y * window.innerHeight,
    });

  it('has a field at every place of the screen', () => {
    const felt = new Set(
      TOUCH_CELLS.map((cell) =>
        touchCellAt(((cell % 10) + 0.5) / 10, (Math.floor(cell / 10) + 0.5) / 10),
      ),
    );
    expect(felt.size).toBe(TOUCH_CELLS.length);
    for (const [x, y] of [
      [-1, -1],
      [2, 2],
      [0, 1],
    ] as const)
      expect(TOUCH_CELLS).toContain(touchCellAt(x, y));
  });

  it('ends by itself when every field has felt a finger', async () => {
    const onEnd = vi.fn();
    await draw(<TouchTest onEnd={onEnd} />);
    for (const cell of TOUCH_CELLS)
      feel(((cell % 10) + 0.5) / 10, (Math.floor(cell / 10) + 0.5) / 10);
    expect(onEnd).toHaveBeenCalledWith(0);
  });

  it('says how many fields felt nothing', async () => {
    const onEnd = vi.fn();
    await draw(<TouchTest onEnd={onEnd} />);
    feel(0.05, 0.05);
    feel(0.06, 0.04);
    await press('结束');
    expect(onEnd).toHaveBeenCalledWith(99);
  });

  it('is not stuck on a screen that feels nothing', async () => {
    vi.useFakeTimers();
    const onEnd = vi.fn();
    await draw(<TouchTest onEnd={onEnd} />);
    act(() => {
      vi.advanceTimersByTime(31_000);
    });
    expect(onEnd).toHaveBeenCalledWith(100);
  });
});
