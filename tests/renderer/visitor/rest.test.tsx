import { act, fireEvent, screen } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Hello } from '#shared/contract/views.ts';
import { startState } from '../../../src/renderer/session/start-state.ts';
import { App } from '../../../src/renderer/visitor/app.tsx';
import { Rest } from '../../../src/renderer/visitor/rest.tsx';
import { type RestSettings, useScreenRest } from '../../../src/renderer/visitor/use-screen-rest.ts';
import { draw } from '../draw.tsx';
import { stubLoudspeaker } from '../loudspeaker.ts';
import { HELLO } from './hello.ts';

// jsdom has no moments of leisure.
globalThis.requestIdleCallback ??= () => 0;
globalThis.cancelIdleCallback ??= () => {};

const AT_NIGHT: RestSettings = { mayRest: true, isAlone: true, beginsDark: false };

type Change = (settings: RestSettings) => void;

/** A page with one button, as the visitor's page has the screen's rest over it. */
function Page({
  first,
  onReady,
  onPress,
}: {
  readonly first: RestSettings;
  /** Takes the means by which the host and the visit say something else. */
  readonly onReady: (change: Change) => void;
  readonly onPress: () => void;
}) {
  const [settings, change] = useState(first);
  useEffect(() => onReady(change), [onReady]);
  const rest = useScreenRest(settings);
  return (
    <>
      {rest.isDark && <Rest onTouch={rest.wake} />}
      <button type="button" onClick={onPress}>
        取号
      </button>
    </>
  );
}

async function drawPage(first: RestSettings) {
  const said: string[] = [];
  const pressed = vi.fn();
  let set: Change = () => {};
  let isAway = false;
  const onReady = (change: Change) => {
    set = change;
  };
  await draw(<Page first={first} onReady={onReady} onPress={pressed} />, {
    answers: {
      'screen.show': async ({ look }: { look: string }) => {
        said.push(look);
        if (isAway) throw new Error('host gone');
        return { isOff: look === 'dark' };
      },
    },
  });
  return {
    said,
    pressed,
    say: (settings: Partial<RestSettings>) => act(() => set({ ...first, ...settings })),
    hostAway: (away: boolean) => {
      isAway = away;
    },
  };
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const dark = () => screen.queryByRole('button', { name: '屏幕已经熄灭，碰一下就亮' });

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a page outside of the hours of its screen', () => {
  it('goes dark five minutes after the last touch, and the screen with it', async () => {
    const { said } = await drawPage(AT_NIGHT);
    await pass(200);
    fireEvent.pointerDown(document.body);
    await pass(290);
    expect(dark()).toBeNull();
    await pass(15);
    expect(dark()).not.toBeNull();
    expect(said).toEqual(['lit', 'dark']);
  });

  it('is lit by a touch, which presses nothing', async () => {
    const { said, pressed } = await drawPage({ ...AT_NIGHT, beginsDark: true });
    const cover = dark() ?? expect.unreachable('it is not dark');
    fireEvent.pointerDown(cover);
    expect(cover.className).toContain('leaving');
    fireEvent.click(cover);
    await pass(0.6);
    expect(dark()).toBeNull();
    expect(pressed).not.toHaveBeenCalled();
    expect(said).toEqual(['dark', 'lit']);
  });

  it('is lit by a key, which does nothing else', async () => {
    const { said } = await drawPage({ ...AT_NIGHT, beginsDark: true });
    const heard = vi.fn();
    document.body.addEventListener('keydown', heard);
    const key = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
    act(() => void document.body.dispatchEvent(key));
    expect(key.defaultPrevented).toBe(true);
    expect(heard).not.toHaveBeenCalled();
    document.body.removeEventListener('keydown', heard);
    await pass(0.6);
    expect(dark()).toBeNull();
    expect(said.at(-1)).toBe('lit');
  });

  it.each<[string, Partial<RestSettings>]>([
    ['a visit is under way', { isAlone: false }],
    ['the host has not said that it may', { mayRest: undefined }],
    ['the host says that it may not', { mayRest: false }],
  ])('stays lit while %s', async (_why, settings) => {
    await drawPage({ ...AT_NIGHT, ...settings });
    await pass(3600);
    expect(dark()).toBeNull();
  });

  it('begins its five minutes when the visit ends', async () => {
    const { say } = await drawPage({ ...AT_NIGHT, isAlone: false });
    await pass(3600);
    say({ isAlone: true });
    await pass(290);
    expect(dark()).toBeNull();
    await pass(15);
    expect(dark()).not.toBeNull();
  });

  it('is lit when the hours begin, though nobody touches it, and says so until the host has heard', async () => {
    const { say, said, hostAway } = await drawPage({ ...AT_NIGHT, beginsDark: true });
    expect(dark()).not.toBeNull();
    hostAway(true);
    say({ mayRest: false });
    expect(dark()).toBeNull();
    await pass(61);
    hostAway(false);
    await pass(300);
    expect(said).toEqual(['dark', 'lit', 'lit', 'lit']);
  });

  it('is dark from its first moment when the page before was, before the host says anything', async () => {
    const { said } = await drawPage({ mayRest: undefined, isAlone: true, beginsDark: true });
    expect(dark()).not.toBeNull();
    await pass(130);
    expect(said).toEqual(['dark', 'dark', 'dark']);
  });

  it('says nothing of light before anybody has touched it', async () => {
    const { said } = await drawPage(AT_NIGHT);
    await pass(200);
    expect(said).toEqual([]);
  });
});

describe('the whole terminal outside of the hours of its screen', () => {
  const { heard } = stubLoudspeaker({ endsAtOnce: true, note: 'note' });

  it('is at home after the touch that lit it, with a sound, and not at its publicity', async () => {
    const hello: Hello = { ...HELLO, beginsDark: true, idle: { ...HELLO.idle, attractSeconds: 5 } };
    await draw(<App start={startState('')} attract="when-quiet" />, {
      answers: { 'system.hello': async () => hello },
    });
    await vi.waitFor(() => expect(dark()).not.toBeNull());
    await pass(20);
    fireEvent.pointerDown(dark() ?? expect.unreachable('it is not dark'));
    await pass(0.6);
    expect(dark()).toBeNull();
    expect(screen.queryByText('触摸屏幕，开始使用')).toBeNull();
    expect(screen.getByRole('button', { name: /首页/ }).closest('[inert]')).toBeNull();
    expect(heard).toContain('note');
  });
});
