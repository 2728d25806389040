import { type Check, fault, notApplicable, ok } from '../check.ts';

/** The A4 printer, as CUPS knows it. */
export const paperPrinter: Check = {
  id: 'paper-printer',
  title: 'A4 打印机',
  look: async ({ place, paperPrinter: ask }) => {
    const queue = /^cups:(.+)$/.exec(place?.profile.printer.document ?? '')?.[1];
    if (queue === undefined) return notApplicable('没有设置 A4 打印机，告知单用二维码带走。');
    return (await ask(queue)) === 'ready'
      ? ok(`打印机 ${queue} 可以打印。`)
      : fault(
          `打印机 ${queue} 现在打不了。`,
          `请看打印机的电源、纸和提示灯，再用 lpstat -l -p ${queue} 看原因。`,
        );
  },
};
