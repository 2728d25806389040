import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Draft } from '#shared/office/office-views.ts';
import {
  AWAY,
  answers,
  asked,
  content,
  DRAFT,
  draft,
  OTHER,
  sent,
  show,
  signedIn,
  startServer,
  stopServer,
} from './office-pages.tsx';

const ENDED = { error: { code: 'not-signed-in', message: '请先登录。' } };
const GET = `GET /drafts/${DRAFT}`;
const SAVE = `POST /drafts/${DRAFT}`;
const TYPED = '春节服务时间';

/** The draft as somebody else left it. */
const withBody = (body: object, change: Partial<Draft> = {}) =>
  draft({
    revision: 2,
    author: '乙',
    content: { ...content, body: { ...content.body, ...body } },
    ...change,
  });

const title = () => screen.getByLabelText<HTMLInputElement>('标题');
const text = () => screen.getByLabelText<HTMLTextAreaElement>('内容');
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const retype = async (field: HTMLElement, value: string) => {
  await userEvent.clear(field);
  await userEvent.type(field, value);
};
/** Whoever comes back to the window sees what is there now. */
const comeBack = () => window.dispatchEvent(new Event('visibilitychange'));
const countOf = (path: string) => asked.filter((call) => call.path === path).length;

const asksToClose = () => {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
};

async function logIn(): Promise<void> {
  await userEvent.type(await screen.findByLabelText('账号'), 'jia');
  await userEvent.type(screen.getByLabelText('密码'), 'secret');
  await userEvent.type(screen.getByLabelText(/动态码/), '123456');
  await press('登录');
}

/** An editor has typed a title and not saved it. */
beforeEach(async () => {
  startServer();
  signedIn('editor');
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /drafts'] = [draft()];
  answers[GET] = draft();
  show();
  await userEvent.click(await screen.findByRole('button', { name: '起草与审核' }));
  await userEvent.click(await screen.findByRole('button', { name: '修改' }));
  await screen.findByLabelText('标题');
  await retype(title(), TYPED);
});
afterEach(stopServer);

test('whoever is logged out while writing logs in again and goes on where they were', async () => {
  const { 'GET /me': me } = answers;
  answers[SAVE] = ENDED;
  answers['GET /me'] = ENDED;
  answers[GET] = ENDED;
  await press('保存');
  expect(await screen.findByText(/登录已过期.*您写的内容还在/)).toBeDefined();
  expect(screen.queryByRole('textbox', { name: '标题' })).toBeNull();
  Object.assign(answers, { 'POST /log-in': me, 'GET /me': me, [GET]: draft() });
  answers[SAVE] = withBody({ title: TYPED });
  await logIn();
  await waitFor(() => expect(screen.getByRole('textbox', { name: '标题' })).toBeDefined());
  expect(title().value).toBe(TYPED);
  await press('保存');
  expect(sent(SAVE)).toMatchObject({ revision: 1, content: { body: { title: TYPED } } });
});

test('what was written is still there for whoever comes back from another page, and the list says so', async () => {
  await userEvent.type(screen.getByLabelText('说明'), '请尽快');
  await press('内容');
  await screen.findByText('现在没有内容。');
  await press('起草与审核');
  expect(await screen.findByText(/有没保存的改动/)).toBeDefined();
  await press('修改');
  await waitFor(() => expect(title().value).toBe(TYPED));
  expect(screen.getByLabelText<HTMLInputElement>('说明').value).toBe('请尽快');
  answers[SAVE] = withBody({ title: TYPED });
  await press('保存');
  await waitFor(() => expect(sent(SAVE)).toMatchObject({ content: { body: { title: TYPED } } }));
});

test('who logs out over unsaved text is asked once; closing the browser asks, too', async () => {
  expect(asksToClose()).toBe(true);
  answers['POST /log-out'] = {};
  await press('退出');
  expect(await screen.findByText(/现在退出就没有了/)).toBeDefined();
  await press('先不退出');
  expect(title().value).toBe(TYPED);
  expect(countOf('POST /log-out')).toBe(0);
  answers[SAVE] = answers[GET] = withBody({ title: TYPED });
  await press('保存');
  await waitFor(() => expect(asksToClose()).toBe(false));
  await press('退出');
  await waitFor(() => expect(countOf('POST /log-out')).toBe(1));
});

test('another person who logs in sees nothing of what the first was writing', async () => {
  Object.assign(answers, { [SAVE]: ENDED, 'GET /me': ENDED, [GET]: ENDED });
  await press('保存');
  await screen.findByText(/登录已过期/);
  const me = { id: OTHER, account: 'yi', name: '乙', roles: ['editor'], divisions: ['530102'] };
  Object.assign(answers, { 'POST /log-in': me, 'GET /me': me, 'GET /content': AWAY });
  await logIn();
  expect(await screen.findByText('乙')).toBeDefined();
  expect(screen.queryByDisplayValue(TYPED)).toBeNull();
  expect(screen.queryByText('冬季服务时间')).toBeNull();
});

test('a server that is away for a while takes nothing of what was written', async () => {
  Object.assign(answers, { [SAVE]: AWAY, 'GET /me': AWAY, [GET]: AWAY });
  await press('保存');
  expect((await screen.findAllByText(/暂时连不上服务器/)).length).toBeGreaterThan(0);
  const before = countOf(GET);
  comeBack();
  await waitFor(() => expect(countOf(GET)).toBe(before + 1));
  await waitFor(() => expect(screen.getAllByText(/暂时连不上服务器/).length).toBeGreaterThan(1));
  expect(title().value).toBe(TYPED);
});

test('what a colleague saved meanwhile is told with the differences, and what was written goes on over it', async () => {
  answers[SAVE] = { error: { code: 'changed', message: '刚才有人改过，请看过再保存。' } };
  answers[GET] = withBody({ text: '窗口搬到二楼，请先取号。' });
  await press('保存');
  expect(await screen.findByText(/乙刚才保存了这份草稿/)).toBeDefined();
  expect(title().value).toBe(TYPED);
  expect(screen.getByRole('button', { name: '保存' }).hasAttribute('disabled')).toBe(true);
  await press('并入刚保存的，接着写我的');
  expect([title().value, text().value]).toEqual([TYPED, '窗口搬到二楼，请先取号。']);
  await press('保存');
  await waitFor(() => expect(sent(SAVE)).toMatchObject({ revision: 2 }));
  expect(sent(SAVE)).toMatchObject({
    content: { body: { title: TYPED, text: '窗口搬到二楼，请先取号。' } },
  });
});

test('what a colleague saved can be taken in place of what was written', async () => {
  answers[GET] = withBody({ text: '窗口搬到二楼，请先取号。' });
  comeBack();
  await screen.findByText(/乙刚才保存了这份草稿/);
  await press('放弃我写的，改用刚保存的');
  expect([title().value, text().value]).toEqual(['冬季服务时间', '窗口搬到二楼，请先取号。']);
});

test('what is typed while a save is on its way is kept, and is saved with the next', async () => {
  const saved = withBody({ title: TYPED });
  const { promise, resolve } = Promise.withResolvers<Draft>();
  answers[SAVE] = promise;
  await press('保存');
  await userEvent.type(text(), '节假日除外。');
  answers[GET] = saved;
  resolve(saved);
  await waitFor(() =>
    expect(screen.getByRole('button', { name: '保存' }).hasAttribute('disabled')).toBe(false),
  );
  expect(text().value).toContain('节假日除外。');
  expect(screen.getByText('有改动还没有保存，请先保存再提交。')).toBeDefined();
  expect(screen.queryByText(/刚才保存了这份草稿/)).toBeNull();
  await press('保存');
  await waitFor(() => expect(sent(SAVE)).toMatchObject({ revision: 2 }));
});

test('a draft that a colleague handed in meanwhile keeps what was written in sight', async () => {
  answers[GET] = draft({ revision: 2, state: 'in-review' });
  comeBack();
  expect(await screen.findByText(/这份草稿已经不能再改了/)).toBeDefined();
  expect(title().value).toBe(TYPED);
  expect(screen.getByRole('button', { name: '保存' }).hasAttribute('disabled')).toBe(true);
  await press('不要我写的了');
  await waitFor(() => expect(screen.queryByLabelText('标题')).toBeNull());
});

test('an item that is taken out of a list takes its own text along', async () => {
  await userEvent.click(screen.getByText('译文、要核实的事项'));
  const list = within(screen.getByRole('group', { name: '要核实的事项' }));
  for (const item of ['第一件', '第二件']) {
    await userEvent.click(list.getByRole('button', { name: '加一项' }));
    await userEvent.type(list.getAllByRole('textbox').at(-1) ?? title(), item);
  }
  await userEvent.click(list.getAllByRole('button', { name: '去掉' })[0] ?? title());
  const texts = list.getAllByRole<HTMLTextAreaElement>('textbox').map(({ value }) => value);
  expect(texts).toEqual(['第二件']);
});

test('what was typed and taken back is nothing unsaved', async () => {
  expect(asksToClose()).toBe(true);
  await retype(title(), '冬季服务时间');
  expect(asksToClose()).toBe(false);
  await press('返回');
  await screen.findByText('起草中');
  expect(screen.queryByText(/有没保存的改动/)).toBeNull();
});

test('what was taken back while it was being saved is there to be saved in its turn', async () => {
  const saved = withBody({ title: TYPED });
  const { promise, resolve } = Promise.withResolvers<Draft>();
  answers[SAVE] = promise;
  await press('保存');
  await retype(title(), '冬季服务时间');
  answers[GET] = saved;
  resolve(saved);
  await screen.findByText('有改动还没有保存，请先保存再提交。');
  expect(title().value).toBe('冬季服务时间');
});

test('what was written in a draft that is gone is found below the list, and opened or given up there', async () => {
  await press('内容');
  answers['GET /drafts'] = [];
  answers[GET] = draft({ revision: 2, state: 'published' });
  await press('起草与审核');
  const left = within(await screen.findByRole('region', { name: '有没保存的改动' }));
  expect(left.getByText('冬季服务时间')).toBeDefined();
  await userEvent.click(left.getByRole('button', { name: '打开' }));
  await waitFor(() => expect(title().value).toBe(TYPED));
  await press('返回');
  await userEvent.click(await screen.findByRole('button', { name: '放弃' }));
  expect(screen.queryByRole('region', { name: '有没保存的改动' })).toBeNull();
  expect(asksToClose()).toBe(false);
});
