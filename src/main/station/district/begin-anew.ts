import { readSetting, writeSetting } from '../store/settings.ts';
import { transaction, type WritableDb } from '../store/sql.ts';
import { sendAgain } from './outbox.ts';

const DIVISION_EPOCH = 'district-epoch';
const SERVER_EPOCH = 'district-server-epoch';

/**
 * Another epoch of the own division's numbering: the server may have lost what it took (docs/protocol.md, 3.3). Undefined where
 * nothing is published. Gives how many operations go again.
 */
export function heedDivision(db: WritableDb, epoch: string | undefined, now: number): number {
  if (epoch === undefined || epoch === readSetting(db, DIVISION_EPOCH)) return 0;
  // Also the first epoch that is seen: what was taken before may be lost already, and to ask again is harmless.
  return beginAnew(db, DIVISION_EPOCH, epoch, now);
}

/**
 * The life of the server's database tells the same where nothing is published for the own division, or its change has not come yet.
 * Undefined from an older server. Gives how many operations go again.
 */
export function heedServer(db: WritableDb, epoch: string | undefined, now: number): number {
  const known = readSetting(db, SERVER_EPOCH);
  if (epoch === undefined || epoch === known) return 0;
  if (known !== undefined) return beginAnew(db, SERVER_EPOCH, epoch, now);
  // A server that has one only now is the one that took what was sent before.
  transaction(db, () => writeSetting(db, SERVER_EPOCH, epoch, now));
  return 0;
}

function beginAnew(db: WritableDb, setting: string, epoch: string, now: number): number {
  return transaction(db, () => {
    writeSetting(db, setting, epoch, now);
    return sendAgain(db);
  });
}
