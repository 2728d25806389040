import { describe, expect, it } from 'vitest';
import { isKeyAllowed } from '../../src/main/electron/policies/keys.ts';

const plain = (key: string) => ({ key, control: false, alt: false, meta: false });

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
    expect(isKeyAllowed({ key, control: true, alt: true, meta: true })).toBe(false);
  });
});
