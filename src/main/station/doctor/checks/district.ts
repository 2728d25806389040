import { readEnrolled } from '../../district/enrolled.ts';
import { lastHeardAt } from '../../district/heard.ts';
import { outboxState } from '../../district/outbox.ts';
import { attention, type Check, notApplicable, ok } from '../check.ts';

/** An operation that has waited so long tells that nothing goes through. */
const LONG_MS = 3 * 24 * 3_600_000;

/** The district's server: whether this terminal belongs to one, and whether what it has to say goes through. */
export const district: Check = {
  id: 'district',
  title: '区县服务器',
  look: ({ station, now }) => {
    const enrolled = station.db && readEnrolled(station.db);
    if (station.db === undefined || enrolled === undefined)
      return notApplicable('还没有登记到区县服务器，本机独立运行。');
    const { name } = enrolled.district;
    if (enrolled.revokedAt !== undefined)
      return attention(
        `${name}已停用这台终端，内容照常显示，但不再收发。`,
        '要继续使用，请向区县要新的登记码。',
      );
    const { waiting, oldestAt, refused } = outboxState(station.db);
    if (oldestAt !== undefined && now - oldestAt > LONG_MS)
      return attention(
        `有 ${waiting} 条记录三天多没有送到${name}。`,
        '请检查网络，或用 U 盘导出送去。',
      );
    const heardAt = lastHeardAt(station.db);
    if (heardAt !== undefined && now - heardAt > LONG_MS)
      return attention(
        `三天多没有联系上${name}，新内容不会来，这里的情况他们也看不到。`,
        '请检查网络，或问区县服务器是不是停了；显示、查询和取号照常。',
      );
    if (refused.length > 0)
      return attention(
        `${name}有 ${refused.length} 条没有接受。`,
        '请编辑人员在“修改本站内容”里查看。',
      );
    return ok(
      waiting === 0 ? `已登记到${name}，记录都已送到。` : `已登记到${name}，${waiting} 条正在送。`,
    );
  },
};
