import { readArticleReference } from '#shared/search/article-reference.ts';
import { compact } from '#shared/search/fold-text.ts';
import { isOver, isTold, raise, type Work } from './scores.ts';

/** Articles of law that answer without its words: cited by good answers, asked for by number or name, told of in other words. */
export function answerFromLaw(work: Work): void {
  followCitations(work);
  answerReference(work);
  answerNames(work);
  answerTold(work);
}

/** Questions and guides whose citations are followed. */
const MOST_FOLLOWED = 6;
const WORTH_FOLLOWING = 42;

/** The articles that a good answer cites answer the question, too, whatever words they use. */
function followCitations(work: Work): void {
  const { lists, scores } = work;
  const citing = [...scores.values()]
    .filter(({ document }) => ['service', 'faq', 'article', 'legal-case'].includes(document.kind))
    .filter(({ score }) => score >= WORTH_FOLLOWING)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_FOLLOWED);
  for (const { document, score } of citing)
    for (const [at, articles] of lists.cites(document.doc).entries())
      for (const doc of articles) {
        const cited = lists.load(doc);
        if (cited === undefined) continue;
        const own = scores.get(doc)?.score ?? 0;
        const lent = 0.74 * score * 0.97 ** at - (isOver(cited, lists) ? 25 : 0);
        // What is cited stands below what cites it, unless its own words say more.
        const both = Math.max(own, lent) + 0.25 * Math.min(own, lent);
        raise(work, cited, Math.max(own, Math.min(both, 0.92 * score)));
      }
}

/** More than words of any kind give. */
const ABOVE_ALL = 200;

/** An article that was asked for by its number stands above all else; without a law, the law that people need most. */
function answerReference(work: Work): void {
  const { reader, question, lists, day } = work;
  if (question.reference === undefined) return;
  const { lawKey, article } = question.reference;
  for (const [at, doc] of reader.byArticle(lawKey, article, day).entries()) {
    const document = lists.load(doc);
    if (document === undefined) continue;
    const cited = lists.citedLaws.get(document.law ?? '') ?? 0;
    raise(
      work,
      document,
      (lawKey === undefined ? 90 : ABOVE_ALL) +
        Math.min(20, Math.log2(1 + cited) * 3) -
        (isOver(document, lists) ? 15 : 0) -
        0.01 * at,
    );
  }
}

/** What an article scores that is known by some name, and what more when nothing else was said. */
const NAMED = 62;
const ONLY_NAMED = 30;

/** Articles that are known by a name which stands in none of them: 袭警, 年假, 一年一个月工资. */
function answerNames(work: Work): void {
  const { reader, question, lists, day, scores } = work;
  for (const { said, terms, quality } of question.named)
    for (const term of terms) {
      const named = readArticleReference(compact(term));
      const law = named === undefined ? undefined : lists.laws.get(named.law);
      if (named === undefined || law === undefined) continue;
      const part = Math.min(1, said.length / Math.max(1, question.whole.length));
      for (const doc of reader.byArticle(law, named.article, day)) {
        const document = lists.load(doc);
        if (document === undefined) continue;
        const own = scores.get(doc)?.score ?? 0;
        const score = quality * (NAMED + ONLY_NAMED * part) - (isOver(document, lists) ? 25 : 0);
        raise(work, document, Math.max(own, score) + 0.25 * Math.min(own, score));
      }
    }
}

/** What speaks for an article as surely as a name of it, in nats. */
const AS_NAMED = 20;
/** Below this any text of another matter may be. */
const LEAST_TOLD = 6;
const MOST_TOLD_ARTICLES = 5;

/** Articles of which such a matter is told, in whatever words: less sure than a name. */
function answerTold(work: Work): void {
  const { question, lists, scores } = work;
  if (!isTold(question.whole) || question.within !== undefined) return;
  const likely = [...lists.likelyArticles(question.wordings)]
    .filter(([, nats]) => nats > LEAST_TOLD)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_TOLD_ARTICLES);
  for (const [doc, nats] of likely) {
    const document = lists.load(doc);
    if (document === undefined) continue;
    const own = scores.get(doc)?.score ?? 0;
    const score = NAMED * Math.min(1, nats / AS_NAMED) - (isOver(document, lists) ? 25 : 0);
    raise(work, document, Math.max(own, score) + 0.25 * Math.min(own, score));
  }
}
