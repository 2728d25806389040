import type { Operation } from '#shared/operations/operation.ts';
import type { OperationResult, RefusalCode } from '#shared/operations/operation-result.ts';
import type { District } from '../district.ts';
import type { Db } from '../store/sql.ts';
import type { Terminal } from '../terminals/terminals.ts';

/** Who sent an operation, and where it is applied. */
export interface Sent {
  readonly district: District;
  readonly db: Db;
  readonly terminal: Terminal;
  readonly operation: Operation;
}

type WithoutId<Result> = Result extends OperationResult ? Omit<Result, 'id'> : never;

/** What became of an operation, before its id is put to it. */
export type Outcome = WithoutId<OperationResult>;

/** One sentence for the station's staff. */
const SENTENCES: Readonly<Record<RefusalCode, string>> = {
  'unknown-type': '区县的程序还不认识这一类数据，区县升级后可以重新发送。',
  'bad-body': '数据格式不对，区县没有接收。',
  'foreign-scope': '这条内容不属于本网点，不能由本网点修改。',
  'locked-field': '这一项由区县统一管理，本网点不能修改。',
  unsound: '修改后的内容不完整或者不符合格式，请检查后重新提交。',
  'not-there': '这条内容已经不在了，没有可以修改的。',
  'unknown-key': '加密用的密钥区县没有，请重新登记终端。',
  'reused-id': '同一个编号已经用于另一件事，请联系技术人员。',
};

/** A refusal with its sentence, or with one that says more of this case. */
export function refused(code: RefusalCode, message = SENTENCES[code]): Outcome {
  return { status: 'refused', code, message };
}
