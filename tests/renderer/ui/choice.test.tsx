import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Choice } from '../../../src/renderer/ui/choice.tsx';
import { draw } from '../draw.tsx';

describe('a choice', () => {
  it('names itself, and marks the chosen one by more than colour', async () => {
    await draw(
      <Choice
        label="语言"
        options={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English', lang: 'en' },
        ]}
        chosen="zh"
        onChoose={() => {}}
      />,
    );
    expect(screen.getByRole('group', { name: '语言' })).toBeDefined();
    const chosen = screen.getByRole('button', { name: '中文', pressed: true });
    expect(chosen.querySelector('svg')).not.toBeNull();
    const other = screen.getByRole('button', { name: 'English', pressed: false });
    expect(other.querySelector('svg')).toBeNull();
    expect(screen.getByText('English').lang).toBe('en');
  });

  it('tells which one was touched', async () => {
    const onChoose = vi.fn<(value: string) => void>();
    await draw(
      <Choice
        label="字号"
        options={[
          { value: '1', label: '标准' },
          { value: '2', label: '特大字' },
        ]}
        chosen="1"
        onChoose={onChoose}
      />,
    );
    await userEvent.click(screen.getByRole('button', { name: '特大字' }));
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('2');
  });
});
