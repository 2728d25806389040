import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { backupsOf } from '../../store/station-database.ts';
import { attention, type Check, notApplicable, ok } from '../check.ts';

const DAY_MS = 86_400_000;
/** Nightly and at each close; three days without one is no weekend. */
const DAYS_AT_MOST = 3;

/** The age of the newest backup beside the database. */
export const backup: Check = {
  id: 'backup',
  title: '备份',
  look: ({ station, now }) => {
    if (!existsSync(dirname(station.path)) || station.trouble === 'missing')
      return notApplicable('还没有要备份的数据。');
    const [newest] = backupsOf(station.path);
    if (newest === undefined)
      return attention('还没有备份。', '一体机每夜三点自己备份；现在就要，请运行 kiosk backup。');
    const days = (now - Number(/\d{13}/.exec(basename(newest))?.[0])) / DAY_MS;
    if (days < 0)
      return attention(
        '最近的备份写着以后的日期，做它的时候时钟走快了，看不出它有多新。',
        '请先看“时钟”一项；然后运行 kiosk backup 另做一份。',
      );
    return days > DAYS_AT_MOST
      ? attention(
          `最近的备份是 ${Math.floor(days)} 天以前的。`,
          '请看夜里三点电脑是不是关着、磁盘是不是满了；现在就要，请运行 kiosk backup。',
        )
      : ok('三天以内有备份。');
  },
};
