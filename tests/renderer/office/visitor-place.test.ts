import { expect, test } from 'vitest';
import { CONTENT_KINDS, isKindName } from '#shared/content/kinds/index.ts';
import { visitorPlace } from '../../../src/renderer/office/visitor-place.ts';

const placeOf = (kind: string, body: object = {}) =>
  visitorPlace({ id: `${kind}.one`, kind, scope: '530102' }, body as Record<string, unknown>);

test('every kind has a page in the preview but those that no page of a terminal shows', () => {
  const unseen = Object.keys(CONTENT_KINDS).filter((kind) => placeOf(kind) === undefined);
  expect(unseen).toEqual(['access-rule', 'law', 'law-article']);
  expect(unseen.every(isKindName)).toBe(true);
});

test('a saying is looked for by its first word, a playlist plays at once, a plan is where numbers are taken', () => {
  expect(placeOf('synonym', { everyday: ['老板跑路', '不给钱'] })).toEqual({
    ...{ page: 'search', text: '老板跑路' },
  });
  expect(placeOf('playlist')).toEqual({ page: 'home', attract: 'now' });
  expect(placeOf('queue-plan')).toEqual({ page: 'take' });
  expect(placeOf('list')).toEqual({ page: 'list', id: 'list.one' });
});

test('a withdrawal, which has no body, still has a page', () => {
  expect(placeOf('synonym')).toEqual({ page: 'search', text: '' });
});
