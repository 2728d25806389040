import { expect, test } from 'vitest';
import { type SearchKind, searchKindSchema } from '#shared/contract/search.ts';
import { routeOfHit } from '../../../src/renderer/visitor/route-of-hit.ts';

const EXTRA = { station: '530102001', grid: '1', law: '民法典@2020-05-28', position: 3 };

const PAGES: Readonly<Record<SearchKind, string>> = {
  service: 'guide',
  faq: 'faq',
  triage: 'triage',
  person: 'person',
  station: 'station',
  grid: 'grid',
  hotline: 'hotlines',
  'form-sample': 'form',
  notice: 'board',
  law: 'law',
  'law-article': 'law-article',
  'legal-case': 'case',
  article: 'article',
  media: 'media',
  event: 'lecture',
  list: 'list',
};

test.each(searchKindSchema.options)(
  'a touch on what was found of the kind %s opens its page',
  (kind) => {
    const hit = { kind, id: 'id', title: { text: '', marks: [] }, extra: EXTRA };
    expect(routeOfHit(hit)?.page).toBe(PAGES[kind]);
  },
);
