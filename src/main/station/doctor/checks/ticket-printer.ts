import { PRINTER_CARDS } from '#shared/printing/printer-cards.ts';
import { PRINTER_STATES } from '#shared/printing/printer-state.ts';
import { attention, type Check, fault, notApplicable, ok } from '../check.ts';

/** Ticket printers and their paper. One that stands in for another makes a fault a matter of attention. */
export const ticketPrinter: Check = {
  id: 'ticket-printer',
  title: '小票打印机',
  look: async ({ ticketPrinters }) => {
    const printers = await ticketPrinters();
    if (printers.length === 0) return notApplicable('没有设置小票打印机，取号不打纸。');
    const troubled = printers.find(
      ({ state }) => PRINTER_STATES[state].needsStaff || state === 'none',
    );
    if (troubled === undefined) {
      const mute = printers.some(({ state }) => state === 'unknown');
      return ok(mute ? '打印机接着，但是说不出有没有纸，请看一眼。' : '打印机都正常，有纸。');
    }
    const { title, steps } = PRINTER_CARDS[troubled.state];
    const sentence = `${troubled.name}：${title}。`;
    const remedy = steps[0] ?? '请检查打印机的电源和连线。';
    const prints = printers.some(({ state }) => PRINTER_STATES[state].prints);
    return prints ? attention(sentence, remedy) : fault(sentence, remedy);
  },
};
