import { basename } from 'node:path';
import { knownVersion } from '../../store/open-database.ts';
import type { ReadableDb } from '../../store/sql.ts';
import { attention, type Check, type ExaminedDatabase, fault, type Outcome, ok } from '../check.ts';

const MB = 1024 ** 2;
/** Written back at each close and whenever SQLite gets to it; a larger one says that it does not. */
const WAL_AT_MOST = 64 * MB;
/** Larger ones are read whole only at a start: it would keep visitors waiting. */
const CHECKED_AT_MOST = 256 * MB;

/** Both databases: sound, of this program's version, their logs written back. */
export const databases: Check = {
  id: 'databases',
  title: '数据库',
  look: ({ station, cache, computer }) => {
    const trouble = ofStation(station) ?? ofCache(cache);
    if (trouble !== undefined) return trouble;
    for (const { path } of [station, cache]) {
      const size = computer.sizeOf(`${path}-wal`);
      if (size > WAL_AT_MOST)
        return attention(
          `${basename(path)} 的日志有 ${Math.round(size / MB)} MB，没有并回去。`,
          '请在没有人的时候重启一体机。',
        );
    }
    const sizes = [station, cache].map(
      ({ path }) => `${basename(path)} ${(computer.sizeOf(path) / MB).toFixed(1)} MB`,
    );
    return ok(`两个数据库完好（${sizes.join('，')}）。`);
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

function isSound({ read }: ReadableDb): boolean {
  try {
    const pages = Number(read.pragma('page_count', { simple: true }));
    const bytes = pages * Number(read.pragma('page_size', { simple: true }));
    return bytes > CHECKED_AT_MOST || read.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch {
    return false;
  }
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
