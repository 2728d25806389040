import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  answers,
  content,
  DRAFT,
  draft,
  sent,
  show,
  signedIn,
  startServer,
  stopServer,
} from './office-pages.tsx';

const end = (id: string, title: string) => ({
  ...{ id, title, text: '到窗口问一问。', services: [], level: 'station', where: '' },
  ...{ papers: [], formSamples: [], deadlines: [], urgent: '' },
});
const body = {
  ...{ title: '工资', summary: '', topic: 'labour', start: 'how-long', words: [], order: 1 },
  questions: [
    {
      ...{ id: 'how-long', question: '欠了多久？', help: '' },
      options: [
        { id: 'a', text: '不到一年', next: 'soon' },
        { id: 'b', text: '一年以上', next: 'gone' },
      ],
    },
  ],
  outcomes: [end('soon', '先去投诉')],
};

beforeEach(startServer);
afterEach(stopServer);

async function openDraft(): Promise<void> {
  signedIn('editor');
  const record = { id: 'triage.wage', kind: 'triage', scope: '530102' };
  const written = draft({ record, content: { ...content, body } });
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /drafts'] = [written];
  answers[`GET /drafts/${DRAFT}`] = written;
  answers[`POST /drafts/${DRAFT}`] = draft({ ...written, revision: 2 });
  show();
  await userEvent.click(await screen.findByRole('button', { name: '起草与审核' }));
  await userEvent.click(await screen.findByRole('button', { name: '修改' }));
}

const choices = (field: HTMLElement) =>
  within(field)
    .getAllByRole('option')
    .map((option) => option.textContent);

test('an answer leads to a question or an end by its words, and one that leads nowhere says so', async () => {
  await openDraft();
  const [first, second] = await screen.findAllByLabelText('下一步');
  if (first === undefined || second === undefined) return expect.unreachable('no answers');
  expect(choices(first)).toEqual(['（无）', '欠了多久？', '先去投诉']);
  expect(choices(second)).toEqual(['（无）', '已经没有的 gone', '欠了多久？', '先去投诉']);
  expect(choices(screen.getByLabelText('第一个问题'))).toContain('欠了多久？');
});

test('a new end has a number of its own, and answers can lead there at once', async () => {
  await openDraft();
  const list = await screen.findByRole('group', { name: '结论' });
  await userEvent.click(within(list).getAllByRole('button', { name: '加一项' }).at(-1) ?? list);
  const titles = within(list).getAllByLabelText('标题');
  await userEvent.type(titles.at(-1) ?? list, '申请仲裁');
  const [, second] = screen.getAllByLabelText('下一步');
  await userEvent.selectOptions(second ?? list, '申请仲裁');
  await userEvent.click(screen.getByRole('button', { name: '保存' }));
  await waitFor(() => expect(sent(`POST /drafts/${DRAFT}`)).toBeDefined());
  const { content: saved } = sent(`POST /drafts/${DRAFT}`) as { content: { body: typeof body } };
  const [, added] = saved.body.outcomes;
  expect(added?.title).toBe('申请仲裁');
  expect(added?.id).toMatch(/^n[0-9a-f]{8}$/);
  const [question] = saved.body.questions;
  expect(question?.options.map(({ next }) => next)).toEqual(['soon', added?.id]);
});
