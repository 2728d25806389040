import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { terminalContext } from '#station/access/caller.ts';
import { type Host, startHost } from '#station/host.ts';
import { temporaryHost } from '../station/temporary-host.ts';
import { type PrinterDouble, startPrinterDouble } from './printer-double.ts';
import { PATIENT } from './printing-station.ts';
import { profileWithPrinter } from './profile-with-printer.ts';

let printer: PrinterDouble;
let host: Host;
const undo: (() => void)[] = [];
beforeEach(async () => {
  printer = await startPrinterDouble();
  const profile = profileWithPrinter('wuhua', printer.address);
  const temporary = temporaryHost();
  undo.push(profile.remove, temporary.remove);
  host = await startHost({ ...temporary.options, profileDir: profile.folder });
});
afterEach(async () => {
  await host.close();
  await printer.close();
  for (const remove of undo.splice(0)) remove();
});

test('a page of a terminal knows its printer, and a fault that is planted', async () => {
  const { tickets } = createRouterClient(host.router, { context: terminalContext() });
  await vi.waitUntil(async () => (await tickets.printers()).state === 'ready', PATIENT);
  expect((await tickets.printers()).printers).toMatchObject([{ name: '1号取号机' }]);
  printer.plant({ paperOut: true });
  await vi.waitUntil(async () => (await tickets.printers()).state === 'paper-out', PATIENT);
});
