import { first, sql } from '../../store/sql.ts';
import { type Check, fault, notApplicable, ok } from '../check.ts';

/** A clock that was a little fast when something was written is no fault. */
const TOLERANCE_MS = 10 * 60_000;
const REMEDY = '请把电脑的日期和时间调对；总是走错，就换主板电池，并打开自动对时。';

/** The clock against what cannot lie in the future: published content, and what this terminal wrote itself. */
export const clock: Check = {
  id: 'clock',
  title: '时钟',
  look: ({ place, station, now }) => {
    if (place?.library.isClockRight() === false)
      return fault('电脑的日期比已经发布的内容还早很多。', REMEDY);
    const written =
      // The last that was written, not the latest hour: a clock that once ran years ahead was put right long ago.
      station.db &&
      first<{ at: number }>(station.db, sql`select at from audit order by seq desc limit 1`);
    if (written !== undefined && written.at > now + TOLERANCE_MS)
      return fault('电脑的时间比以前的操作记录还早，时钟倒退过。', REMEDY);
    return place === undefined
      ? notApplicable('还没有内容，不能对照日期。')
      : ok('日期和内容、记录对得上。');
  },
};
