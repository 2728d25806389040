import type { SearchHit } from '#shared/contract/search.ts';
import type { Route } from '../session/route.ts';

/** The page that shows what was found; undefined for a hit that does not say where it stands. */
export function routeOfHit({ kind, id, extra }: SearchHit): Route | undefined {
  switch (kind) {
    case 'service':
      return { page: 'guide', id };
    case 'faq':
      return { page: 'faq', id };
    case 'form-sample':
      return { page: 'form', id };
    case 'station':
      return extra.station === undefined
        ? { page: 'stations' }
        : { page: 'station', code: extra.station };
    case 'person':
      return { page: 'person', id };
    case 'grid':
      return extra.grid === undefined ? undefined : { page: 'grid', code: extra.grid };
    case 'law':
      return { page: 'law', id };
    case 'law-article':
      return extra.law === undefined || extra.position === undefined
        ? undefined
        : { page: 'law-article', id: extra.law, at: extra.position };
    case 'hotline':
      return { page: 'hotlines' };
    case 'notice':
      return { page: 'board', item: 'other' };
    case 'triage':
      return { page: 'triage', id };
    case 'legal-case':
      return { page: 'case', id };
    case 'article':
      return { page: 'article', id };
    case 'media':
      return { page: 'media', id };
    case 'event':
      return { page: 'lecture', id };
    case 'list':
      return { page: 'list', id };
  }
}
