import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type PrinterDouble, startPrinterDouble } from '../printing/printer-double.ts';
import { freePort, startPrivateCups } from '../station/papers/private-cups.ts';

const COMMAND = join(import.meta.dirname, '../../src/main/cli/kiosk.ts');

function printTest(...args: string[]): Promise<{ status: number; out: string; errors: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, 'print-test', ...args], (error, out, errors) =>
      resolve({ status: error === null ? 0 : Number(error.code), out, errors }),
    );
  });
}

let printer: PrinterDouble;
beforeEach(async () => {
  printer = await startPrinterDouble();
});
afterEach(() => printer.close());

test('prints the test page and says that the printer is well', async () => {
  const { status, out } = await printTest(printer.address);
  expect({ status, out }).toEqual({
    status: 0,
    out: `${printer.address}：打印机正常。\n测试页已经打印，打印机说打完了。\n`,
  });
  expect(printer.roll.slips).toHaveLength(1);
  expect(printer.roll.slips[0]).toMatchObject({
    faults: [],
    codes: [expect.stringContaining('测试页')],
  });
});

test('without paper it prints nothing, says so and what to do, and fails', async () => {
  printer.plant({ paperOut: true });
  const { status, out } = await printTest(printer.address);
  expect(status).toBe(1);
  expect(out).toContain('打印机缺纸。\n测试页没有打印：缺纸。\n打开上盖');
  expect(printer.roll.unfinished().lines).toEqual([]);
});

test('of a printer that is not there', async () => {
  const { status, out } = await printTest(`tcp://127.0.0.1:${await freePort()}`, '--json');
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ...{ before: 'offline', after: 'offline', result: 'not-sent', reason: 'offline' },
  });
});

test('as JSON, one object', async () => {
  printer.plant({ paperLow: true });
  const { status, out } = await printTest(printer.address, '--json', '--paper', '58');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual({
    ...{ printer: printer.address, before: 'paper-low', after: 'paper-low' },
    ...{ result: 'printed', reason: '' },
  });
});

test('through a raw queue of a real CUPS the page comes out whole, and nobody claims to know that it did', async () => {
  const cups = await startPrivateCups();
  vi.stubEnv('CUPS_SERVER', cups.server);
  try {
    cups.addQueue('roll', printer.port);
    const { status, out } = await printTest('cups:roll', '--json');
    expect({ status, ...(JSON.parse(out) as object) }).toEqual({
      ...{ status: 0, printer: 'cups:roll', before: 'unknown', after: 'unknown' },
      ...{ result: 'printed', reason: 'handed-over' },
    });
    await vi.waitFor(() => expect(printer.roll.slips).toHaveLength(1), { timeout: 60_000 });
    expect(printer.roll.slips[0]).toMatchObject({
      faults: [],
      codes: [expect.stringContaining('测试页')],
    });
  } finally {
    vi.unstubAllEnvs();
    await cups.stop();
  }
}, 120_000);

test.each([
  [[], '请写明打印机的地址'],
  [['lp0'], '打印机地址不对：lp0'],
  [['preview:', '--paper', '70'], '纸宽只有 58 和 80'],
  [['preview:', '--colour'], '命令写得不对'],
])('%j is refused with one sentence', async (args, sentence) => {
  const { status, errors } = await printTest(...args);
  expect(status).toBe(1);
  expect(errors).toContain(sentence);
  expect(errors.trim().split('\n')).toHaveLength(1);
});
