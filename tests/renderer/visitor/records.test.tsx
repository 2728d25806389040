import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, describe, expect, it } from 'vitest';
import { formatCitation } from '#shared/content/citation.ts';
import type { ListBody } from '#shared/content/kinds/list.ts';
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
import { expectWhoAndWhen } from './says-who-and-when.ts';

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

/** What stands beside what within a part of the page. */
function pairsIn(part: HTMLElement): string[][] {
  return [...part.querySelectorAll('dl > div')].map((pair) =>
    ['dt', 'dd'].map((name) => pair.querySelector(name)?.textContent ?? ''),
  );
}

/** The language in which a reader of the page is told to say a text. */
function langOfText(text: string): string | null | undefined {
  return screen.getByText(text).closest('[lang]')?.getAttribute('lang');
}

describe.each(records)('$id', ({ page, body, provenance }) => {
  it('says who published it, and opens the law that it rests on', async () => {
    const { acts } = await draw(page, { answers });
    await screen.findByRole('heading', { name: body.title });
    expectWhoAndWhen(document.body, provenance);
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

  const answers: FakeAnswers = {
    'reading.list': async (input) => changzhou.library.shownOne('list', input.id, input.language),
    'laws.resolve': async ({ citations }) => citations.map(() => null),
  };
  /** A list that nobody translated yet. */
  const chineseOnly: FakeAnswers = {
    ...answers,
    'reading.list': async ({ id }) => {
      const { body, provenance } = changzhou.library.shownOne('list', id, 'zh-CN');
      return { body, provenance: { ...provenance, language: 'chinese' } };
    },
  };

  it('of every shape is among those that ship', () => {
    const columns = lists.map(
      ({ id }) => changzhou.library.shownOne('list', id, 'zh-CN').body.columns.length,
    );
    expect(Math.min(...columns)).toBe(2);
    expect(Math.max(...columns)).toBeGreaterThan(2);
  });

  it.each(lists)('$id shows each row with its cells, who published it and when', async ({ id }) => {
    const { body, provenance } = changzhou.library.shownOne('list', id, 'zh-CN');
    await draw(<ListPage id={id} />, { answers });
    await screen.findByRole('heading', { name: body.title });
    expectRows(body);
    expectWhoAndWhen(document.body, provenance);
  });

  it.each(lists)(
    '$id is said in Chinese as long as it is only there in Chinese',
    async ({ id }) => {
      const { body } = changzhou.library.shownOne('list', id, 'zh-CN');
      await draw(<ListPage id={id} />, { answers: chineseOnly, session: { language: 'en' } });
      await screen.findByRole('heading', { name: body.title });
      if (body.about !== '') expect(langOfText(body.about)).toBe('zh-CN');
      expectRows(body);
      const told = document.querySelectorAll('dt, dd, h3');
      expect([...told].map((part) => part.closest('[lang]')?.getAttribute('lang'))).toEqual(
        [...told].map(() => 'zh-CN'),
      );
    },
  );

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

/** Two columns: the second beside the first. More: under the first, each with the name of its column. */
function expectRows({ columns, rows }: ListBody): void {
  const [first, ...others] = columns.map(({ id }) => id);
  const nameOf = (cells: Readonly<Record<string, string>>) => cells[first ?? ''] ?? '';
  if (others.length === 1) {
    expect(pairsIn(document.body)).toEqual(
      rows.map(({ cells }) => [nameOf(cells), cells[others[0] ?? ''] ?? '']),
    );
    return;
  }
  for (const { cells } of rows)
    expect(pairsIn(screen.getByRole('region', { name: nameOf(cells) }))).toEqual(
      columns
        .filter(({ id }) => id !== first && cells[id] !== undefined)
        .map(({ id, label }) => [label, cells[id]]),
    );
  expect(within(document.body).getAllByRole('heading', { level: 3 })).toHaveLength(rows.length);
}

describe('a lecture', () => {
  it('says its place and speaker in Chinese as long as it is only there in Chinese', async () => {
    const [lecture] = listLectures(library, 'zh-CN');
    const { body, provenance } = library.shownOne('event', lecture?.id ?? '?', 'zh-CN');
    await draw(<LecturePage id={provenance.id} />, {
      session: { language: 'en' },
      answers: {
        'reading.lecture': async () => ({
          body,
          provenance: { ...provenance, language: 'chinese' },
        }),
      },
    });
    await screen.findByRole('heading', { name: body.title });
    for (const said of [body.about, body.place, body.speaker])
      expect(langOfText(said)).toBe('zh-CN');
    expect(langOfText(fullDate(startI18n().t, body.date))).not.toBe('zh-CN');
  });

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
    expectWhoAndWhen(document.body, provenance);
  });

  it('that is not there any more is said in a sentence', async () => {
    await draw(<LecturePage id="event.gone" />);
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
  });
});
