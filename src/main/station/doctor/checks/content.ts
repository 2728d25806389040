import { scopeChain } from '#shared/content/scope.ts';
import {
  MISSING_CALENDAR_REMEDY,
  missingCalendar,
  missingCalendarSentence,
} from '#shared/stations/missing-calendar.ts';
import { newestPublication } from '../../content/content-store.ts';
import { first, sql } from '../../store/sql.ts';
import { attention, type Check, fault, ok } from '../check.ts';

const DAY_MS = 86_400_000;
/** Half a year without any change: nobody looks after the content. */
const OLD_DAYS = 180;

/** The age of the content, records whose time is over, and next year's public holidays. */
export const content: Check = {
  id: 'content',
  title: '内容',
  look: ({ cache, place, now }) => {
    const newest = cache.db && newestPublication(cache.db);
    if (cache.db === undefined || place === undefined || newest === undefined)
      return fault(
        '没有内容可以显示。',
        '请检查部署文件夹（kiosk profile check），再启动一次一体机。',
      );
    const today = place.library.contentDay();
    const expired =
      first<{ count: number }>(
        cache.db,
        sql`select count(*) as count from record where valid_until < ${today} and scope in (${scopeChain(place.library.station)})`,
      )?.count ?? 0;
    const asOf = newest.slice(0, 10);
    if (expired > 0)
      return attention(
        `内容更新到 ${asOf}；有 ${expired} 条过了有效期，已不显示。`,
        '请让编辑人员补上新的，或撤下旧的。',
      );
    const days = Math.floor((now - Date.parse(newest)) / DAY_MS);
    if (days > OLD_DAYS)
      return attention(
        `内容 ${days} 天没有更新了（${asOf}）。`,
        '请让编辑人员核对一遍，更新内容。',
      );
    const year = missingCalendar(
      place.library.records('hours').map(({ body }) => body),
      place.library.ever('calendar').map(({ body }) => body.year),
      today,
    );
    return year === undefined
      ? ok(`内容更新到 ${asOf}，没有过期的。`)
      : attention(`${missingCalendarSentence(year)}。`, `${MISSING_CALENDAR_REMEDY}。`);
  },
};
