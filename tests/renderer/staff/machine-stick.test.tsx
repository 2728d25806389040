import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type StickAnswer, type StickView, stickOutcomeSchema } from '#shared/contract/machine.ts';
import { KeyboardScope } from '../../../src/renderer/keyboard/keyboard-scope.tsx';
import { useIdle } from '../../../src/renderer/session/idle.ts';
import { MachineStick } from '../../../src/renderer/staff/machine-stick.tsx';
import { draw } from '../draw.tsx';

const PIN = '482913';
const FILE = 'legal-kiosk-530102001-2026-11-23-1024.kioskbackup';

const standing = () => document.querySelector('section [role="status"]')?.textContent;

/** The staff's door in short: it says when it shuts. */
function IdleSeconds() {
  const left = useIdle({ afterSeconds: 180, warningSeconds: 20, paused: false, onEnd: shut });
  return left === undefined ? null : <p>{`closing in ${left}`}</p>;
}
const shut = vi.fn();

async function drawStick(
  view: StickView,
  answer: StickAnswer | Promise<StickAnswer> = { state: 'written', file: FILE },
) {
  const asked: unknown[] = [];
  await draw(
    <KeyboardScope>
      <IdleSeconds />
      <MachineStick />
    </KeyboardScope>,
    {
      answers: {
        'machine.stick': async () => view,
        'machine.order': async ({ order }) => {
          asked.push(order);
          return { state: 'taken' as const };
        },
        'staff.present': async () => {
          asked.push('present');
          return {};
        },
        'machine.supportToStick': async () => {
          asked.push('support');
          return answer;
        },
        'machine.backupToStick': async ({ secret }) => {
          asked.push(secret);
          return secret === PIN ? answer : { state: 'wrong' as const, waitSeconds: 0 };
        },
      },
    },
  );
  await waitFor(() => expect(standing()).toMatch(/。$/));
  return asked;
}

/** Ahead of the clock: what is touched again at once is a trembling finger. */
let ahead = 0;
const now = performance.now.bind(performance);
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
});
afterEach(() => {
  vi.useRealTimers();
  shut.mockClear();
  vi.restoreAllMocks();
});
const press = (name: string | RegExp) => {
  ahead += 1000;
  return userEvent.click(screen.getByRole('button', { name }));
};
const type = async (text: string) => {
  await userEvent.click(screen.getByRole('textbox', { name: '再输一次自己的密码' }));
  await userEvent.keyboard(text);
};
const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);

describe('a stick at the terminal', () => {
  it.each([
    ['shut', ['打开 U 盘插口']],
    ['read-only', ['打开 U 盘插口']],
    ['none', ['写好了，关上插口']],
    ['not-set-up', []],
    ['ready', ['写支持包', '写备份', '写好了，关上插口']],
  ] as const)('that is %s has a sentence and only what can be done', async (state, names) => {
    await drawStick({ state, free: 3_240_000_000 });
    expect(buttons()).toEqual(names);
  });

  it('says how much room it has', async () => {
    await drawStick({ state: 'ready', free: 3_240_000_000 });
    expect(screen.getByText('U 盘已经接好，还能写 3.2 GB。')).toBeTruthy();
  });

  it('is opened to be written', async () => {
    const asked = await drawStick({ state: 'shut' });
    await press('打开 U 盘插口');
    await waitFor(() => expect(asked).toEqual(['open-sticks-to-write']));
  });

  it('takes the support bundle at one touch', async () => {
    const asked = await drawStick({ state: 'ready', free: 1 });
    await press('写支持包');
    expect(await screen.findByText(new RegExp(FILE))).toBeTruthy();
    expect(asked).toEqual(['support']);
  });

  it('takes a backup only from whoever types the own PIN, once it is said what is in it', async () => {
    const asked = await drawStick({ state: 'ready', free: 1 });
    await press('写备份');
    expect(asked).toEqual([]);
    expect(screen.getByText(/个人信息，还有密钥/)).toBeTruthy();
    expect(screen.getByRole('button', { name: '开始写备份' })).toHaveProperty('disabled', true);
    await type('111111');
    await press('开始写备份');
    expect(await screen.findByText('密码不对，没有写备份。')).toBeTruthy();
    await type(PIN);
    await press('开始写备份');
    expect(await screen.findByText(new RegExp(FILE))).toBeTruthy();
    expect(asked).toEqual(['111111', PIN]);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it.each(stickOutcomeSchema.options.filter((state) => !['written', 'exists'].includes(state)))(
    'that answers %s is told in an alarm, and can be tried again',
    async (state) => {
      await drawStick({ state: 'ready', free: 1 }, { state });
      await press('写支持包');
      await waitFor(() => expect(screen.queryByRole('alert')).not.toBeNull());
      expect(screen.getByRole('button', { name: '写支持包' })).toHaveProperty('disabled', false);
    },
  );

  it('that takes minutes logs nobody out, and afterwards the time of rest runs again', async () => {
    vi.useFakeTimers();
    const { promise, resolve } = Promise.withResolvers<StickAnswer>();
    const drawn = drawStick({ state: 'ready', free: 1 }, promise);
    await vi.advanceTimersByTimeAsync(100);
    const asked = await drawn;
    ahead += 1000;
    fireEvent.click(screen.getByRole('button', { name: '写支持包' }));
    await act(() => vi.advanceTimersByTimeAsync(290_000));
    expect(screen.getByText('正在写，请不要拔 U 盘。')).toBeTruthy();
    expect(screen.queryByText(/closing/)).toBeNull();
    expect(asked.filter((what) => what === 'present').length).toBeGreaterThan(5);
    await act(async () => resolve({ state: 'written', file: FILE }));
    await act(() => vi.advanceTimersByTimeAsync(1000));
    await act(() => vi.advanceTimersByTimeAsync(184_000));
    expect(screen.getByText(/closing/)).toBeTruthy();
    expect(shut).not.toHaveBeenCalled();
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    expect(shut).toHaveBeenCalledOnce();
  });
});
