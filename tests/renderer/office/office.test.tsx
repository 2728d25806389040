import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OfficeConflict } from '#shared/office/office-views.ts';
import type { RefusedContent } from '#shared/operations/heartbeat.ts';
import {
  answers,
  asked,
  at,
  content,
  DRAFT,
  draft,
  LATER,
  ME,
  OTHER,
  pressAt,
  record,
  sent,
  show,
  signedIn,
  startServer,
  stopServer,
} from './office-pages.tsx';

beforeEach(startServer);
afterEach(stopServer);

test('whoever is not logged in is asked for account, password and code; a refusal is one sentence', async () => {
  answers['GET /me'] = { error: { code: 'not-signed-in', message: '没有登录' } };
  answers['POST /log-in'] = {
    error: { code: 'not-signed-in', message: '账号、密码或者动态码不对。' },
  };
  show();
  await userEvent.type(await screen.findByLabelText('账号'), 'jia');
  await userEvent.type(screen.getByLabelText('密码'), 'secret');
  await userEvent.type(screen.getByLabelText(/动态码/), '123456');
  await userEvent.click(screen.getByRole('button', { name: '登录' }));
  expect(await screen.findByText('账号、密码或者动态码不对。')).toBeDefined();
  expect(screen.getByLabelText<HTMLInputElement>('账号').value).toBe('jia');
  expect(asked.filter(({ path }) => path === 'GET /me')).toHaveLength(1);
  expect(sent('POST /log-in')).toEqual({ account: 'jia', password: 'secret', code: '123456' });
});

test('an invitation shows the second factor as code and text, and opens the account', async () => {
  window.location.hash = `#${'a'.repeat(43)}`;
  answers['GET /me'] = { error: { code: 'not-signed-in', message: '没有登录' } };
  answers['POST /invitation'] = { account: 'jia', name: '甲', secondFactor: 'ABCDEFGH' };
  answers['POST /invitation/accept'] = {};
  show();
  expect(await screen.findByText('ABCDEFGH')).toBeDefined();
  await userEvent.type(screen.getByLabelText(/设置密码/), 'long enough secret');
  await userEvent.type(screen.getByLabelText(/^动态码/), '123456');
  await userEvent.click(screen.getByRole('button', { name: '开通账号' }));
  expect(await screen.findByText('账号已开通，请登录。')).toBeDefined();
  expect(window.location.hash).toBe('');
});

test('a page opens only to whose roles may see it', async () => {
  signedIn('auditor');
  answers['GET /people'] = [];
  answers['GET /audit'] = [];
  answers['GET /audit/check'] = { rows: 7, head: 'x', brokenAt: 3 };
  show();
  const tabs = within(await screen.findByRole('navigation')).getAllByRole('button');
  expect(tabs.map((tab) => tab.textContent)).toEqual(['人员', '日志']);
  await userEvent.click(screen.getByRole('button', { name: '日志' }));
  await userEvent.click(await screen.findByRole('button', { name: '检查日志是否被改动' }));
  expect(await screen.findByText('日志从第 3 条起被改动过，请立即报告。')).toBeDefined();
});

test('an editor writes in a form that follows the kind’s schema, and saves what was written', async () => {
  signedIn('editor');
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /drafts'] = [draft()];
  answers[`GET /drafts/${DRAFT}`] = draft();
  answers[`POST /drafts/${DRAFT}`] = draft({ revision: 2 });
  show();
  await userEvent.click(await screen.findByRole('button', { name: '起草与审核' }));
  await userEvent.click(await screen.findByRole('button', { name: '修改' }));
  const title = await screen.findByLabelText('标题');
  await userEvent.clear(title);
  await userEvent.type(title, '春节服务时间');
  await userEvent.click(screen.getByLabelText('重要'));
  await userEvent.selectOptions(screen.getByLabelText('分组'), 'policy');
  // What was only typed is not what would be handed in.
  const submit = () => screen.getByRole('button', { name: '提交审核' });
  expect(submit().hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('有改动还没有保存，请先保存再提交。')).toBeDefined();
  answers[`GET /drafts/${DRAFT}`] = draft({ revision: 2 });
  await userEvent.click(screen.getByRole('button', { name: '保存' }));
  await waitFor(() => expect(sent(`POST /drafts/${DRAFT}`)).toBeDefined());
  await waitFor(() => expect(submit().hasAttribute('disabled')).toBe(false));
  expect(sent(`POST /drafts/${DRAFT}`)).toMatchObject({
    revision: 1,
    content: {
      body: { title: '春节服务时间', important: true, group: 'policy', text: content.body.text },
    },
  });
});

test('a draft with faults names them and cannot be handed in', async () => {
  signedIn('editor');
  answers['GET /content'] = { rows: [], more: false };
  const faulty = draft({ faults: [{ field: 'body.title', fault: '标题：太短了，至少 4 个字。' }] });
  answers['GET /drafts'] = [faulty];
  answers[`GET /drafts/${DRAFT}`] = faulty;
  show();
  await userEvent.click(await screen.findByRole('button', { name: '起草与审核' }));
  await userEvent.click(await screen.findByRole('button', { name: '修改' }));
  expect(await screen.findByText('标题：太短了，至少 4 个字。')).toBeDefined();
  const submit = screen.getByRole('button', { name: '提交审核' });
  expect(submit.hasAttribute('disabled')).toBe(true);
});

test.each([
  ['another’s', [OTHER], true],
  ['one’s own', [ME], false],
  ['another’s and one’s own', [OTHER, ME], false],
])(
  'a reviewer sees the differences of %s draft and may let it through: %#',
  async (_whose, writerIds, may) => {
    signedIn('reviewer');
    answers['GET /content'] = { rows: [], more: false };
    const waiting = draft({ state: 'in-review', writerIds });
    answers['GET /drafts'] = [waiting];
    answers[`GET /drafts/${DRAFT}`] = waiting;
    answers[`POST /drafts/${DRAFT}/approve`] = draft({ state: 'published', revision: 2 });
    show();
    await userEvent.click(await screen.findByRole('button', { name: '起草与审核' }));
    await userEvent.click(await screen.findByRole('button', { name: '打开' }));
    expect(await screen.findByText('正文内容 › 标题')).toBeDefined();
    const approve = screen.queryByRole('button', { name: '审核通过' });
    expect(approve !== null).toBe(may);
    if (approve === null) return;
    await userEvent.click(approve);
    await waitFor(() => expect(sent(`POST /drafts/${DRAFT}/approve`)).toEqual({ revision: 1 }));
  },
);

test('what a table brought is read in one place and let through together; what is refused is named', async () => {
  signedIn('reviewer');
  answers['GET /content'] = { rows: [], more: false };
  const ids = [DRAFT, ME, OTHER];
  const [first, own, stale] = ids.map((id, at) =>
    draft({
      ...{ id, title: `第${at + 1}条`, state: 'in-review', writerIds: [id === ME ? ME : OTHER] },
      differences: [
        {
          field: '/body/shifts',
          from: [{ duty: 'lawyer', whenClosed: false }],
          to: [{ duty: 'notary', whenClosed: true, languages: ['en', 'ug-CN'] }],
        },
      ],
    }),
  );
  answers['GET /drafts'] = [first, own, stale];
  answers[`POST /drafts/${DRAFT}/approve`] = draft({ state: 'published', revision: 2 });
  show();
  await userEvent.click(await screen.findByRole('button', { name: '起草与审核' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: '全部选上' }));
  expect(screen.queryByRole('checkbox', { name: '第2条' })).toBeNull();
  const change = screen.getAllByText('1 处不同')[0]?.closest('td') ?? expect.unreachable();
  expect(change.textContent).toContain('做什么：值班律师放假时也值班：否');
  expect(change.textContent).toContain('做什么：公证放假时也值班：是');
  expect(change.textContent).toContain('英语、维吾尔语');
  await userEvent.click(screen.getByRole('button', { name: '选上的 2 条审核通过' }));
  await screen.findByText(/“第3条”没有通过：/);
  const approved = asked.map(({ path }) => path).filter((path) => path.endsWith('/approve'));
  expect(approved).toEqual([`POST /drafts/${DRAFT}/approve`, `POST /drafts/${OTHER}/approve`]);
});

test('a conflict shows both values side by side, and a choice', async () => {
  signedIn('inbox');
  const conflict: OfficeConflict = {
    ...{ conflict: DRAFT, operation: OTHER, record, editor: '乙', madeAt: at },
    ...{ terminal: 't-0123456789abcdef', withdraws: false, isGone: false, taking: 'in-place' },
    fields: [{ field: '/body/title', published: '局里的标题', wanted: '所里的标题' }],
  };
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /conflicts'] = [conflict];
  answers[`POST /conflicts/${DRAFT}`] = {};
  const { container } = show();
  await userEvent.click(await screen.findByRole('button', { name: '修改冲突' }));
  expect(await screen.findByText('局里的标题')).toBeDefined();
  expect(screen.getByText('所里的标题')).toBeDefined();
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: '采用网点的' }));
  await waitFor(() =>
    expect(sent(`POST /conflicts/${DRAFT}`)).toEqual({ outcome: 'wanted', taking: 'in-place' }),
  );
});

test('a conflict over what is gone offers to leave it away or to bring it back', async () => {
  signedIn('inbox');
  const gone: OfficeConflict = {
    ...{ conflict: DRAFT, operation: OTHER, record, editor: '乙', madeAt: at },
    ...{ terminal: 't-0123456789abcdef', withdraws: false, isGone: true, taking: 'anew' },
    fields: [{ field: '/body/title', wanted: '所里的标题' }],
  };
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /conflicts'] = [gone];
  answers[`POST /conflicts/${DRAFT}`] = {};
  const { container } = show();
  await userEvent.click(await screen.findByRole('button', { name: '修改冲突' }));
  expect(await screen.findByText(/^网点修改时，这条内容已经撤下了/)).toBeDefined();
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  expect(screen.getByRole('button', { name: '不再恢复' })).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: '按网点写的重新发布' }));
  await waitFor(() =>
    expect(sent(`POST /conflicts/${DRAFT}`)).toEqual({ outcome: 'wanted', taking: 'anew' }),
  );
});

test('a technician takes a code for an outlet', async () => {
  signedIn('technician');
  answers['GET /terminals'] = [];
  answers['POST /terminals/code'] = { code: 'ABCDEFGH2345', expiresAt: at };
  show();
  await userEvent.type(await screen.findByLabelText('网点代码'), '530102001');
  await userEvent.click(screen.getByRole('button', { name: '领取登记码' }));
  expect(await screen.findByText('ABCD-EFGH-2345')).toBeDefined();
  expect(sent('POST /terminals/code')).toEqual({ outlet: '530102001' });
});

test.each([
  [{}, /^已导入，请把回执文件拷回 U 盘/],
  [{ revoked: true }, /^这台终端已经停用，带来的内容没有收下/],
])('who hands a terminal’s file in (%o) is told what to carry back', async (more, words) => {
  signedIn('technician');
  const blobs = { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} };
  vi.stubGlobal('URL', Object.assign(class extends URL {}, blobs));
  answers['GET /terminals'] = [];
  const receipts = { format: 1, terminal: 't-terminal0000', now: at, results: [], ...more };
  answers['POST /terminals/bundle'] = {
    ...{ purpose: 'receipts', payload: JSON.stringify(receipts), signature: '0'.repeat(128) },
  };
  show();
  const sealed = { key: '0123456789abcdef', enc: 'AAAA', ciphertext: 'AAAA' };
  const bundle = JSON.stringify({ format: 1, terminal: 't-terminal0000', sealed });
  const input = await screen.findByLabelText('导入终端 U 盘文件');
  await userEvent.upload(input, new File([bundle], 'a.bundle', { type: 'application/json' }));
  expect(await screen.findByText(words)).toBeDefined();
});

test('a technician sees what may still enrol a terminal, and cancels it', async () => {
  signedIn('technician');
  answers['GET /terminals'] = [];
  const code = { id: DRAFT, outlet: '530102001', madeBy: '示例', madeAt: at, expiresAt: at };
  answers['GET /terminals/codes'] = [code];
  answers[`POST /terminals/codes/${DRAFT}/cancel`] = {};
  show();
  await userEvent.click(await screen.findByRole('button', { name: '作废' }));
  expect(sent(`POST /terminals/codes/${DRAFT}/cancel`)).toBeUndefined();
  pressAt(screen.getByRole('button', { name: /^确定作废给网点 530102001 的登记码/ }), LATER);
  await waitFor(() => expect(sent(`POST /terminals/codes/${DRAFT}/cancel`)).toBeDefined());
});

test.each([
  ['an editor', 'editor'],
  ['a technician', 'technician'],
] as const)('%s is told what terminals do not get', async (_who, role) => {
  signedIn(role);
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /terminals'] = [];
  answers['GET /feed/troubles'] = {
    ...{ leftOut: [{ id: 'notice.old', scope: '530102' }], failed: ['530103'], isWritten: true },
    withoutFiles: ['530104'],
  };
  show();
  expect(await screen.findByText('notice.old · 530102')).toBeDefined();
  expect(screen.getByText(/没能发到终端.*530103/)).toBeDefined();
  expect(screen.getByText(/文字已经发到终端.*530104/)).toBeDefined();
});

test('a reviewer sees which records do not fit any more and how many go with them, and lets them go', async () => {
  signedIn('reviewer');
  answers['GET /content'] = { rows: [], more: false };
  const unsound = [{ id: 'notice.old', scope: '530102' }];
  answers['GET /feed/waiting'] = [{ division: '530102', unsound, gone: 25, top: 7 }];
  answers['POST /feed/confirm'] = {};
  show();
  expect(await screen.findByText('notice.old · 530102')).toBeDefined();
  expect(screen.getByText(/撤下的 25 条内容也会/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: '确认不再显示' }));
  const confirmed = { path: 'POST /feed/confirm', body: { division: '530102', top: 7 } };
  await waitFor(() => expect(asked).toContainEqual(confirmed));
});

test('a word for numbers that have changed since is refused, and the new ones stand there', async () => {
  signedIn('reviewer');
  answers['GET /content'] = { rows: [], more: false };
  const waiting = { division: '530102', unsound: [], gone: 25, top: 7 };
  answers['GET /feed/waiting'] = [waiting];
  const message = '这个区划刚刚又有改动，还没有确认。请看过现在的数字，再确认一次。';
  answers['POST /feed/confirm'] = { error: { code: 'changed', message } };
  show();
  expect(await screen.findByText(/撤下的 25 条内容也会/)).toBeDefined();
  answers['GET /feed/waiting'] = [{ ...waiting, gone: 26, top: 8 }];
  await userEvent.click(screen.getByRole('button', { name: '确认撤下' }));
  expect(await screen.findByText(message)).toBeDefined();
  expect(await screen.findByText(/撤下的 26 条内容也会/)).toBeDefined();
});

test('a table with faults is told by sheet, row and column, and nothing was taken', async () => {
  signedIn('editor');
  answers['GET /content'] = { rows: [], more: false };
  answers['POST /tables/hotline'] = {
    outcome: 'faulty',
    faults: [{ sheet: '热线电话', row: 2, column: '名称', fault: '名称：太短了，至少 2 个字。' }],
    more: false,
  };
  show();
  const [kinds] = await screen.findAllByLabelText('种类');
  await userEvent.selectOptions(kinds as HTMLElement, 'hotline');
  const file = new File(['PK'], '热线.xlsx');
  await userEvent.upload(await screen.findByLabelText('导入表格'), file);
  expect(await screen.findByText('名称：太短了，至少 2 个字。')).toBeDefined();
  expect(sent('POST /tables/hotline')).toEqual({ fileName: '热线.xlsx', base64: btoa('PK') });
  await userEvent.selectOptions(kinds as HTMLElement, 'triage');
  expect(screen.queryByLabelText('导入表格')).toBeNull();
});

test('a preview is asked for on a terminal and a day, and a reason why there is none is said', async () => {
  signedIn('reviewer');
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /terminals'] = [];
  answers['GET /drafts'] = [draft()];
  answers[`GET /drafts/${DRAFT}`] = draft();
  show();
  await userEvent.click(await screen.findByRole('button', { name: '起草与审核' }));
  await userEvent.click(await screen.findByRole('button', { name: '修改' }));
  const panel = within(await screen.findByRole('region', { name: '群众看到的样子' }));
  const outlet = await panel.findByLabelText('网点代码');
  await userEvent.clear(outlet);
  await userEvent.type(outlet, '530102001');
  await userEvent.click(panel.getByRole('button', { name: '预览' }));
  await waitFor(() =>
    expect(sent(`POST /drafts/${DRAFT}/preview`)).toMatchObject({ outlet: '530102001' }),
  );
  expect(screen.queryByTitle('群众看到的样子')).toBeNull();
  answers[`POST /drafts/${DRAFT}/preview`] = { answer: {} };
  await userEvent.click(panel.getByRole('button', { name: '预览' }));
  const frame = await screen.findByTitle<HTMLIFrameElement>('群众看到的样子');
  expect(frame.getAttribute('src')).toMatch(
    /^\/preview\/#draft=.+&outlet=530102001&day=[\d-]{10}&page=board&item=other$/,
  );
});

test('an archive is looked at before it is taken; a clash is taken only when the archive is to count', async () => {
  signedIn('editor');
  answers['GET /content'] = { rows: [], more: false };
  answers['POST /folder/pieces'] = { received: 2 };
  const row = { record, title: '冬季服务时间', meets: 'clash', places: 2, waits: false };
  const sound = { outcome: 'sound', unchanged: 3, files: 1 };
  answers['POST /folder/look'] = {
    ...{ ...sound, digest: 'a'.repeat(64), rows: [{ ...row, why: '别人改过。' }] },
  };
  answers['POST /folder/take'] = { drafts: 1 };
  show();
  const input = await screen.findByLabelText<HTMLInputElement>('导入压缩包');
  await userEvent.upload(input, new File(['PK'], '内容.zip', { type: 'application/zip' }));
  expect(await screen.findByText(/会改动 1 条，3 条没有变化，带来 1 个文件/)).toBeDefined();
  expect(screen.getByText('和现在发布的合不到一起')).toBeDefined();
  const confirm = () => screen.getByRole('button', { name: '确认，提交审核' });
  expect(confirm().hasAttribute('disabled')).toBe(true);
  answers['POST /folder/look'] = { ...sound, digest: 'b'.repeat(64), rows: [row] };
  await userEvent.click(screen.getByLabelText(/^以压缩包为准/));
  await waitFor(() => expect(confirm().hasAttribute('disabled')).toBe(false));
  await userEvent.click(confirm());
  expect(await screen.findByText('已提交 1 条改动，等另一个人审核。')).toBeDefined();
  const [{ upload } = { upload: '' }] = asked
    .filter(({ path }) => path === 'POST /folder/pieces')
    .map(({ body }) => body as { upload: string });
  expect(sent('POST /folder/take')).toEqual({ upload, overwrites: true, digest: 'b'.repeat(64) });
});

test('an archive is looked at once for each time that a person asks, whatever happens to the window, and anew when it changed', async () => {
  signedIn('editor');
  answers['GET /content'] = { rows: [], more: false };
  answers['POST /folder/pieces'] = { received: 2 };
  const row = { record, title: '冬季服务时间', meets: 'changed', places: 2, waits: false };
  const sound = { outcome: 'sound', unchanged: 3, files: 1, digest: 'a'.repeat(64), rows: [row] };
  answers['POST /folder/look'] = sound;
  const looks = () => asked.filter(({ path }) => path === 'POST /folder/look').length;
  show();
  const input = await screen.findByLabelText<HTMLInputElement>('导入压缩包');
  await userEvent.upload(input, new File(['PK'], '内容.zip', { type: 'application/zip' }));
  const confirm = await screen.findByRole('button', { name: '确认，提交审核' });
  globalThis.dispatchEvent(new Event('visibilitychange'));
  globalThis.dispatchEvent(new Event('focus'));
  // No answer: what everything else on the page is asked again after asks for no look.
  await userEvent.click(confirm);
  expect(await screen.findAllByRole('alert')).toBeDefined();
  expect(looks()).toBe(1);
  answers['POST /folder/look'] = { ...sound, rows: [{ ...row, waits: true }] };
  await userEvent.click(screen.getByRole('button', { name: '重新比较' }));
  expect(await screen.findByText('已有草稿在等审核，不再提交')).toBeDefined();
  const nothing = screen.getByRole('button', { name: '确认，提交审核' });
  expect(nothing.hasAttribute('disabled')).toBe(true);
  expect(looks()).toBe(2);
});

test('faults of an archive are listed, and it cannot be taken', async () => {
  signedIn('editor');
  answers['GET /content'] = { rows: [], more: false };
  answers['POST /folder/pieces'] = { received: 2 };
  answers['POST /folder/look'] = { outcome: 'faulty', faults: ['a.yaml：缺少标题。'], more: false };
  show();
  const input = await screen.findByLabelText<HTMLInputElement>('导入压缩包');
  await userEvent.upload(input, new File(['PK'], '内容.zip', { type: 'application/zip' }));
  expect(await screen.findByText('a.yaml：缺少标题。')).toBeDefined();
  expect(screen.queryByRole('button', { name: '确认，提交审核' })).toBeNull();
});

test.each([
  ['law', /读的是导入终端的法规文本/],
  ['access-rule', /还没有显示受理标准的页面/],
])(
  'a draft of kind %s, which no terminal shows, has no preview but a reason',
  async (kind, why) => {
    signedIn('reviewer');
    answers['GET /content'] = { rows: [], more: false };
    const unseen = draft({ record: { ...record, id: `${kind}.one`, kind } });
    answers['GET /drafts'] = [unseen];
    answers[`GET /drafts/${DRAFT}`] = unseen;
    show();
    await userEvent.click(await screen.findByRole('button', { name: '起草与审核' }));
    await userEvent.click(await screen.findByRole('button', { name: '修改' }));
    const panel = within(await screen.findByRole('region', { name: '群众看到的样子' }));
    expect(panel.getByText(why)).toBeDefined();
    expect(panel.queryByRole('button')).toBeNull();
  },
);

test('a terminal that is long not heard of, and what is not well there, stand in the list', async () => {
  signedIn('technician');
  answers['GET /terminals'] = [
    {
      ...{ id: 't-0123456789abcdef', outlet: '530102001', name: '大厅东侧', state: 'active' },
      ...{ enrolledAt: at, seenAt: new Date(Date.now() - 50 * 3_600_000).toISOString() },
      heartbeat: {
        ...{ protocol: 1, terminal: 't-0123456789abcdef', at, program: '1.2.3' },
        content: [{ division: '00', epoch: 'a', sequence: 1, checkedAt: at }],
        outbox: { waiting: 2, refused: 0, conflicts: 0 },
        alarms: [
          { check: 'ticket-printer', state: 'fault' },
          { check: 'disk-space', state: 'warning' },
        ],
      },
    },
  ];
  show();
  expect(await screen.findByText(/（50 小时没有联系）/)).toBeDefined();
  expect(screen.getByText('小票打印机故障、磁盘空间')).toBeDefined();
  expect(screen.getByText('1.2.3')).toBeDefined();
  expect(screen.getByText('2026-11-22 09:00')).toBeDefined();
});

/** A terminal that did not take the newest state of its district. */
const holding = (refused: RefusedContent) => [
  {
    ...{ id: 't-0123456789abcdef', outlet: '530102001', name: '大厅东侧', state: 'active' },
    ...{ enrolledAt: at, seenAt: new Date().toISOString() },
    heartbeat: {
      ...{ protocol: 1, terminal: 't-0123456789abcdef', at, program: '1.2.3' },
      content: [{ division: '530102', epoch: 'a', sequence: 1, checkedAt: at, refused }],
      outbox: { waiting: 0, refused: 0, conflicts: 0 },
      alarms: [],
    },
  },
];

test('a terminal that holds a deletion back says so in its row, and a reviewer confirms it there', async () => {
  signedIn('reviewer');
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /terminals'] = holding({ reason: 'mass-deletion', gone: 40, of: 60, top: 9 });
  answers['POST /feed/confirm'] = {};
  const { container } = show();
  await userEvent.click(await screen.findByRole('button', { name: '终端' }));
  expect(
    await screen.findByText(/^530102：一次要撤下 40 条内容（终端上现有 60 条）/),
  ).toBeDefined();
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await userEvent.click(await screen.findByRole('button', { name: '确认撤下' }));
  expect(await screen.findByText('已确认，终端下次取内容时撤下。')).toBeDefined();
  expect(sent('POST /feed/confirm')).toEqual({ division: '530102', top: 9 });
});

test('a word for a deletion that a terminal holds is for the changes it told of, and refused when there are more; then its new number stands there', async () => {
  signedIn('reviewer');
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /terminals'] = holding({ reason: 'mass-deletion', gone: 120, of: 300, top: 500 });
  const message = '这个区划刚刚又有改动，还没有确认。请看过现在的数字，再确认一次。';
  answers['POST /feed/confirm'] = { error: { code: 'changed', message } };
  show();
  await userEvent.click(await screen.findByRole('button', { name: '终端' }));
  expect(await screen.findByText(/一次要撤下 120 条内容/)).toBeDefined();
  answers['GET /terminals'] = holding({ reason: 'mass-deletion', gone: 220, of: 300, top: 600 });
  await userEvent.click(await screen.findByRole('button', { name: '确认撤下' }));
  expect(sent('POST /feed/confirm')).toEqual({ division: '530102', top: 500 });
  expect(await screen.findByText(message)).toBeDefined();
  expect(await screen.findByText(/一次要撤下 220 条内容/)).toBeDefined();
  expect(screen.queryByText(/已确认，终端下次取内容时撤下/)).toBeNull();
});

test('a deletion whose last change an older terminal does not name cannot be confirmed there', async () => {
  signedIn('reviewer');
  answers['GET /content'] = { rows: [], more: false };
  answers['GET /terminals'] = holding({ reason: 'mass-deletion', gone: 40, of: 60 });
  show();
  await userEvent.click(await screen.findByRole('button', { name: '终端' }));
  expect(await screen.findByText(/请先更新终端的程序/)).toBeDefined();
  expect(screen.queryByRole('button', { name: '确认撤下' })).toBeNull();
});

const person = {
  ...{ id: OTHER, account: 'yi', name: '乙某', roles: ['editor'], divisions: ['530102'] },
  active: true,
};

test.each([
  ['停用', /确定停用乙某的账号/, `POST /people/${OTHER}`],
  ['重新发链接', /确定让乙某重新设密码/, `POST /people/${OTHER}/reset`],
])(
  '%s asks first, names the person, and forgets the question when one goes elsewhere',
  async (label, question, path) => {
    signedIn('technician');
    answers['GET /terminals'] = [];
    answers['GET /people'] = [person];
    answers[path] = { link: 'https://a.example/' };
    show();
    await userEvent.click(await screen.findByRole('button', { name: '人员' }));
    await userEvent.click(await screen.findByRole('button', { name: label }));
    expect(sent(path)).toBeUndefined();
    await userEvent.click(document.body);
    expect(screen.queryByRole('button', { name: question })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: label }));
    pressAt(screen.getByRole('button', { name: question }), LATER);
    await waitFor(() => expect(asked.some((one) => one.path === path)).toBe(true));
  },
);

test('a terminal is taken out of service at the second press, which names it', async () => {
  signedIn('technician');
  answers['GET /terminals'] = [
    { id: 't-1', name: '大厅一号机', outlet: '530102001', state: 'active', enrolledAt: at },
  ];
  answers['POST /terminals/t-1/revoke'] = {};
  show();
  pressAt(await screen.findByRole('button', { name: '停用' }), 5_000);
  expect(asked.some(({ path }) => path.startsWith('POST'))).toBe(false);
  const question = await screen.findByRole('button', { name: /确定停用终端“大厅一号机”/ });
  // The second half of a double click, and of a triple one.
  for (const soon of [5_100, 5_250]) pressAt(question, soon);
  expect(asked.some(({ path }) => path.startsWith('POST'))).toBe(false);
  pressAt(question, 8_000);
  await waitFor(() => expect(asked.some(({ path }) => path.startsWith('POST'))).toBe(true));
});

const platform = {
  ...{ id: OTHER, name: '省平台', rights: ['content', 'inbox'], divisions: ['53'] },
  ...{ lastDay: '2027-06-30', state: 'active', createdAt: at, usedAt: at },
};

const openServices = async () => {
  answers['GET /terminals'] = [];
  answers['GET /people'] = [];
  const shown = show();
  await userEvent.click(await screen.findByRole('button', { name: '人员' }));
  return { ...shown, section: within(await screen.findByRole('region', { name: '外单位对接' })) };
};

test('an account of another party’s program is made when all is said, and its key shown until it was handed over', async () => {
  signedIn('technician');
  answers['POST /services'] = { key: `lkd_${'k'.repeat(43)}` };
  const { section, container } = await openServices();
  const make = section.getByRole<HTMLButtonElement>('button', { name: '生成密钥' });
  await userEvent.type(section.getByLabelText('对接单位和系统的名称'), ' 省平台 ');
  await userEvent.click(section.getByLabelText('查看和办结收件'));
  await userEvent.type(section.getByLabelText(/看得到的区划代码/), '53 62');
  expect(make.disabled).toBe(true);
  await userEvent.type(section.getByLabelText(/有效到哪天/), '2027-06-30');
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await userEvent.click(make);
  expect(await section.findByText(/^lkd_k{43}$/)).toBeDefined();
  expect(sent('POST /services')).toEqual({
    ...{ name: '省平台', rights: ['content', 'inbox'], divisions: ['53', '62'] },
    lastDay: '2027-06-30',
  });
  await userEvent.click(section.getByRole('button', { name: '已经交给对方，不再显示' }));
  expect(section.queryByText(/lkd_/)).toBeNull();
  expect(section.getByRole('button', { name: '生成密钥' })).toBeDefined();
});

test('the code of an outlet is not taken for a division', async () => {
  signedIn('technician');
  const { section } = await openServices();
  await userEvent.type(section.getByLabelText('对接单位和系统的名称'), '省平台');
  await userEvent.type(section.getByLabelText(/有效到哪天/), '2027-06-30');
  const field = section.getByLabelText(/看得到的区划代码/);
  const make = section.getByRole<HTMLButtonElement>('button', { name: '生成密钥' });
  await userEvent.type(field, '53、620104-A01');
  expect(section.getByText(/请填区县的代码/)).toBeDefined();
  expect(make.disabled).toBe(true);
  await userEvent.clear(field);
  await userEvent.type(field, '53、620104');
  expect(section.queryByText(/请填区县的代码/)).toBeNull();
  expect(make.disabled).toBe(false);
});

test('a key that is not made says why, and what was written stays', async () => {
  signedIn('technician');
  answers['POST /services'] = {
    error: { code: 'bad-input', message: '有效期最早到今天，最长一年。' },
  };
  const { section } = await openServices();
  await userEvent.type(section.getByLabelText('对接单位和系统的名称'), '省平台');
  await userEvent.type(section.getByLabelText(/看得到的区划代码/), '53');
  await userEvent.type(section.getByLabelText(/有效到哪天/), '2099-06-30');
  await userEvent.click(section.getByRole('button', { name: '生成密钥' }));
  expect(await section.findByText('有效期最早到今天，最长一年。')).toBeDefined();
  expect(section.getByLabelText<HTMLInputElement>('对接单位和系统的名称').value).toBe('省平台');
});

test('an account of a program says what it may do, until when and when it was used; it ends at the second press', async () => {
  signedIn('technician');
  answers['GET /services'] = [platform, { ...platform, id: ME, name: '旧平台', state: 'expired' }];
  answers[`POST /services/${OTHER}/revoke`] = {};
  const { section } = await openServices();
  const row = within(await section.findByRole('row', { name: /省平台/ }));
  for (const text of ['读取已发布的内容、查看和办结收件', '2027-06-30', '2026-11-22 09:00', '在用'])
    expect(row.getByText(text)).toBeDefined();
  const old = within(section.getByRole('row', { name: /旧平台/ }));
  expect(old.getByText('已到期')).toBeDefined();
  expect(old.queryByRole('button')).toBeNull();
  await userEvent.click(row.getByRole('button', { name: '停用' }));
  expect(asked.some(({ path }) => path.endsWith('/revoke'))).toBe(false);
  pressAt(row.getByRole('button', { name: /确定停用“省平台”的密钥/ }), LATER);
  await waitFor(() => expect(asked.some(({ path }) => path.endsWith('/revoke'))).toBe(true));
});

test('an auditor sees accounts of programs, and changes none', async () => {
  signedIn('auditor');
  answers['GET /services'] = [platform];
  answers['GET /audit'] = [];
  const { section } = await openServices();
  expect(await section.findByText('省平台')).toBeDefined();
  expect(section.queryAllByRole('button')).toEqual([]);
});
