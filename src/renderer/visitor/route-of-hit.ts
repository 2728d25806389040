import type { SearchHit } from '#shared/contract/search.ts';
import type { Route } from '../session/route.ts';

/** The page that shows what was found; undefined while no page shows that kind: the hit itself then says all there is. */
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
    case 'hotline':
      return { page: 'hotlines' };
    case 'notice':
      return { page: 'board', item: 'other' };
    default:
      return undefined;
  }
}
