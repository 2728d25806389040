import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishRecord } from '#district/content/published.ts';
import type { Hello } from '#shared/contract/views.ts';
import type { Draft } from '#shared/office/office-views.ts';
import { onBothDatabases } from '../databases.ts';
import { notice } from '../feed/sample-feed.ts';
import { type OfficePage, somebody, submitted } from '../office/sample-office.ts';
import { type SampleServer, sampleServer } from '../sample-server.ts';

const OUTLET = '530102001';
const DAY = '2026-12-01';
onBothDatabases((opened) => {
  let server: SampleServer;
  let editor: OfficePage;
  beforeAll(async () => {
    server = await sampleServer(opened.database);
    editor = await somebody(server, ['editor'], ['530102']);
  });
  afterAll(() => server.close());

  const ask = (page: OfficePage, { id }: Draft, change: object = {}) =>
    page.post(`/drafts/${id}/preview`, {
      ...{ outlet: OUTLET, day: DAY, method: 'board.disclosure', input: { language: 'zh-CN' } },
      ...change,
    });
  const titles = async (page: OfficePage, draft: Draft, change: object = {}) => {
    const { answer } = (await ask(page, draft, change)).json<{
      answer: { notices: { body: { title: string } }[] };
    }>();
    return answer.notices.map(({ body }) => body.title);
  };

  test('a draft is seen as a terminal would show it, and nothing is published by that', async () => {
    const draft = await submitted(editor, 'preview', '只在预览里的标题');
    const seen = await titles(editor, draft);
    expect(seen).toContain('只在预览里的标题');
    // The deployment's own content of other divisions is there as on the terminal.
    const hello = await ask(editor, draft, { method: 'system.hello', input: null });
    expect(hello.json<{ answer: Hello }>().answer.stationName).toMatch(
      /五华区.+公共法律服务工作站/,
    );
    const list = await editor.done<{ rows: object[] }>('GET', '/content');
    expect(list.rows).toEqual([]);
  });

  test('the day decides: before it is in force, and after its last day, a draft is not there', async () => {
    const draft = await submitted(editor, 'dated', '有日期的标题');
    expect(await titles(editor, draft)).toContain('有日期的标题');
    expect(await titles(editor, draft, { day: '2036-01-01' })).not.toContain('有日期的标题');
  });

  test('what the district published is seen beside it, and of other outlets nothing', async () => {
    const published = { ...notice('beside', 1, OUTLET) };
    const elsewhere = { ...notice('elsewhere', 1, '530102002') };
    for (const record of [published, elsewhere])
      await opened.database.transaction((db) =>
        publishRecord(
          db,
          { ...record, body: { ...record.body, title: `${record.id} 的标题` } },
          { actor: 'test', at: 1, note: '测试' },
        ),
      );
    const draft = await submitted(editor, 'third', '第三条标题');
    const seen = await titles(editor, draft);
    expect(seen).toContain('第三条标题');
    expect(seen).toContain('notice.beside 的标题');
    expect(seen).not.toContain('notice.elsewhere 的标题');
  });

  test('a withdrawal is seen as a gap', async () => {
    const record = { id: 'notice.beside', kind: 'notice', scope: OUTLET };
    const draft = await editor.done<Draft>('POST', '/drafts', { record, withdraw: true });
    expect(await titles(editor, draft)).not.toContain('notice.beside 的标题');
  });

  test('what cannot be previewed is said in one sentence', async () => {
    const record = { id: 'notice.empty', kind: 'notice', scope: '530102' };
    const empty = await editor.done<Draft>('POST', '/drafts', { record });
    expect((await ask(editor, empty)).json()).toEqual({
      error: { code: 'bad-input', message: '请先把草稿里的问题改好、保存，再看预览。' },
    });
    const nowhere = await somebody(server, ['editor'], ['99', '530102']);
    const draft = await submitted(nowhere, 'nowhere', '没有配置的地方');
    const answer = await ask(nowhere, draft, { outlet: '990102001' });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('没有这个网点所在地方的配置文件夹');
    expect((await ask(editor, draft, { method: 'staff.people' })).statusCode).toBe(404);
    expect((await ask(editor, draft, { input: { language: 'xx' } })).statusCode).toBe(400);
    expect(server.faults).toEqual([]);
  });
});
