import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../start-error.ts';

/** Held while a host uses a data folder; the operating system lets go of it however the program ends. */
export interface InstanceLock {
  readonly release: () => void;
}

/**
 * Makes sure that one program at a time uses a data folder. SQLite's own file lock does it, because Node has none.
 * Throws `StartError` when another host holds it.
 */
export function lockDataFolder(folder: string): InstanceLock {
  const database = new Database(join(folder, 'instance.lock'), { timeout: 0 });
  try {
    database.pragma('journal_mode = MEMORY');
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StartError(
        'already-running',
        `另一个终端程序正在使用数据文件夹 ${folder}，请先关掉它，或用 --data 换一个文件夹。`,
      );
    }
    throw error;
  }
  return { release: () => database.close() };
}
