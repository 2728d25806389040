import type { Slip } from './slip.ts';
import { slipTime } from './ticket-slip.ts';

/** What the test page names. */
export interface TestOccasion {
  readonly station: string;
  /** Where the page was sent: the printer's name, or the address that a technician gave. */
  readonly printer: string;
  readonly at: number;
}

/**
 * The test page: what a technician has to look at, one thing a line. Rare characters are of GB18030's four-byte part;
 * a printer that knows only GBK shows two wrong signs there.
 */
export function testSlip({ station, printer, at }: TestOccasion): Slip {
  return {
    label: '打印机测试页',
    blocks: [
      { type: 'line', role: 'title', text: '打印机测试页' },
      { type: 'line', role: 'number', text: 'A012' },
      { type: 'pair', label: '网点', value: station },
      { type: 'pair', label: '打印机', value: printer },
      { type: 'pair', label: '时间', value: slipTime(at) },
      { type: 'rule' },
      { type: 'line', role: 'heading', text: '请逐项看一看：' },
      {
        type: 'list',
        items: [
          '上面的号码又大又黑，没有断线；',
          '常用字：公共法律服务，法律援助；',
          '生僻字：㙓、䶮、喆、堃、镕；',
          '标点和英文：《》“”（）、ABC xyz 0123456789 @#%&*；',
          '一行满了自动换行，行首没有句号，右边没有缺字；',
          '下面的二维码用手机扫得出来；',
          '纸在最后一行的下面切断。',
        ],
      },
      { type: 'rule' },
      { type: 'qr', text: `打印机测试页 ${slipTime(at)} 扫得出来就是好的`, caption: '手机扫一扫' },
      { type: 'line', role: 'mark', text: '反白' },
    ],
  };
}
