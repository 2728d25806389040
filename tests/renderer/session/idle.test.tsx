import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useIdle } from '../../../src/renderer/session/idle.ts';
import { IdleWarning } from '../../../src/renderer/visitor/idle-warning.tsx';
import { draw } from '../draw.tsx';

const AFTER = 120;
const WARNING = 30;

function Terminal({
  paused = false,
  onEnd,
  onLeave = () => {},
}: {
  readonly paused?: boolean;
  readonly onEnd: () => void;
  readonly onLeave?: () => void;
}) {
  const left = useIdle({ afterSeconds: AFTER, warningSeconds: WARNING, paused, onEnd });
  return <IdleWarning secondsLeft={left} onStay={() => {}} onLeave={onLeave} />;
}

/** As a page with a number: it counts from the first moment. */
function CountingPage() {
  return useIdle({ afterSeconds: 0, warningSeconds: 30, paused: false, onEnd: () => {} });
}

const seconds = (count: number) => act(() => vi.advanceTimersByTime(count * 1000));
const touch = async (element: Element = document.body) => {
  fireEvent.pointerDown(element, { button: 0 });
  fireEvent.pointerUp(element, { button: 0 });
  await act(() => vi.advanceTimersByTime(200));
};
const warning = () => screen.queryByRole('alertdialog');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an idle terminal', () => {
  it('warns after the quiet time and counts down', async () => {
    await draw(<Terminal onEnd={() => {}} />);
    await seconds(AFTER - 1);
    expect(warning()).toBeNull();
    await seconds(1);
    expect(warning()?.textContent).toContain(String(WARNING));
    await seconds(10);
    expect(warning()?.textContent).toContain(String(WARNING - 10));
  });

  it('ends the visit once when nobody answers', async () => {
    const onEnd = vi.fn();
    await draw(<Terminal onEnd={onEnd} />);
    await seconds(AFTER + WARNING - 1);
    expect(onEnd).not.toHaveBeenCalled();
    await seconds(1);
    expect(onEnd).toHaveBeenCalledOnce();
    expect(warning()).toBeNull();
  });

  it('can be extended with one touch as often as the visitor likes', async () => {
    const onEnd = vi.fn();
    await draw(<Terminal onEnd={onEnd} />);
    for (let times = 0; times < 12; times += 1) {
      // Seconds are counted whole: one may be nearly over when the touch comes.
      await seconds(AFTER + WARNING - 2);
      expect(warning()).not.toBeNull();
      await touch();
      expect(warning()).toBeNull();
    }
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('is extended by a key and by a wheel, too', async () => {
    const onEnd = vi.fn();
    await draw(<Terminal onEnd={onEnd} />);
    await seconds(AFTER - 1);
    fireEvent.keyDown(document.body, { key: 'a' });
    await seconds(AFTER - 1);
    fireEvent.wheel(document.body);
    await seconds(AFTER - 1);
    expect(warning()).toBeNull();
  });

  it('lets the buttons of the warning act before the warning goes', async () => {
    const onLeave = vi.fn();
    await draw(<Terminal onEnd={() => {}} onLeave={onLeave} />);
    await seconds(AFTER + 3);
    const leave = screen.getByRole('button', { name: '结束并清屏' });
    fireEvent.pointerDown(leave, { button: 0 });
    expect(leave.isConnected).toBe(true);
    fireEvent.pointerUp(leave, { button: 0 });
    fireEvent.click(leave, { detail: 1 });
    expect(onLeave).toHaveBeenCalledOnce();
  });

  it('neither warns nor ends when there is nothing to clear', async () => {
    const onEnd = vi.fn();
    await draw(<Terminal paused onEnd={onEnd} />);
    await seconds(3 * (AFTER + WARNING));
    expect(warning()).toBeNull();
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('says nothing any more once it is gone', async () => {
    const onEnd = vi.fn();
    const { unmount } = await draw(<Terminal onEnd={onEnd} />);
    await seconds(AFTER + 1);
    unmount();
    await seconds(AFTER + WARNING);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('that counts from the start shows the whole time at once, and again after a touch', async () => {
    const { container } = await draw(<CountingPage />);
    expect(container.textContent).toBe('30');
    await seconds(4);
    expect(container.textContent).toBe('26');
    await touch();
    expect(container.textContent).toBe('30');
  });
});
