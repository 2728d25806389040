import type { LocalDate } from '../time/local-date.ts';

/**
 * Changes of the law that are known though no imported text tells of them. Each must be checked against the National
 * Database of Laws and Regulations before a release, and leaves this list by nothing: once the text is imported, it counts.
 */
interface KnownRevision {
  /** Plain title. */
  readonly law: string;
  /** As citations name it: 2025年修订. */
  readonly version: string;
  readonly inForceFrom: LocalDate;
}

export const KNOWN_REVISIONS: readonly KnownRevision[] = [
  { law: '治安管理处罚法', version: '2025年修订', inForceFrom: '2026-01-01' },
  { law: '仲裁法', version: '2025年修订', inForceFrom: '2026-03-01' },
];

interface KnownRepeal {
  /** Plain title of the text that ended. */
  readonly law: string;
  /** The decision that ended it. */
  readonly by: string;
  readonly from: LocalDate;
}

/** 最高人民法院关于废止部分司法解释及相关规范性文件的决定, of the day on which the Civil Code began. */
const CLEARANCE_OF_2020 = { by: '法释〔2020〕16号', from: '2021-01-01' } as const;

/**
 * Interpretations that ended though their title names no law that did. Those that explain a law that ended need no line
 * here: `law-state.ts` tells them by that law.
 */
export const KNOWN_REPEALS: readonly KnownRepeal[] = [
  '最高人民法院关于审理名誉权案件若干问题的解答',
  '最高人民法院关于审理名誉权案件若干问题的解释',
  '最高人民法院关于审理涉及夫妻债务纠纷案件适用法律有关问题的解释',
  '最高人民法院关于审理建设工程施工合同纠纷案件适用法律问题的解释',
  '最高人民法院关于审理建设工程施工合同纠纷案件适用法律问题的解释（二）',
  '最高人民法院关于审理劳动争议案件适用法律若干问题的解释',
  '最高人民法院关于审理劳动争议案件适用法律若干问题的解释（二）',
  '最高人民法院关于审理劳动争议案件适用法律若干问题的解释（三）',
  '最高人民法院关于审理劳动争议案件适用法律若干问题的解释（四）',
].map((law) => ({ law, ...CLEARANCE_OF_2020 }));
