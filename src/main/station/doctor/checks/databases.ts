import { basename } from 'node:path';
import { setImmediate as otherWork } from 'node:timers/promises';
import { isWhole } from '../../content/division-digest.ts';
import { feedDivisions } from '../../content/feed-divisions.ts';
import { rottenRecords } from '../../content/record-sums.ts';
import { countPending } from '../../search/search-index.ts';
import { isDoubtful } from '../../store/cache-database.ts';
import { knownVersion } from '../../store/open-database.ts';
import type { ReadableDb } from '../../store/sql.ts';
import { attention, type Check, type ExaminedDatabase, fault, type Outcome, ok } from '../check.ts';
import type { Computer } from '../computer.ts';

const MB = 1024 ** 2;
/** Written back at each close and whenever SQLite gets to it; a larger one says that it does not. */
const WAL_AT_MOST = 64 * MB;
/** Larger ones are read whole only at a start: it would keep visitors waiting. */
const CHECKED_AT_MOST = 256 * MB;

/** Both databases: sound, of this program's version, their logs written back, and all that the cache holds readable and found. */
export const databases: Check = {
  id: 'databases',
  title: '数据库',
  look: async ({ station, cache, computer }) => {
    const trouble =
      ofStation(station) ??
      ofCache(cache) ??
      (await ofRecords(cache)) ??
      ofLogs([station, cache], computer);
    if (trouble !== undefined) return trouble;
    const sizes = [station, cache].map(
      ({ path }) => `${basename(path)} ${(computer.sizeOf(path) / MB).toFixed(1)} MB`,
    );
    return ok(`两个数据库完好（${sizes.join('，')}）${ofIndex(cache)}。`);
  },
};

function ofStation({ db, trouble, path }: ExaminedDatabase): Outcome | undefined {
  const restart = '请重启一体机，它会换上最近的好备份；坏的文件会留着，请把它报上来。';
  if (trouble === 'missing')
    return fault(
      '还没有 station.sqlite，这个数据文件夹没有启动过一体机。',
      '请先启动一次一体机，或用 --data 写对数据文件夹。',
    );
  if (db === undefined)
    return trouble === 'damaged'
      ? fault('station.sqlite 坏了。', restart)
      : fault('station.sqlite 打不开。', '请检查数据文件夹的权限，用运行一体机的用户来检查。');
  if (!isSound(db)) return fault('station.sqlite 坏了。', restart);
  return versionTrouble(db, 'station', basename(path));
}

function ofCache({ db, trouble, path }: ExaminedDatabase): Outcome | undefined {
  const rebuild = '请重启一体机，它会自己重建。';
  if (trouble === 'missing') return attention('还没有 cache.sqlite。', rebuild);
  if (db === undefined || !isSound(db)) return fault('cache.sqlite 坏了或打不开。', rebuild);
  return versionTrouble(db, 'cache', basename(path));
}

/** What a host that runs mends by itself; where it stands in the report, it could not yet, or none runs. */
async function ofRecords({ db, path }: ExaminedDatabase): Promise<Outcome | undefined> {
  if (isDoubtful(path))
    return fault('cache.sqlite 读出过错。', '请重启一体机，它会自己检查、修好；不重启，夜里也会。');
  if (db === undefined) return undefined;
  const rotten = isLarge(db) ? 0 : await countRotten(db);
  if (rotten === 0) return ofFeed(db);
  return fault(
    `cache.sqlite 里有 ${rotten} 条内容坏了，暂不显示。`,
    '请重启一体机，它会自己补上；补上以后又坏，请检查磁盘。',
  );
}

/** What had rotted was taken out; without a network its source does not bring it by itself. */
function ofFeed(db: ReadableDb): Outcome | undefined {
  const lacking = [...feedDivisions(db)].filter((division) => !isWhole(db, division));
  if (lacking.length === 0) return undefined;
  return attention(
    `区划 ${lacking.join('、')} 的内容可能不全，等区县再给。`,
    '联网的终端会自己补上；没有联网的，请用 U 盘再导入一次区县的内容。',
  );
}

function ofLogs(examined: readonly ExaminedDatabase[], computer: Computer): Outcome | undefined {
  for (const { path } of examined) {
    const size = computer.sizeOf(`${path}-wal`);
    if (size > WAL_AT_MOST)
      return attention(
        `${basename(path)} 的日志有 ${Math.round(size / MB)} MB，没有并回去。`,
        '请在没有人的时候重启一体机。',
      );
  }
  return undefined;
}

/** Just after much was brought some still waits; on a full disk, which has checks of its own, it goes on waiting. */
function ofIndex({ db }: ExaminedDatabase): string {
  const waiting = db === undefined ? 0 : countPending(db);
  return waiting === 0 ? '' : `，还有 ${waiting} 条在排队编进搜索`;
}

async function countRotten(db: ReadableDb): Promise<number> {
  let count = 0;
  for (const rotten of rottenRecords(db)) {
    count += rotten.length;
    await otherWork();
  }
  return count;
}

function isSound(db: ReadableDb): boolean {
  try {
    return isLarge(db) || db.read.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch {
    return false;
  }
}

function isLarge({ read }: ReadableDb): boolean {
  const pages = Number(read.pragma('page_count', { simple: true }));
  return pages * Number(read.pragma('page_size', { simple: true })) > CHECKED_AT_MOST;
}

function versionTrouble(
  { read }: ReadableDb,
  name: 'station' | 'cache',
  file: string,
): Outcome | undefined {
  const found = Number(read.pragma('user_version', { simple: true }));
  const known = knownVersion(name);
  if (found > known)
    return fault(`${file} 是更新版本的程序写的。`, '请安装新版本的程序，数据不用动。');
  if (found < known)
    return attention(`${file} 还是旧版本的格式。`, '请启动一次一体机，它会自己升级数据。');
  return undefined;
}
