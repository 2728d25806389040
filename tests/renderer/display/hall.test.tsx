import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HallCall } from '#shared/contract/queue.ts';
import type { Slide } from '#shared/contract/reading.ts';
import { Hall } from '../../../src/renderer/display/hall.tsx';
import { fakeConnection, HALL, hallTells } from '../console/made-up-desk.ts';
import { draw } from '../draw.tsx';
import { soundOf, stubLoudspeaker } from '../loudspeaker.ts';

const slide = (id: string, more: Partial<Slide> = {}): Slide => ({
  id,
  title: `宣传${id}`,
  text: '法律援助不收费。',
  seconds: 20,
  weight: 1,
  ...more,
});

const WINDOWS = { w1: '1号窗口', w2: '2号窗口' } as const;
const called = (
  seq: number,
  number: string,
  window: keyof typeof WINDOWS,
  again = false,
): HallCall => ({ seq, number, window: { id: window, label: WINDOWS[window] }, at: seq, again });

describe('the hall display', () => {
  it('shows how many wait in each line, whom the windows call, and who was called before, each once', async () => {
    const calling = [called(9, 'A004', 'w1'), called(8, 'B002', 'w2')];
    const earlier = [7, 6, 5, 4, 3, 2, 1].map((seq) => called(seq, `C00${seq}`, 'w2'));
    const lines = [
      { id: 'reception', name: '综合接待', waiting: 3, windows: [] },
      { id: 'advice', name: '法律咨询', waiting: 0, windows: [] },
    ];
    const recent = [...calling, ...earlier];
    const { connect } = fakeConnection({
      'hall.view': async () => ({ ...HALL, calling, recent, lines }),
    });
    await draw(<Hall connect={connect} />);
    const part = async (name: string) =>
      (await screen.findByRole('heading', { name })).closest('section') ?? expect.unreachable();
    const itemsOf = (section: HTMLElement) =>
      within(section)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent);
    expect(itemsOf(await part('等候人数'))).toEqual(['综合接待3 人', '法律咨询0 人']);
    expect((await part('正在叫号')).textContent).toContain('A004请到1号窗口');
    expect(itemsOf(await part('正在叫号'))).toEqual(['B0022号窗口']);
    expect(itemsOf(await part('刚才叫到'))).toEqual(
      ['C007', 'C006', 'C005', 'C004', 'C003', 'C002'].map((number) => `${number}2号窗口`),
    );
  });

  it('shows nothing outside of the hours of the screen, and is lit by the next word', async () => {
    let rests = true;
    const { connect } = fakeConnection({
      'hall.view': async () => (rests ? { ...HALL, screenMayRest: true } : HALL),
    });
    const { container } = await draw(<Hall connect={connect} />);
    await waitFor(() => expect(container.querySelector('[data-surface="display"]')).not.toBeNull());
    expect(container.textContent).toBe('');
    rests = false;
    await waitFor(() => expect(container.textContent).toContain('12348'), { timeout: 15_000 });
  });

  it('is dark no longer than a host needs to be started anew: one that stays away must be seen', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { connect, change } = fakeConnection({
      'hall.view': async () => ({ ...HALL, screenMayRest: true }),
    });
    const { container } = await draw(<Hall connect={connect} />);
    await waitFor(() => expect(container.querySelector('[data-surface="display"]')).not.toBeNull());
    act(() => change(false));
    await act(() => vi.advanceTimersByTimeAsync(9 * 60_000));
    expect(container.textContent).toBe('');
    await act(() => vi.advanceTimersByTimeAsync(2 * 60_000));
    expect(screen.getByRole('alert').textContent).not.toBe('');
    vi.useRealTimers();
  });

  it('shows publicity that is in force today, and none that ended, not even an hour ago', async () => {
    const lecture = { date: '2026-11-23', from: '09:00', to: '10:00', place: '一楼' };
    const slides = [
      slide('旧', { validUntil: '2026-11-22', weight: 9 }),
      slide('讲完', { validUntil: '2026-11-23', when: lecture, weight: 9 }),
      slide('新'),
    ];
    const { connect } = fakeConnection({ 'hall.publicity': async () => slides });
    await draw(<Hall connect={connect} />);
    await screen.findByText('宣传新');
    expect(screen.queryByText('宣传旧')).toBeNull();
    expect(screen.queryByText('宣传讲完')).toBeNull();
    expect(screen.getByText('12348')).not.toBeNull();
  });

  it('goes on without publicity when there is none', async () => {
    const { connect } = fakeConnection({});
    await draw(<Hall connect={connect} />);
    await screen.findByText('请留意叫号，轮到您时这里会显示');
    expect(document.querySelector('[data-slide]')).toBeNull();
  });

  it('says that it is cut off, keeps what it showed, and reads again when it is back', async () => {
    let number = 'A001';
    const call = (seq: number) => ({
      seq,
      number,
      window: { id: 'w1', label: '1号窗口' },
      at: 0,
      again: false,
    });
    const { connect, change } = fakeConnection({
      'hall.view': async () => ({ ...HALL, calling: [call(1)] }),
    });
    await draw(<Hall connect={connect} />);
    await screen.findByText('A001');
    act(() => change(false));
    expect(screen.getByRole('alert').textContent).toContain('与主机断开');
    expect(screen.getByText('A001')).not.toBeNull();
    number = 'A002';
    act(() => change(true));
    await screen.findByText('A002');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('that has not found its host yet says so instead of staying blank', async () => {
    const { connect, change } = fakeConnection({
      'hall.view': () => new Promise(() => {}),
    });
    await draw(<Hall connect={connect} />);
    act(() => change(false));
    expect(screen.getByRole('alert').textContent).toContain('与主机断开');
  });
});

describe('the voice of the hall', () => {
  const FINISHED = { timeout: 10_000 };
  const { heard } = stubLoudspeaker({ endsAtOnce: true, note: 'note' });
  afterEach(() => {
    Reflect.deleteProperty(window, 'speechSynthesis');
  });

  /** The voice of a system that has one, and writes down what it says. */
  function giveSystemVoice(): void {
    vi.stubGlobal(
      'SpeechSynthesisUtterance',
      class {
        readonly text: string;
        onend = () => {};
        constructor(text: string) {
          this.text = text;
        }
      },
    );
    Object.defineProperty(window, 'speechSynthesis', {
      configurable: true,
      value: {
        getVoices: () => [{ lang: 'zh-CN', localService: true }],
        speak: (words: { text: string; onend: () => void }) => {
          heard.push(words.text);
          queueMicrotask(words.onend);
        },
        cancel: () => {},
      },
    });
  }

  const hall = (calls: readonly HallCall[]) => ({
    'hall.events': hallTells(async function* () {
      for (const call of calls) yield { type: 'called', call };
      return undefined;
    }),
  });

  it('sounds a chime and then number and window, one call after the other, and a recall once more', async () => {
    giveSystemVoice();
    const calls = [called(1, 'A001', 'w1'), called(2, 'B002', 'w2'), called(3, 'A001', 'w1', true)];
    const { connect } = fakeConnection(hall(calls));
    await draw(<Hall connect={connect} />);
    await waitFor(() => expect(heard).toHaveLength(9), FINISHED);
    const [first, second] = [heard[2] ?? '', heard[5] ?? ''];
    expect(first).toMatch(/一号窗口/);
    expect(second).toMatch(/二号窗口/);
    expect(heard).toEqual(['note', 'note', first, 'note', 'note', second, 'note', 'note', first]);
  });

  it('is the terminal’s where the system has none, and a call that nobody can say keeps no other silent', async () => {
    const clips = vi.fn(async ({ seq }: { seq: number }) => {
      if (seq === 1) throw new Error('no voice');
      return { clips: [soundOf('number'), soundOf('window')] };
    });
    const calls = [called(1, 'A001', 'w1'), called(2, 'B002', 'w2')];
    const { connect } = fakeConnection({ ...hall(calls), 'hallVoice.call': clips });
    await draw(<Hall connect={connect} />);
    await waitFor(() => expect(heard).toHaveLength(6), FINISHED);
    expect(heard).toEqual(['note', 'note', 'note', 'note', 'number', 'window']);
  });
});
