import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, describe, expect, it } from 'vitest';
import { formatCitation } from '#shared/content/citation.ts';
import { listArticles, listCases } from '#station/reading/reading.ts';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import { ArticlePage } from '../../../src/renderer/visitor/pages/article.tsx';
import { CasePage } from '../../../src/renderer/visitor/pages/case.tsx';
import { shippedPack, stationOn } from '../../real-content.ts';
import { draw } from '../draw.tsx';

const { library, db } = stationOn(shippedPack('wuhua'), '2026-11-23 10:24');
afterAll(() => db.write.close());

/** A terminal that has the first law of a basis, and of that law the seventh article. */
const answers: FakeAnswers = {
  'reading.article': async ({ id, language }) => library.shownOne('article', id, language),
  'reading.case': async ({ id, language }) => library.shownOne('legal-case', id, language),
  'papers.printer': async () => ({ state: 'none' }),
  'laws.resolve': async ({ citations }) =>
    citations.map((_, at) => (at === 0 ? { law: 'law-a', position: 7, newer: false } : null)),
};

const records = [
  ...listArticles(library, 'zh-CN').map(({ id }) => ({
    id,
    page: <ArticlePage id={id} />,
    ...library.shownOne('article', id, 'zh-CN'),
  })),
  ...listCases(library, 'zh-CN').map(({ id }) => ({
    id,
    page: <CasePage id={id} />,
    ...library.shownOne('legal-case', id, 'zh-CN'),
  })),
];

describe.each(records)('$id', ({ page, body, provenance }) => {
  it('says who published it, and opens the law that it rests on', async () => {
    const { acts } = await draw(page, { answers });
    await screen.findByRole('heading', { name: body.title });
    expect(document.body.textContent).toContain(provenance.responsibleBody);
    const [first] = body.basis;
    if (first === undefined) throw new Error('a record without a basis');
    await userEvent.click(await screen.findByRole('button', { name: formatCitation(first) }));
    expect(acts).toEqual([{ type: 'go', to: { page: 'law-article', id: 'law-a', at: 7 } }]);
  });
});
