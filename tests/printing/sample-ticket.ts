import type { Slip } from '#shared/printing/slip.ts';
import { ticketSlip } from '#shared/printing/ticket-slip.ts';

/** A ticket with everything that a ticket can say. */
export function sampleTicket(number = 'A012'): Slip {
  return ticketSlip({
    station: '昆明市五华区华山街道公共法律服务工作站',
    number,
    line: '法律援助',
    ahead: 3,
    wait: { from: 15, to: 25 },
    windows: ['2号窗口', '3号窗口'],
    priority: '老年人',
    service: {
      title: '申请支付劳动报酬法律援助',
      bring: [
        '身份证原件，复印件1份',
        '劳动合同、工资条、考勤记录等能证明劳动关系和欠薪数额的材料',
      ],
      fee: '免费',
      timeLimit: '7日内决定',
    },
    qr: {
      text: `${number} 2026-11-23 华山街道公共法律服务工作站`,
      caption: '手机扫一扫，带走这个号',
    },
    notes: ['叫到号时没听见，请到窗口说一声。'],
    issuedAt: Date.parse('2026-11-23T10:05:00+08:00'),
  });
}
