import type { ContentRecord } from '#shared/content/envelope.ts';
import { notice } from '../../district/feed/sample-feed.ts';

/** Words of such notices; mixed anew in each, they pack about as real ones do. */
const WORDS =
  '窗口 值班 律师 星期六 上午 下午 办理 材料 身份证 复印件 免费 咨询 法律援助 申请 公证 调解 预约 街道 社区 服务站 地址 电话 工作日 节假日 请先 取号 等候 通知 安排 调整 恢复 暂停 受理 期限 三个 五个 十五个 经济困难 证明 劳动 报酬 赡养 抚养 交通事故 土地 承包 合同 纠纷 人民调解员 到场 登记 审查 决定 书面 告知 异议 复查 监督 投诉 建议 热线 夜间 自助 终端'.split(
    ' ',
  );

/** Mulberry32: the same seed gives the same records. */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A notice whose row is about 1 KB long. */
export function sampleRecord(at: number, version: number, chance: () => number): ContentRecord {
  const record = notice(`n${at}`, version);
  const words = Array.from({ length: 95 }, () => WORDS[Math.floor(chance() * WORDS.length)] ?? '');
  const title = `${words.slice(0, 4).join('')}通知 ${at}`;
  return { ...record, body: { ...record.body, title, text: `${words.join('')}。` } };
}
