import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Slide } from '#shared/contract/reading.ts';
import { Hall } from '../../../src/renderer/display/hall.tsx';
import { fakeConnection, HALL } from '../console/made-up-desk.ts';
import { draw } from '../draw.tsx';

const slide = (id: string, more: Partial<Slide> = {}): Slide => ({
  id,
  title: `宣传${id}`,
  text: '法律援助不收费。',
  seconds: 20,
  weight: 1,
  ...more,
});

describe('the hall display', () => {
  it('shows publicity that is in force today, and none that ended', async () => {
    const slides = [slide('旧', { validUntil: '2026-11-22' }), slide('新')];
    const { connect } = fakeConnection({ 'hall.publicity': async () => slides });
    await draw(<Hall connect={connect} />);
    await screen.findByText('宣传新');
    expect(screen.queryByText('宣传旧')).toBeNull();
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
