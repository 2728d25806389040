import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import type { LawSummary, LawView } from '#shared/contract/laws.ts';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import { KeyboardScope } from '../../../src/renderer/keyboard/keyboard-scope.tsx';
import { ArticlePad } from '../../../src/renderer/visitor/pages/article-pad.tsx';
import { LawPage } from '../../../src/renderer/visitor/pages/law.tsx';
import { LawFindPage } from '../../../src/renderer/visitor/pages/law-find.tsx';
import { LawTextPage } from '../../../src/renderer/visitor/pages/law-text.tsx';
import { LawsPage } from '../../../src/renderer/visitor/pages/laws.tsx';
import { ReadingRoomPage } from '../../../src/renderer/visitor/pages/reading-room.tsx';
import { draw } from '../draw.tsx';

const SUMMARY: LawSummary = {
  id: '邻里互助法（示例）@2024-03-01',
  title: '邻里互助法（示例）',
  shortTitle: '邻里互助法（示例）',
  genre: 'law',
  category: '民法商法',
  state: 'in-force',
  versionDate: '2024-03-01',
  inForceFrom: '2024-05-01',
  articles: 2,
  versions: 1,
};

const LAW: LawView = {
  ...SUMMARY,
  history: [],
  notes: [],
  allVersions: [],
  newerKnown: [],
  outline: [{ level: 1, heading: '第一章 总则', position: 0 }],
  stretches: [{ from: 0, count: 2, letters: 20 }],
};

/** jsdom lays nothing out: nothing comes near by itself. */
globalThis.IntersectionObserver ??= class {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
};
if (!('scrollIntoView' in Element.prototype))
  Object.assign(Element.prototype, { scrollIntoView: () => {} });

const touch = (name: string) => userEvent.click(screen.getByRole('button', { name }));

describe('the reading room', () => {
  it('says where the law is found while nothing was imported', async () => {
    const answers = { 'laws.overview': async () => ({ laws: 0, categories: [], often: [] }) };
    await draw(<ReadingRoomPage />, { answers });
    expect((await screen.findAllByText(/国家法律法规数据库/)).length).toBeGreaterThan(0);
  });
});

describe('a list of laws', () => {
  const page = (total: number, from = 0) =>
    draw(
      <KeyboardScope>
        <LawsPage category="民法商法" from={from} />
      </KeyboardScope>,
      { answers: { 'laws.list': async () => ({ laws: [SUMMARY], total }) } },
    );

  it('leads to each law, and says whether it holds', async () => {
    const { acts } = await page(1);
    const row = await screen.findByRole('button', { name: /邻里互助法/ });
    expect(row.textContent).toContain('现行有效');
    await userEvent.click(row);
    expect(acts).toContainEqual(
      expect.objectContaining({ to: { page: 'law', id: '邻里互助法（示例）@2024-03-01' } }),
    );
  });

  it('has pages only where one does not hold all', async () => {
    await page(20);
    await screen.findByRole('button', { name: /邻里互助法/ });
    expect(screen.queryByRole('button', { name: '下一页' })).toBeNull();
  });

  it('turns to the next page, and no further than the last', async () => {
    const { acts } = await page(41);
    await screen.findByRole('button', { name: '下一页' });
    await touch('下一页');
    expect(acts).toContainEqual(
      expect.objectContaining({ to: { page: 'laws', category: '民法商法', from: 20 } }),
    );
    document.body.replaceChildren();
    await page(41, 40);
    const next = await screen.findByRole<HTMLButtonElement>('button', { name: '下一页' });
    expect(next.disabled).toBe(true);
  });
});

describe('a law', () => {
  it('that is no longer in force says so before its text', async () => {
    await draw(<LawPage id={LAW.id} />, {
      answers: { 'laws.get': async () => ({ ...LAW, state: 'repealed' }) },
    });
    expect((await screen.findAllByText(/已废止/)).length).toBeGreaterThan(0);
  });

  it('is read from the place that was asked for, with the headings over its articles', async () => {
    await draw(<LawTextPage id={LAW.id} at={1} />, {
      answers: {
        'laws.get': async () => LAW,
        'laws.articles': async () => [
          { position: 0, label: '第一条', number: 1, inserted: 0, text: '第一句。\n第二句。' },
          { position: 1, label: '第二条', number: 2, inserted: 0, text: '第三句。' },
        ],
      },
    });
    expect(await screen.findByText('第二句。')).toBeTruthy();
    expect(screen.getByRole('heading', { name: '第一章 总则' })).toBeTruthy();
    expect(screen.getByText('第三句。').closest('[class*="shown"]')).not.toBeNull();
    expect(screen.getByText('第二句。').closest('[class*="shown"]')).toBeNull();
  });
});

describe('the pad of digits', () => {
  const pad = async (byNumber: () => Promise<{ position: number }>) => {
    const found: number[] = [];
    await draw(
      <ArticlePad law={LAW.id} isOpen onClose={() => {}} onFound={(at) => found.push(at)} />,
      { answers: { 'laws.byNumber': byNumber } },
    );
    return found;
  };
  const go = () => screen.getByRole<HTMLButtonElement>('button', { name: '看这一条' });

  it('writes the number as statutes do and leads to its article', async () => {
    const found = await pad(async () => ({ position: 7 }));
    expect(go().disabled).toBe(true);
    // A visitor who types without haste; the same digit twice is meant twice.
    const hand = userEvent.setup({ delay: 100 });
    for (const key of ['1', '3', '3', '之', '2'])
      await hand.click(screen.getByRole('button', { name: key }));
    expect(screen.getByText('第一百三十三条之二')).toBeTruthy();
    await userEvent.click(go());
    await waitFor(() => expect(found).toEqual([7]));
  });

  it('takes no number that no law can have', async () => {
    await pad(async () => ({ position: 7 }));
    await touch('0');
    await touch('之');
    expect(go().disabled).toBe(true);
    for (const key of ['1', '2', '3', '4', '5']) await touch(key);
    expect(screen.getByText('第一千二百三十四条')).toBeTruthy();
  });

  it('says that there is no such article, until another number is typed', async () => {
    await pad(() => Promise.reject(new StationError('not-found')));
    await touch('9');
    await userEvent.click(go());
    expect((await screen.findByRole('alert')).textContent).toContain('第九条');
    // Another key: the same one at once would be taken for a trembling finger.
    await touch('1');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});

describe('words within a law', () => {
  type Find = NonNullable<FakeAnswers['laws.find']>;
  async function find(answer: Find, before: { text?: string; part?: number } = {}) {
    const drawn = await draw(
      <KeyboardScope>
        <LawFindPage id={LAW.id} {...before} />
      </KeyboardScope>,
      { answers: { 'laws.get': async () => LAW, 'laws.find': answer } },
    );
    const field = await screen.findByRole('textbox');
    fireEvent.pointerDown(field);
    return { ...drawn, field, type: (key: string) => fireEvent.keyDown(field, { key }) };
  }

  it('are marked where they stand, and what was found stays until the next answer comes', async () => {
    const excerpt = { text: '满 18 周岁', marks: [{ from: 2, to: 4 }] };
    const { type } = await find(({ query }) =>
      query === '1'
        ? Promise.resolve({ hits: [{ position: 4, label: '第五条', excerpt }], total: 1 })
        : new Promise(() => {}),
    );
    type('1');
    const marked = () => [...document.querySelectorAll('mark')].map((mark) => mark.textContent);
    await waitFor(() => expect(marked()).toEqual(['18']));
    type('8');
    expect(marked()).toEqual(['18']);
  });

  const manyHits: Find = async ({ from = 0, count = 50 }) => ({
    hits: Array.from({ length: Math.min(count, 45 - from) }, (_, at) => ({
      position: from + at,
      label: `第${from + at + 1}条`,
      excerpt: { text: '合同', marks: [] },
    })),
    total: 45,
  });

  it('are all shown, a page after the other', async () => {
    const { acts } = await find(manyHits, { text: '合同' });
    await screen.findByText('找到 45 处');
    expect(screen.getAllByRole('button', { name: /第\d+条/ })).toHaveLength(20);
    await userEvent.click(screen.getByRole('button', { name: '下一页' }));
    expect(acts).toEqual([
      { type: 'replace', to: { page: 'law-find', id: LAW.id, text: '合同', part: 1 } },
    ]);
  });

  it('and their page are there again on the way back from what was found', async () => {
    const { acts, field } = await find(manyHits, { text: '合同', part: 2 });
    expect(field.textContent).toBe('合同');
    await userEvent.click(await screen.findByRole('button', { name: /第45条/ }));
    expect(acts).toEqual([
      { type: 'replace', to: { page: 'law-find', id: LAW.id, text: '合同', part: 2 } },
      { type: 'go', to: { page: 'law-article', id: LAW.id, at: 44 } },
    ]);
  });

  it('begin at the first page when they change', async () => {
    const { type } = await find(manyHits, { text: '1', part: 2 });
    await screen.findByRole('button', { name: /第45条/ });
    type('2');
    await screen.findByRole('button', { name: /第1条/ });
  });

  it('that are not there lead on to a search of everything and to 12348', async () => {
    const { type, acts } = await find(async () => ({ hits: [], total: 0 }));
    type('1');
    await userEvent.click(await screen.findByRole('button', { name: '在全部内容里找' }));
    expect(acts).toContainEqual({ type: 'go', to: { page: 'search', text: '1' } });
    expect(screen.getByRole('button', { name: '12348 和常用电话' })).toBeTruthy();
  });
});
