import { describe, expect, it } from 'vitest';
import { isKeyAllowed, isKeyHarmless } from '#shared/security/keys.ts';

const plain = (key: string) => ({
  ...{ key, shift: false, control: false, alt: false, meta: false },
});

const ALLOWED = [
  ...['Tab', 'Enter', ' ', 'Escape', 'Backspace', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ...Array.from('0123456789'),
];

const REFUSED = [
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
  ...['ContextMenu', 'PrintScreen', 'Pause', 'Insert', 'Delete', 'CapsLock', 'Help'],
  ...['BrowserBack', 'BrowserForward', 'BrowserHome', 'BrowserRefresh', 'BrowserSearch'],
  ...['LaunchMail', 'LaunchApplication1', 'MediaPlayPause', 'AudioVolumeUp', 'Power', 'Sleep'],
  ...['Control', 'Alt', 'Meta', 'Shift', 'AltGraph', 'Fn', 'Process', 'Unidentified', 'Dead'],
  ...['a', 'A', '<', '/', '中', ''],
];

describe('keys', () => {
  it.each(ALLOWED)('lets %j through', (key) => {
    expect(isKeyAllowed(plain(key))).toBe(true);
  });

  it.each(REFUSED)('refuses %j', (key) => {
    expect(isKeyAllowed(plain(key))).toBe(false);
  });

  it.each([...ALLOWED, ...REFUSED])('refuses %j together with Ctrl, Alt or Meta', (key) => {
    expect(isKeyAllowed({ ...plain(key), control: true })).toBe(false);
    expect(isKeyAllowed({ ...plain(key), alt: true })).toBe(false);
    expect(isKeyAllowed({ ...plain(key), meta: true })).toBe(false);
    expect(isKeyAllowed({ key, shift: true, control: true, alt: true, meta: true })).toBe(false);
  });

  it.each(['Escape', 'Enter', 'ArrowLeft', 'Home', 'Backspace'])('refuses Shift+%s', (key) => {
    expect(isKeyAllowed({ ...plain(key), shift: true })).toBe(false);
    expect(isKeyHarmless({ ...plain(key), shift: true })).toBe(false);
  });

  it.each(['Tab', ' ', '7'])('lets Shift+%j through', (key) => {
    expect(isKeyAllowed({ ...plain(key), shift: true })).toBe(true);
  });

  it.each([...ALLOWED, 'a', 'A', '<', '/', '中', '𠮷'])(
    'finds %j harmless where a page is written in',
    (key) => {
      expect(isKeyHarmless(plain(key))).toBe(true);
      expect(isKeyHarmless({ ...plain(key), control: true })).toBe(false);
      expect(isKeyHarmless({ ...plain(key), alt: true })).toBe(false);
      expect(isKeyHarmless({ ...plain(key), meta: true })).toBe(false);
    },
  );

  it.each(REFUSED.filter((key) => Array.from(key).length !== 1))('finds %j harmful', (key) => {
    expect(isKeyHarmless(plain(key))).toBe(false);
  });
});
