import { parseArgs } from 'node:util';
import type { JobReason } from '#shared/printing/print-job.ts';
import { PRINTER_ADDRESS_FORMS, parsePrinterAddress } from '#shared/printing/printer-address.ts';
import { PRINTER_CARDS, REASON_WORDS } from '#shared/printing/printer-cards.ts';
import type { TicketPrinterState } from '#shared/printing/printer-state.ts';
import { type SlipPaper, slipPaperSchema } from '#shared/printing/slip-layout.ts';
import { testSlip } from '#shared/printing/test-slip.ts';
import { openPrinter } from '#station/printing/open-printer.ts';
import { slipBytes } from '#station/printing/slip-bytes.ts';
import type { PrintEnd } from '#station/printing/ticket-printer.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';

const USAGE = `${CALL} print-test tcp://192.168.1.50:9100 --paper 80`;

/** What came of it: how the printer was before and after, and what is known of the page. */
interface TestReport {
  readonly printer: string;
  readonly before: TicketPrinterState;
  readonly after: TicketPrinterState;
  readonly result: PrintEnd['state'];
  readonly reason: JobReason;
}

/**
 * `print-test ADDRESS [--paper 58|80] [--json]`: prints the test page without a running terminal and says how the printer
 * is. Exit status 0 only when all of the page was taken.
 */
export async function printTest(args: readonly string[]): Promise<number> {
  const { address, paper, json } = options(args);
  const report = await printOn(address, paper);
  console.log(json ? JSON.stringify(report) : sentences(report).join('\n'));
  return report.result === 'printed' ? 0 : 1;
}

async function printOn(text: string, paper: SlipPaper): Promise<TestReport> {
  const address = parsePrinterAddress(text);
  if (address === undefined)
    throw new CliError(`打印机地址不对：${text}。请${PRINTER_ADDRESS_FORMS}。`);
  const printer = openPrinter(address);
  const heard: TicketPrinterState[] = [];
  const slip = testSlip({ station: '（未指定）', printer: text, at: Date.now() });
  const end = await printer.print({
    bytes: slipBytes(slip, paper),
    title: 'kiosk-test',
    sending: () => {},
    handedOver: () => {},
    heard: (state) => heard.push(state),
  });
  const { state: result, reason } = end;
  const [before = 'unknown'] = heard;
  return { printer: text, before, after: heard.at(-1) ?? 'unknown', result, reason };
}

function sentences({ printer, after, result, reason }: TestReport): string[] {
  const { title, steps } = PRINTER_CARDS[after];
  return [`${printer}：${title}。`, outcome(result, reason), ...steps];
}

function outcome(result: PrintEnd['state'], reason: JobReason): string {
  const why = REASON_WORDS[reason];
  if (result === 'not-sent') return `测试页没有打印：${why ?? '没有发出去'}。`;
  if (result === 'in-doubt')
    return `测试页打出来没有，说不准：${why ?? '没有回话'}。请看一眼出纸口。`;
  return why === undefined ? '测试页已经打印，打印机说打完了。' : `测试页已经发送；${why}。`;
}

function options(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const [address] = positionals;
  const paper = slipPaperSchema.safeParse(values.paper);
  if (address === undefined || positionals.length !== 1)
    throw new CliError(`请写明打印机的地址，例如 ${USAGE}。`);
  if (!paper.success) throw new CliError('纸宽只有 58 和 80（毫米）两种。');
  return { address, paper: paper.data, json: values.json };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        paper: { type: 'string', default: '80' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${USAGE}。`, { cause: error });
  }
}
