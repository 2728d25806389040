import { type DoctorReport, type Finding, VERDICT_WORDS } from '../health/finding.ts';
import type { Slip, SlipBlock } from './slip.ts';
import { slipTime } from './ticket-slip.ts';

/** The self-test on paper (自检单): each check on a line, then what to do. */
export function healthSlip(report: DoctorReport, station: string): Slip {
  const troubles = report.findings.filter(({ remedy }) => remedy !== undefined);
  return {
    label: '自检单',
    blocks: [
      { type: 'line', role: 'title', text: '自检单' },
      { type: 'pair', label: '网点', value: station },
      { type: 'pair', label: '时间', value: slipTime(report.at) },
      { type: 'pair', label: '程序', value: report.programVersion },
      { type: 'pair', label: '结果', value: VERDICT_WORDS[report.verdict] },
      { type: 'rule' },
      ...report.findings.map(({ title, verdict }): SlipBlock => {
        return { type: 'pair', label: title, value: VERDICT_WORDS[verdict] };
      }),
      ...(troubles.length === 0 ? [] : remedies(troubles)),
      { type: 'rule' },
      { type: 'line', role: 'plain', text: '查看人签名：' },
    ],
  };
}

function remedies(troubles: readonly Finding[]): SlipBlock[] {
  const items = troubles.map(({ sentence, remedy = '' }) => `${sentence}${remedy}`);
  return [
    { type: 'rule' },
    { type: 'line', role: 'heading', text: '要处理的：' },
    { type: 'list', items },
  ];
}
