import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Sheet } from '../../../src/renderer/ui/sheet.tsx';
import { draw } from '../draw.tsx';

const sheet = (isOpen: boolean, onClose: () => void, role?: 'alertdialog') => (
  <>
    <button type="button">behind</button>
    <Sheet title="选择语言" isOpen={isOpen} onClose={onClose} {...(role && { role })}>
      <button type="button">inside</button>
    </Sheet>
  </>
);

describe('a sheet', () => {
  it('is not there until it is opened', async () => {
    await draw(sheet(false, () => {}));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('has its title as its name and hides what is behind it', async () => {
    await draw(sheet(true, () => {}));
    expect(screen.getByRole('dialog', { name: '选择语言' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'inside' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'behind' })).toBeNull();
  });

  it('closes by a key and by a touch beside it', async () => {
    const onClose = vi.fn();
    await draw(sheet(true, onClose));
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
    await userEvent.click(document.body);
    expect(onClose).toHaveBeenCalledTimes(2);
  });

  it('is an alert dialog where it must be answered', async () => {
    await draw(sheet(true, () => {}, 'alertdialog'));
    expect(screen.getByRole('alertdialog', { name: '选择语言' })).toBeDefined();
  });
});
