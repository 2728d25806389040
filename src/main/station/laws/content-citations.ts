import type { Citation } from '#shared/content/citation.ts';
import type { LawArticleText } from '#shared/contract/laws.ts';
import { articlesIn } from '#shared/laws/article-number.ts';
import { plainTitle } from '#shared/laws/law-title.ts';
import type { Library } from '../content/library.ts';
import { offeredGuides } from '../guides/guides.ts';

interface ContentCitation {
  readonly kind: 'guides' | 'faqs';
  readonly id: string;
  readonly title: string;
  readonly citation: Citation;
}

/** Every citation of the guides and questions that this station shows. */
function citationsOfContent(library: Library): ContentCitation[] {
  const guides = offeredGuides(library, 'zh-CN').flatMap(({ body, provenance }) =>
    [...body.basis, ...body.timeLimit.basis, ...body.feeBasis.basis].map((citation) => ({
      ...{ kind: 'guides' as const, id: provenance.id, title: body.title, citation },
    })),
  );
  const faqs = library.shown('faq', 'zh-CN').flatMap(({ body, provenance }) =>
    body.basis.map((citation) => ({
      ...{ kind: 'faqs' as const, id: provenance.id, title: body.question, citation },
    })),
  );
  return [...guides, ...faqs];
}

/** Guides and questions that rest on an article. */
export function citedByContent(library: Library, family: string, article: LawArticleText) {
  const citing = citationsOfContent(library).filter(
    ({ citation }) =>
      plainTitle(citation.law) === family &&
      articlesIn(citation.article ?? '').some(
        ({ number, inserted }) => number === article.number && inserted === article.inserted,
      ),
  );
  const linksOf = (kind: ContentCitation['kind']) => [
    ...new Map(
      citing.filter((entry) => entry.kind === kind).map(({ id, title }) => [id, { id, title }]),
    ).values(),
  ];
  return { guides: linksOf('guides'), faqs: linksOf('faqs') };
}

/** Laws by how often guides and questions rest on them. */
export function oftenCited(library: Library): string[] {
  const groups = Map.groupBy(citationsOfContent(library), ({ citation }) =>
    plainTitle(citation.law),
  );
  return [...groups]
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .map(([family]) => family);
}

/** Versions of laws on which guides and questions rest, by the plain title of the law. */
export function versionsCited(library: Library): Map<string, string[]> {
  const named = citationsOfContent(library).flatMap(({ citation: { law, version } }) =>
    version === undefined ? [] : [{ family: plainTitle(law), version }],
  );
  return new Map(
    [...Map.groupBy(named, ({ family }) => family)].map(([family, entries]) => [
      family,
      entries.map(({ version }) => version),
    ]),
  );
}

/** Year of a version as citations name it, 2025年修订; 0 where it has none. */
export function yearOf(version: string): number {
  return Number(/(?:19|20)\d{2}/.exec(version)?.[0] ?? 0);
}
