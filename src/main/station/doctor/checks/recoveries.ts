import { join } from 'node:path';
import { parseRecoveries, RECOVERIES_FILE, type Recovery } from '#shared/health/recovery.ts';
import type { StartErrorKind } from '../../start-error.ts';
import { attention, type Check, fault, ok } from '../check.ts';

const DAY_MS = 86_400_000;
/** More in a day is not chance any more. */
const MANY = 5;

/** A data folder that another program has gets no line. */
type Reason = Exclude<StartErrorKind, 'already-running'> | 'internal' | 'falls';
/** Why a host could not start, and the recovery page stood in its place. */
const NO_START: Readonly<Record<Reason, string>> = {
  'broken-profile': '因部署文件有错启动不了',
  'unknown-station': '因没有这个网点启动不了',
  'port-in-use': '因端口被占用启动不了',
  'bad-port': '因端口不能用启动不了',
  'disk-full': '因磁盘满了启动不了',
  'no-data-folder': '因数据文件夹不能用启动不了',
  'newer-database': '因数据库比程序新启动不了',
  moved: '因数据已搬到别的电脑启动不了',
  'unfinished-move': '因搬迁没有做完启动不了',
  'no-page': '因缺少页面文件启动不了',
  internal: '启动不了',
  falls: '每次启动后不久就退出',
};
const WORDS: Readonly<Record<string, string>> = {
  ...NO_START,
  gone: '意外退出',
  hung: '没有反应',
  white: '一片空白',
  covered: '点不到',
  deaf: '点了没反应',
  'not-loaded': '打不开',
  strayed: '离开了本站页面',
  'not-connected': '没有连上后台程序',
  'not-ended': '没有正常关机',
};
const WHAT: Readonly<Record<Recovery['what'], string>> = {
  page: '页面',
  browser: '浏览器',
  host: '后台程序',
  program: '整机程序',
};

/** How often something was brought back in the last day, and why. */
export const recoveries: Check = {
  id: 'recoveries',
  title: '自动恢复',
  look: ({ computer, dataDir, now }) => {
    const text = computer.read(join(dataDir, RECOVERIES_FILE))?.toString('utf8') ?? '';
    const lately = parseRecoveries(text).filter(({ at }) => at > now - DAY_MS && at <= now);
    if (lately.length === 0) return ok('最近一天没有出过要自动恢复的毛病。');
    const sentence = `最近一天自动恢复 ${lately.length} 次：${counted(lately)}。`;
    if (lately.some(({ measure }) => measure === 'recovery-page'))
      return fault(
        `${sentence}其中有一次换上了“正在恢复”的页面。`,
        '请重启一体机；还会这样，请把支持包发给维护人员。',
      );
    if (lately.length > MANY)
      return attention(
        sentence,
        '请留意是否断电、过热或内存不足；天天这样，请把支持包发给维护人员。',
      );
    return ok(sentence);
  },
};

/** Kinds of what happened with their numbers, the most frequent first. */
function counted(list: readonly Recovery[]): string {
  const counts = new Map<string, number>();
  for (const { what, reason } of list) {
    const kind = `${WHAT[what]}${WORDS[reason] ?? '出错'}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${kind} ${count} 次`)
    .join('、');
}
