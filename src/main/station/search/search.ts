import { kindNamed } from '#shared/content/kinds/index.ts';
import {
  type SearchAnswer,
  type SearchHit,
  type SearchKind,
  searchKindSchema,
} from '#shared/contract/search.ts';
import type { Library } from '../content/library.ts';

export interface SearchQuestion {
  readonly text: string;
  readonly kinds?: readonly SearchKind[] | undefined;
  readonly limit: number;
}

/** Finds what this station shows today under the words as typed. */
export function search(library: Library, question: SearchQuestion): SearchAnswer {
  const wanted = question.text.trim();
  const kinds = question.kinds ?? searchKindSchema.options;
  const groups = wanted === '' ? [] : kinds.map((kind) => groupOf(library, kind, wanted));
  const found = groups.filter((group) => group.hits.length > 0);
  return {
    best: found[0]?.hits[0],
    groups: found.map(({ kind, hits }) => ({
      kind,
      hits: hits.slice(0, question.limit),
      more: hits.length > question.limit,
    })),
    understood: [],
    next: [{ type: 'call', number: '12348' }, { type: 'staff' }],
    complete: true,
  };
}

/** Words of the content that begin with what was typed. */
export function suggestWords(library: Library, text: string, limit: number): { words: string[] } {
  const words = library.records('service').flatMap((record) => record.body.words);
  const begun = words.filter((word) => text !== '' && word.startsWith(text));
  return { words: [...new Set(begun)].slice(0, limit) };
}

function groupOf(library: Library, kind: SearchKind, wanted: string) {
  const hits = library.records(kind).flatMap((record): SearchHit[] => {
    const texts = kindNamed(kind).search(record.body);
    const at = texts.title.indexOf(wanted);
    if (at < 0 && !texts.words.some((word) => word.includes(wanted))) return [];
    const marks = at < 0 ? [] : [{ from: at, to: at + wanted.length }];
    return [{ kind, id: record.id, title: { text: texts.title, marks }, extra: {} }];
  });
  return { kind, hits };
}
