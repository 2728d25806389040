import { expect, test } from 'vitest';
import { chromiumFlags } from '../../src/main/browser-shell/chromium-flags.ts';

const URL_OF_PAGE = 'http://127.0.0.1:7348/visitor/';

test('the address comes last, after the flags that lock the browser', () => {
  const flags = chromiumFlags('/data/browser', URL_OF_PAGE, false, ['--disable-gpu']);
  expect(flags.at(-1)).toBe(URL_OF_PAGE);
  expect(flags).toEqual(
    expect.arrayContaining([
      '--kiosk',
      '--user-data-dir=/data/browser',
      '--no-first-run',
      '--disable-pinch',
      '--overscroll-history-navigation=0',
      '--password-store=basic',
      '--disable-gpu',
    ]),
  );
});

test('the sandbox is given up only for root', () => {
  expect(chromiumFlags('/data/browser', URL_OF_PAGE, false)).not.toContain('--no-sandbox');
  expect(chromiumFlags('/data/browser', URL_OF_PAGE, true)).toContain('--no-sandbox');
});

test('no debugging port is opened', () => {
  expect(chromiumFlags('/data/browser', URL_OF_PAGE, true).join(' ')).not.toContain(
    '--remote-debugging-port',
  );
});
