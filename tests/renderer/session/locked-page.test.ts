import { beforeAll, describe, expect, it } from 'vitest';
import { lockOwnScreen, lockPage } from '../../../src/renderer/session/locked-page.ts';

/** A page of its own: what is taken off one does not come back. */
let page: Window;
beforeAll(() => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  page = frame.contentWindow ?? expect.unreachable('no page');
  lockPage(page);
});

/** Whether a browser would still do by itself what it does at an event. */
const isLeft = (event: Event) => page.document.body.dispatchEvent(event);
const options = { bubbles: true, cancelable: true };
const key = (name: string, modifiers: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { ...options, ...modifiers, key: name });

describe('a locked page', () => {
  it.each(['contextmenu', 'dragstart', 'dragover', 'drop', 'auxclick'])(
    'leaves nothing of %s to the browser',
    (kind) => {
      expect(isLeft(new Event(kind, options))).toBe(false);
    },
  );

  it.each(['F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'ContextMenu', 'BrowserBack'])(
    'leaves nothing of %s to the browser',
    (name) => {
      expect(isLeft(key(name))).toBe(false);
    },
  );

  it.each([
    { ctrlKey: true },
    { altKey: true },
    { metaKey: true },
    { ctrlKey: true, shiftKey: true },
  ])('leaves no letter together with %j to the browser', (modifiers) => {
    for (const name of Array.from('abcdefghijklmnopqrstuvwxyz0123456789+-'))
      expect(isLeft(key(name, modifiers))).toBe(false);
  });

  it.each(['Tab', 'Enter', ' ', 'Escape', 'ArrowDown', '7', 'a', '中'])(
    'leaves %j alone',
    (name) => {
      expect(isLeft(key(name))).toBe(true);
    },
  );

  it('takes off zoom by the wheel, and leaves scrolling', () => {
    expect(isLeft(new WheelEvent('wheel', { ...options, ctrlKey: true, deltaY: 1 }))).toBe(false);
    expect(isLeft(new WheelEvent('wheel', { ...options, deltaY: 1 }))).toBe(true);
  });

  it('hears only the first button of a mouse', () => {
    expect(isLeft(new MouseEvent('mousedown', { ...options, button: 0 }))).toBe(true);
    for (const button of [1, 2, 3, 4]) {
      expect(isLeft(new MouseEvent('mousedown', { ...options, button }))).toBe(false);
      expect(isLeft(new MouseEvent('mouseup', { ...options, button }))).toBe(false);
    }
  });

  it('prints, opens and asks nothing, and nobody brings that back', () => {
    for (const name of ['print', 'open', 'alert', 'confirm', 'prompt'] as const) {
      expect(Reflect.apply(Reflect.get(page, name), page, ['x'])).toBeNull();
      expect(Reflect.set(page, name, () => 'back')).toBe(false);
    }
  });

  it.each(['file', 'color', 'date', 'time'])('opens no window for a field of type %s', (type) => {
    const field = page.document.createElement('input');
    field.type = type;
    page.document.body.append(field);
    expect(field.dispatchEvent(new MouseEvent('click', options))).toBe(false);
  });
});

it.each([
  { isTerminal: true, left: { menu: false, newWindow: false } },
  { isTerminal: false, left: { menu: false, newWindow: true } },
])('a display is locked on the terminal itself, and leaves a device its keys: %j', (at) => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const display = frame.contentWindow ?? expect.unreachable('no page');
  lockOwnScreen(display, at.isTerminal);
  const { body } = display.document;
  expect({
    menu: body.dispatchEvent(new Event('contextmenu', options)),
    newWindow: body.dispatchEvent(key('n', { ctrlKey: true })),
  }).toEqual(at.left);
});
