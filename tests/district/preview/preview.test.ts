import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishRecord } from '#district/content/published.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { OFFICE_PREFIX } from '#shared/contract/office.ts';
import type { QueueState, TakeAnswer } from '#shared/contract/queue.ts';
import type { Slide } from '#shared/contract/reading.ts';
import type { SearchAnswer } from '#shared/contract/search.ts';
import type { Hello } from '#shared/contract/views.ts';
import type { Draft } from '#shared/office/office-views.ts';
import { onBothDatabases } from '../databases.ts';
import { notice } from '../feed/sample-feed.ts';
import { type OfficePage, somebody, submitted } from '../office/sample-office.ts';
import { type SampleServer, sampleServer } from '../sample-server.ts';

const LIST = {
  title: '试用的清单',
  columns: [{ id: 'what', label: '事项' }],
  rows: [{ id: 'one', cells: { what: '公证' } }],
};
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

  /** A picture that the district published; `isKept`: its file is on the server, too. */
  const publishPicture = async (id: string, isKept: boolean) => {
    const bytes = Buffer.from(`\x89PNG\r\n\x1a\n${id}`, 'latin1');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const body = {
      ...{ title: '大厅', type: 'image', mime: 'image/png', description: '', captions: '' },
      ...{ sha256, bytes: bytes.length },
    };
    const record = { ...notice('x', 1, OUTLET), id, kind: 'media', body };
    const act = { actor: 'test', at: 1, note: '测试' };
    await opened.database.transaction((db) => publishRecord(db, record as ContentRecord, act));
    const { mediaFolder } = server.district.settings;
    await mkdir(mediaFolder, { recursive: true });
    if (isKept) await writeFile(join(mediaFolder, `${sha256}.png`), bytes);
  };

  /** A draft of any kind, saved as an editor wrote it. */
  const written = async (kind: string, name: string, scope: string, body: object) => {
    const record = { id: `${kind}.${name}`, kind, scope };
    const draft = await editor.done<Draft>('POST', '/drafts', { record });
    const particulars = { source: '示例', responsibleBody: '五华区司法局' };
    const content = { ...draft.content, ...particulars, effectiveFrom: '2026-11-01', body };
    const { revision } = draft;
    return editor.done<Draft>('POST', `/drafts/${draft.id}`, { revision, content });
  };
  const answerOf = async <Answer>(draft: Draft, method: string, input: object, change = {}) =>
    (await ask(editor, draft, { method, input, ...change })).json<{ answer: Answer }>().answer;

  test('a word that visitors use finds in the preview what it means, and nothing without the draft', async () => {
    const draft = await written('synonym', 'saying', '530102', {
      everyday: ['嘎嘣嘎嘣'],
      legal: ['法律援助'],
    });
    const input = { text: '嘎嘣嘎嘣', language: 'zh-CN' };
    const found = await answerOf<SearchAnswer>(draft, 'search.query', input);
    expect(found.understood).toEqual([{ type: 'synonym', said: '嘎嘣嘎嘣', meant: ['法律援助'] }]);
    expect(found.groups.map(({ kind }) => kind)).toContain('service');
    expect(found.complete).toBe(true);
    const other = await submitted(editor, 'no-saying', '另一份草稿的标题');
    const without = await answerOf<SearchAnswer>(other, 'search.query', input);
    expect(without.groups).toEqual([]);
  });

  test('a playlist shows its slides with their pictures, as the screen does while nobody is there', async () => {
    const before = await submitted(editor, 'slide', '播放单里的通知');
    await publishPicture('media.hall', true);
    await publishPicture('media.lost', false);
    const draft = await written('playlist', 'trial', '530102', {
      title: '试播的单子',
      items: [
        { id: 'own', record: 'notice.wuhua-mailbox', seconds: 15 },
        { id: 'picture', record: 'media.hall', seconds: 15 },
        { id: 'lost', record: 'media.lost', seconds: 15 },
        { id: 'waiting', record: before.record.id, seconds: 15 },
      ],
    });
    const slides = await answerOf<Slide[]>(draft, 'reading.slides', { language: 'zh-CN' });
    const own = slides.filter(({ id }) => id.startsWith('playlist.trial/'));
    // What is not published yet is not shown by a terminal, either.
    const shown = own.map(({ id, picture }) => [id, picture !== undefined]);
    expect(shown).toEqual([
      ['playlist.trial/own', false],
      ['playlist.trial/picture', true],
      // Its file has not come yet.
      ['playlist.trial/lost', false],
    ]);
    const picture = await editor.get((own[1]?.picture ?? '').replace(OFFICE_PREFIX, ''));
    expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/png']);
  });

  test('a plan of the queue gives numbers of its own in the preview, with the slip, and nowhere else', async () => {
    const draft = await written('queue-plan', '530102', '530102', {
      station: '530102',
      lines: [{ id: 'advice', name: '咨询试排', prefix: 'Q', windows: ['w2'], dayQuota: 1 }],
    });
    const at = { outlet: '530102' };
    const language = 'zh-CN';
    const open = await answerOf<QueueState>(draft, 'queue.state', { language }, at);
    expect(open.lines.map(({ name, prefix }) => [name, prefix])).toEqual([['咨询试排', 'Q']]);
    expect(open.mode.state).toBe('open');
    const order = { operation: randomUUID(), line: 'advice', language };
    const taken = await answerOf<TakeAnswer>(draft, 'queue.take', order, at);
    if (taken.outcome !== 'issued') throw new Error(taken.because);
    expect(taken.ticket.number).toBe('Q001');
    const { id } = taken.ticket;
    const slip = await answerOf<{ height: number }>(draft, 'queue.slip', { id }, at);
    expect(JSON.stringify(slip).length).toBeGreaterThan(200);
    const again = { ...order, operation: randomUUID() };
    expect(await answerOf<TakeAnswer>(draft, 'queue.take', again, at)).toEqual({
      ...{ outcome: 'refused', because: 'line-full' },
    });
    // A colleague who looks at the same draft meets nobody's numbers.
    const colleague = await somebody(server, ['editor'], ['530102']);
    const theirs = { ...order, operation: randomUUID() };
    const look = await ask(colleague, draft, { method: 'queue.take', input: theirs, ...at });
    expect(look.json<{ answer: TakeAnswer }>().answer).toMatchObject({
      ...{ outcome: 'issued', ticket: { number: 'Q001' } },
    });
    // On a day without service the page says so.
    const sunday = await answerOf<QueueState>(
      ...([draft, 'queue.state', { language }, { ...at, day: '2026-12-06' }] as const),
    );
    expect(sunday.mode.state).toBe('closed');
  });

  test('a list is read where visitors read it', async () => {
    const draft = await written('list', 'trial', '530102', LIST);
    const input = { id: 'list.trial', language: 'zh-CN' };
    const shown = await answerOf<{ body: { title: string } }>(draft, 'reading.list', input);
    expect(shown.body.title).toBe(LIST.title);
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
