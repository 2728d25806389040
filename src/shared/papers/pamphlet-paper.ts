import { formatCitations } from '../content/citation.ts';
import type { ArticleBody } from '../content/kinds/article.ts';
import type { PaperBlock, PaperDocument } from './paper-document.ts';

/** An article as a pamphlet to take along: its paragraphs and lists, without any sign of Markdown. */
export function pamphletPaper(
  article: ArticleBody,
  place: { readonly station: string; readonly date: string },
): PaperDocument {
  return {
    title: article.title,
    sample: false,
    blocks: [
      { type: 'note', text: article.summary },
      ...blocksOf(article.text),
      ...(article.basis.length === 0
        ? []
        : ([
            { type: 'heading', text: '法律依据' },
            { type: 'note', text: formatCitations(article.basis) },
          ] satisfies PaperBlock[])),
    ],
    foot: `${place.station} ${place.date} · 免费取阅，仅供参考；咨询电话 12348`,
  };
}

/** Several articles as one booklet, each under its title and with its law. */
export function bookletPaper(
  title: string,
  articles: readonly ArticleBody[],
  foot: string,
): PaperDocument {
  return {
    title,
    sample: false,
    blocks: articles.flatMap((article): PaperBlock[] => [
      { type: 'heading', text: article.title },
      { type: 'note', text: article.summary },
      ...blocksOf(article.text),
      { type: 'note', text: `法律依据：${formatCitations(article.basis)}` },
    ]),
    foot,
  };
}

/** Lines of a list that follow each other are one list; everything else is a paragraph. */
function blocksOf(markdown: string): PaperBlock[] {
  return markdown.split(/\n{2,}/).flatMap((part): PaperBlock[] => {
    const lines = part.split('\n').filter((line) => line.trim() !== '');
    const items = lines.filter((line) => LIST_LINE.test(line));
    const text = lines.filter((line) => !LIST_LINE.test(line)).map(bare);
    return [
      ...(text.length === 0 ? [] : [{ type: 'note' as const, text: text.join('') }]),
      ...(items.length === 0
        ? []
        : [
            {
              type: 'list' as const,
              items: items.map((line) => bare(line.replace(LIST_LINE, ''))),
            },
          ]),
    ];
  });
}

const LIST_LINE = /^\s*(?:[-*]|\d+\.)\s+/;

function bare(text: string): string {
  return text.replaceAll(/[*_`#]/g, '').trim();
}
