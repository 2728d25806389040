import Database from 'better-sqlite3';

/** Whether an error says that the disk is full or cannot be written. */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof Database.SqliteError)
    return /^SQLITE_(?:FULL|IOERR_WRITE|IOERR_SHMSIZE|READONLY)/.test(error.code);
  return (
    error instanceof Error &&
    ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String((error as NodeJS.ErrnoException).code))
  );
}
