import { z } from 'zod';

const NUMERAL = '[零一二三四五六七八九十百千]+';
const ARTICLE = `第${NUMERAL}条(?:之${NUMERAL})?(?:第${NUMERAL}款)?(?:第${NUMERAL}(?:至第${NUMERAL})?项)?`;
const ARTICLES = new RegExp(`^${ARTICLE}(?:(?:、|至)(?:${ARTICLE}|第${NUMERAL}[款项]))*$`);

/**
 * A reference to a rule of law, by the name of the law without 中华人民共和国 and the article as it is read aloud.
 * `version` names the text meant where several are about; `confirm` marks one that a publisher must check first.
 */
export const citationSchema = z.strictObject({
  law: z
    .string()
    .min(2)
    .regex(/^[^《》]+$/, '只写法律名称，不要书名号'),
  article: z.string().regex(ARTICLES, '条文写成"第三十一条第五项"，几条之间用顿号').optional(),
  version: z
    .string()
    .max(24)
    .regex(/^[^（）()]+$/, '写成"2025年修订"或"司法部令第132号"，不要括号')
    .optional(),
  confirm: z.string().optional(),
});
export type Citation = z.infer<typeof citationSchema>;

/**
 * A citation as it is printed: 《法律援助法》第三十一条第五项; with the text that is meant, where the record says which:
 * 《治安管理处罚法》（2025年修订）第八十八条.
 */
export function formatCitation({ law, version, article = '' }: Citation): string {
  return `《${law}》${version === undefined ? '' : `（${version}）`}${article}`;
}

/** Several citations in one line, joined as Chinese text joins them. */
export function formatCitations(citations: readonly Citation[]): string {
  return citations.map(formatCitation).join('、');
}
