import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, describe, expect, it } from 'vitest';
import { formatCitation } from '#shared/content/citation.ts';
import { listArticles, listCases, listLectures, listLists } from '#station/reading/reading.ts';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import { fullDate } from '../../../src/renderer/i18n/dates.ts';
import { startI18n } from '../../../src/renderer/i18n/i18n.ts';
import { ArticlePage } from '../../../src/renderer/visitor/pages/article.tsx';
import { CasePage } from '../../../src/renderer/visitor/pages/case.tsx';
import { LecturePage } from '../../../src/renderer/visitor/pages/lecture.tsx';
import { ListPage } from '../../../src/renderer/visitor/pages/list.tsx';
import { ReadingRoomPage } from '../../../src/renderer/visitor/pages/reading-room.tsx';
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

describe('a published list', () => {
  const changzhou = stationOn(shippedPack('changzhou'), '2026-11-23 10:24');
  afterAll(() => changzhou.db.write.close());
  const lists = listLists(changzhou.library, 'zh-CN');

  it.each(lists)('$id shows every cell of every row', async ({ id }) => {
    const { body } = changzhou.library.shownOne('list', id, 'zh-CN');
    await draw(<ListPage id={id} />, {
      answers: {
        'reading.list': async (input) =>
          changzhou.library.shownOne('list', input.id, input.language),
        'laws.resolve': async ({ citations }) => citations.map(() => null),
      },
    });
    await screen.findByRole('heading', { name: body.title });
    for (const { cells } of body.rows)
      for (const cell of Object.values(cells)) expect(document.body.textContent).toContain(cell);
  });

  it('is a touch from the reading room', async () => {
    const { acts } = await draw(<ReadingRoomPage />, {
      answers: { 'reading.lists': async () => lists },
    });
    const [first] = lists;
    await userEvent.click(
      await screen.findByRole('button', { name: new RegExp(first?.title ?? '?') }),
    );
    expect(acts).toContainEqual({ type: 'go', to: { page: 'list', id: first?.id } });
  });
});

describe('a lecture', () => {
  it('says when, where, by whom, how many seats, how to join, and who published it', async () => {
    const [lecture] = listLectures(library, 'zh-CN');
    const { body, provenance } = library.shownOne('event', lecture?.id ?? '?', 'zh-CN');
    await draw(<LecturePage id={provenance.id} />, {
      answers: {
        'reading.lecture': async ({ id, language }) => library.shownOne('event', id, language),
      },
    });
    await screen.findByRole('heading', { name: body.title });
    const shown = document.body.textContent ?? '';
    for (const said of [body.place, body.from, body.to, String(body.seats), body.speaker])
      expect(shown).toContain(said);
    expect(shown).toContain(fullDate(startI18n().t, body.date));
    expect(shown).toContain(provenance.responsibleBody);
  });

  it('that is not there any more is said in a sentence', async () => {
    await draw(<LecturePage id="event.gone" />);
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
  });
});
