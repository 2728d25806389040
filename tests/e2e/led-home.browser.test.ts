import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startChromium } from '../../src/main/browser-shell/chromium.ts';
import { findChromium } from '../../src/main/station/screen/find-chromium.ts';
import { removeFolder } from './browser/running-shell.ts';

/** Connections that fail; by itself Chromium would wait for minutes between tries by then. */
const REFUSALS = 20;
const PAGE = 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n<p>home</p>';

test('a page that was refused again and again is there as soon as its host answers', async () => {
  let asked = 0;
  const shown = Promise.withResolvers<void>();
  const host = createServer((connection) => {
    connection.on('error', () => {});
    asked += 1;
    if (asked <= REFUSALS) connection.destroy();
    else connection.once('data', () => connection.end(PAGE, () => shown.resolve()));
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  const { port } = host.address() as AddressInfo;
  onTestFinished(() => void host.close());
  const folder = mkdtempSync(join(tmpdir(), 'led-home-'));
  onTestFinished(() => removeFolder(folder));
  const executable = findChromium() ?? expect.unreachable('no Chromium');
  const browser = startChromium(executable, join(folder, 'browser'), `http://127.0.0.1:${port}/`, [
    ...['--headless=new', '--disable-gpu'],
  ]);
  onTestFinished(() => browser.close());
  await expect(shown.promise).resolves.toBeUndefined();
});
