import type { DistrictErrorCode } from '#shared/operations/district-error.ts';

/** One sentence for whoever reads the answer: staff and technicians, never visitors. */
const SENTENCES: Readonly<Record<DistrictErrorCode, string>> = {
  'bad-input': '内容不符合约定的格式。',
  signature: '终端签名不对，或者本区县没有登记这台终端。',
  clock: '终端时间与服务器相差超过十分钟，请校准时间。',
  'not-signed-in': '没有登录，或者登录已经失效，请重新登录。',
  code: '登记码不对、已经用过或者过期了，请到区县重新领取。',
  'other-outlet': '登记码是给别的网点的，请按这台终端所在的网点重新领取。',
  'known-key': '这台终端的密钥登记过了，请在终端上重新登记一次。',
  revoked: '这台终端已停用，请联系区县。',
  'not-allowed': '您没有做这件事的权限。',
  'not-found': '没有找到，可能已被删除。',
  changed: '别人刚刚改过，请刷新后再试。',
  'too-large': '内容太长，请分几次提交。',
  'bad-range': '文件没有要取的这一段。',
  version: '程序版本太旧，请先升级终端程序。',
  'too-many': '请求太频繁，请稍后再试。',
  internal: '服务器出了问题，请稍后再试或者联系技术人员。',
  later: '服务器正忙，请稍后再试。',
};

/** A request that fails in one of the ways of the protocol. */
export class DistrictFault extends Error {
  readonly code: DistrictErrorCode;
  /** Seconds, for `too-many` and `later`. */
  readonly retryAfter: number | undefined;
  constructor(
    code: DistrictErrorCode,
    sentence = SENTENCES[code],
    retryAfter?: number,
    options?: ErrorOptions,
  ) {
    super(sentence, options);
    this.name = 'DistrictFault';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
