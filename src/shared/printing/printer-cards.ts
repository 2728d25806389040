import type { JobReason } from './print-job.ts';
import type { TicketPrinterState } from './printer-state.ts';

/** What staff read of a printer: what is the matter, and what to do, one step a line. */
export interface PrinterCard {
  readonly title: string;
  readonly steps: readonly string[];
}

const CHECK = '弄好以后按“打印测试页”，看一看号码、汉字和二维码。';

/** The card of each state, for the staff page and for technicians' commands. In Chinese, the language of offices. */
export const PRINTER_CARDS: Readonly<Record<TicketPrinterState, PrinterCard>> = {
  ready: { title: '打印机正常', steps: [] },
  'paper-low': {
    title: '打印纸快用完了',
    steps: ['还能打，请备好一卷新纸。', '下班前或人少的时候换上。'],
  },
  'paper-out': {
    title: '打印机缺纸',
    steps: [
      '打开上盖，取出纸芯。',
      '放进新纸，印字的一面朝打印头，拉出一截。',
      '合上盖，听到“咔”的一声。',
      CHECK,
    ],
  },
  'cover-open': {
    title: '打印机的盖子没有关好',
    steps: ['看看纸有没有歪，盖下有没有纸片。', '两边一起按下，听到“咔”的一声。', CHECK],
  },
  jam: {
    title: '卡纸，或者切刀卡住了',
    steps: [
      '关掉打印机的电源，打开上盖。',
      '慢慢取出卡住的纸，不要碰切刀。',
      '合上盖，再开电源。',
      '还不行，请找维护人员。',
    ],
  },
  fault: {
    title: '打印机有故障，或者接的不是小票打印机',
    steps: ['关掉打印机的电源，等半分钟再开。', '还不行，请维护人员检查打印机、连线和串口速率。'],
  },
  offline: {
    title: '找不到打印机',
    steps: [
      '看看打印机的电源灯亮不亮，网线或数据线松了没有。',
      '关掉电源，等半分钟再开。',
      '还不行，请维护人员检查地址和网络。',
    ],
  },
  unknown: {
    title: '打印机在线，但不报告有没有纸',
    steps: ['这种接法问不到缺纸、开盖，请每天上班时看一眼纸。'],
  },
  none: {
    title: '本站没有设取号打印机',
    steps: ['号码显示在屏幕上，群众可以扫码或者抄下来。'],
  },
};

/** Why a ticket waits or did not come out, in words for staff; a reason without words needs none. */
export const REASON_WORDS: Readonly<Partial<Record<JobReason, string>>> = {
  'paper-out': '缺纸',
  'cover-open': '盖子开着',
  jam: '卡纸',
  fault: '打印机故障',
  offline: '找不到打印机',
  'no-answer': '打印机收下以后没有回话',
  'line-dropped': '打印到一半断线',
  interrupted: '打印到一半程序中断',
  late: '等得太久，没有打',
  'handed-over': '已经交给打印机，打没打出来要看出纸口',
};
