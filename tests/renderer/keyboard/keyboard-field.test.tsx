import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Keyboard } from '../../../src/renderer/keyboard/keyboard.tsx';
import {
  KeyboardField,
  type KeyboardFieldProps,
} from '../../../src/renderer/keyboard/keyboard-field.tsx';
import { KeyboardScope } from '../../../src/renderer/keyboard/keyboard-scope.tsx';
import { nameOf } from '../../../src/renderer/speech/name-of.ts';
import { draw } from '../draw.tsx';

/** Longer than the time in which a second press of the same key is a trembling finger. */
const UNTREMBLING_MS = 200;
let now = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Settings = Partial<KeyboardFieldProps>;

const seen: { value: string; done: string[]; said: string[] } = { value: '', done: [], said: [] };

function Owner({ start = '', settings }: { readonly start?: string; readonly settings: Settings }) {
  const [value, setValue] = useState(start);
  return (
    <KeyboardField
      label="姓名"
      value={value}
      onChange={(text) => {
        seen.value = text;
        setValue(text);
      }}
      onDone={() => seen.done.push(value)}
      {...settings}
    />
  );
}

async function drawField(settings: Settings = {}, start = '') {
  Object.assign(seen, { value: start, done: [], said: [] });
  const drawn = await draw(
    <KeyboardScope onAnnounce={(words) => seen.said.push(words)}>
      <Owner start={start} settings={settings} />
      <Keyboard />
    </KeyboardScope>,
  );
  const field = screen.getByRole('textbox', { name: settings.label ?? '姓名' });
  return { ...drawn, field };
}

const open = (field: HTMLElement) => fireEvent.pointerDown(field);
const key = (name: string) => screen.getByRole('button', { name });
const press = (...names: string[]) => {
  for (const name of names) {
    const pressed = key(name);
    now += UNTREMBLING_MS;
    fireEvent.pointerDown(pressed, { button: 0 });
    fireEvent.pointerUp(pressed);
  }
};
const letters = (word: string) => press(...word.split(''));
const plastic = (field: HTMLElement, ...keys: string[]) => {
  for (const each of keys) fireEvent.keyDown(field, { key: each });
};
/** Waits until the words of the pinyin keyboard were read. */
const word = (text: string) =>
  waitFor(() => screen.getByRole('button', { name: text }), { timeout: 60_000 });

describe('a field of its own', () => {
  it('is no native field, so that no system can open anything on it', async () => {
    const { container, field } = await drawField();
    open(field);
    expect(container.querySelector('input, textarea, [contenteditable]')).toBeNull();
  });

  it('shows its board when it is touched, and puts it away when the entry is complete', async () => {
    const { field } = await drawField({ layouts: ['latin'] });
    expect(screen.queryByRole('group', { name: '键盘' })).toBeNull();
    open(field);
    press('a', '完成');
    expect(seen.done).toEqual(['a']);
    expect(screen.queryByRole('group', { name: '键盘' })).toBeNull();
  });

  it('types what is pressed, on the press itself', async () => {
    const { field } = await drawField({ layouts: ['latin'] });
    open(field);
    fireEvent.pointerDown(key('h'), { button: 0 });
    expect(seen.value).toBe('h');
    press('i', '大写', 'J', 'o');
    expect(seen.value).toBe('hiJo');
  });

  it('takes a trembling finger for one press', async () => {
    const { field } = await drawField({ layouts: ['latin'] });
    open(field);
    fireEvent.pointerDown(key('l'), { button: 0 });
    fireEvent.pointerDown(key('l'), { button: 0 });
    expect(seen.value).toBe('l');
    press('l');
    expect(seen.value).toBe('ll');
  });

  it('types, deletes and marks where the caret stands', async () => {
    const { field } = await drawField({ layouts: ['latin'] }, 'abc');
    open(field);
    press('光标向前', 'x');
    expect(seen.value).toBe('abxc');
    press('删除');
    expect(seen.value).toBe('abc');
    fireEvent.click(key('全选'));
    press('z');
    expect(seen.value).toBe('z');
  });

  it('takes no more than fits, counted in characters', async () => {
    const { field } = await drawField({ layouts: ['digits'], maxLength: 3 }, '𠮷');
    open(field);
    press('1', '2', '3', '4');
    expect(seen.value).toBe('𠮷12');
  });

  it('puts Chinese together from pinyin and keeps what was typed until a word is chosen', async () => {
    const { field } = await drawField({ layouts: ['pinyin'] });
    open(field);
    letters('lihun');
    expect(field.textContent).toContain('lihun');
    expect(seen.value).toBe('');
    fireEvent.click(await word('离婚'));
    expect(seen.value).toBe('离婚');
    letters('lvshi');
    await word('律师');
    press('空格');
    expect(seen.value).toBe('离婚律师');
  });

  it('goes back letter by letter while words are put together', async () => {
    const { field } = await drawField({ layouts: ['pinyin'] }, '我');
    open(field);
    press('l', 'i', '删除', '删除', '删除');
    expect(seen.value).toBe('');
  });

  it('keeps letters as letters where the layout is changed', async () => {
    const { field } = await drawField({ layouts: ['pinyin', 'latin'] });
    open(field);
    press('l', 'i');
    press('换成English键盘');
    expect(seen.value).toBe('li');
  });

  it('chooses words by the digits of a tactile keypad and types digits otherwise', async () => {
    const { field } = await drawField({ layouts: ['pinyin'] });
    open(field);
    plastic(field, '7', 'l', 'i', 'h', 'u', 'n');
    await word('离婚');
    plastic(field, '1', '8');
    expect(seen.value).toBe('7离婚8');
  });

  it('counts a key of plastic once while it is held, except delete', async () => {
    const { field } = await drawField({ layouts: ['latin'] }, 'abc');
    open(field);
    fireEvent.keyDown(field, { key: 'x' });
    fireEvent.keyDown(field, { key: 'x', repeat: true });
    expect(seen.value).toBe('abcx');
    fireEvent.keyDown(field, { key: 'Backspace' });
    fireEvent.keyDown(field, { key: 'Backspace', repeat: true });
    expect(seen.value).toBe('ab');
  });

  it('leaves key combinations to the policy of the terminal', async () => {
    const { field } = await drawField({ layouts: ['latin'] });
    open(field);
    fireEvent.keyDown(field, { key: 'v', ctrlKey: true });
    expect(seen.value).toBe('');
  });

  it('is opened and written by keys alone', async () => {
    const { field } = await drawField({ layouts: ['latin'] });
    act(() => field.focus());
    plastic(field, 'ArrowDown');
    expect(document.activeElement?.closest('[data-keyboard]')).not.toBeNull();
    fireEvent.keyDown(document.activeElement ?? field, { key: 'Escape' });
    expect(document.activeElement).toBe(field);
    plastic(field, 'a', 'Enter');
    expect(seen.done).toEqual(['a']);
  });

  it('shows dots for a secret and says nothing of it', async () => {
    const { field } = await drawField({ layouts: ['digits'], isSecret: true });
    open(field);
    press('4', '2');
    expect(seen.value).toBe('42');
    expect(field.textContent).toBe('••');
    expect(seen.said).toEqual(['一位', '一位']);
  });

  it('shows what is personal and says nothing of it', async () => {
    const { field } = await drawField({ layouts: ['pinyin'], isPersonal: true });
    open(field);
    press('l', 'i');
    fireEvent.click(await word('李'));
    press('删除');
    expect(seen.said).toEqual(['一位', '一位', '一位', '删除']);
    press('l', 'i');
    fireEvent.click(await word('李'));
    expect(field.textContent).toBe('李');
    expect(screen.getByRole('status').textContent).toBe('一位');
  });

  it.each([{ isSecret: true }, { isPersonal: true }])(
    'is nothing that the focus says of its keys: %j',
    async (settings) => {
      const { field } = await drawField({ layouts: ['digits'], ...settings });
      open(field);
      expect(nameOf(key('4'))).toBe('一位');
      expect(nameOf(key('删除'))).toBe('删除');
      expect(nameOf(field)).toBe('姓名');
    },
  );

  it('leaves nothing of what was said when it is no longer written into', async () => {
    const { field } = await drawField({ layouts: ['latin'] });
    open(field);
    press('q', '完成');
    expect(screen.getByRole('status').textContent).toBe('');
    open(field);
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('says what each key did', async () => {
    const { field } = await drawField({ layouts: ['latin'] });
    open(field);
    press('a', '删除');
    expect(seen.said).toEqual(['a', '删除了“a”']);
    expect(screen.getByRole('status').textContent).toBe('删除了“a”');
  });

  it('forgets everything when it leaves the page', async () => {
    const { field, rerender } = await drawField({ layouts: ['pinyin'] });
    open(field);
    press('l', 'i');
    rerender(<p>首页</p>);
    expect(document.body.textContent).toBe('首页');
  });

  it('says in words what is wrong', async () => {
    const { field } = await drawField({ error: '请填写姓名。' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toBe('请填写姓名。');
  });
});
