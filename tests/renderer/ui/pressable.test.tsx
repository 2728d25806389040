import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Pressable } from '../../../src/renderer/ui/pressable.tsx';
import { draw } from '../draw.tsx';

const user = userEvent.setup();
let now = 10_000;

afterEach(() => {
  vi.restoreAllMocks();
});

async function button(disabled = false) {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const onPress = vi.fn<() => void>();
  await draw(
    <Pressable onPress={onPress} isDisabled={disabled}>
      按
    </Pressable>,
  );
  return { onPress, target: screen.getByRole('button') };
}

describe('what can be touched (A-23)', () => {
  it('acts on release, not before', async () => {
    const { onPress, target } = await button();
    await user.pointer({ keys: '[TouchA>]', target });
    expect(onPress).not.toHaveBeenCalled();
    await user.pointer({ keys: '[/TouchA]', target });
    expect(onPress).toHaveBeenCalledOnce();
  });

  it('does nothing when the finger slides off', async () => {
    const { onPress, target } = await button();
    await user.pointer([
      { keys: '[TouchA>]', target },
      { pointerName: 'TouchA', target: document.body },
      { keys: '[/TouchA]', target: document.body },
    ]);
    expect(onPress).not.toHaveBeenCalled();
  });

  it('ignores a second touch within half a second, and takes a later one', async () => {
    const { onPress, target } = await button();
    await user.click(target);
    now += 499;
    await user.click(target);
    expect(onPress).toHaveBeenCalledTimes(1);
    now += 1;
    await user.click(target);
    expect(onPress).toHaveBeenCalledTimes(2);
  });

  it('works with the keyboard', async () => {
    const { onPress } = await button();
    await user.tab();
    await user.keyboard('{Enter}');
    expect(onPress).toHaveBeenCalledOnce();
  });

  it('does nothing when it is disabled', async () => {
    const { onPress, target } = await button(true);
    await user.click(target);
    expect(onPress).not.toHaveBeenCalled();
  });
});
