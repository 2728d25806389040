import { refusedNumbers } from '../../queue/queue-events.ts';
import { otherStation } from '../../queue/terminals/queue-host-setting.ts';
import { attention, type Check, fault, notApplicable, ok } from '../check.ts';

/** Numbers in people's hands that no window can call. */
export const queue: Check = {
  id: 'queue',
  title: '排队号',
  look: ({ place, station: { db } }) => {
    const { library } = place ?? {};
    const hasQueue = library
      ?.shown('queue-plan', 'zh-CN')
      .some(({ body }) => body.station === library.station);
    if (db === undefined || hasQueue !== true) return notApplicable('本站没有排队。');
    const other = otherStation(db);
    if (other !== undefined)
      return fault(
        `排队主机是网点 ${other} 的，和这台终端不一样，这里发的号窗口叫不到。`,
        '请把两台终端的网点（启动时的 --station）改成一样的，或者在“大厅里的其他取号机”里退出。',
      );
    const twice = refusedNumbers(db).map(({ number }) => number);
    if (twice.length === 0) return ok('发出去的号，窗口都叫得到。');
    return attention(
      `${[...new Set(twice)].join('、')} 各有两张，其中一张窗口叫不到。`,
      '多半是取号机断线时改了业务的字母。请在大厅里找到持号人重新取号；各取号机都连上以后再改字母。',
    );
  },
};
