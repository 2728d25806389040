import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publishDue } from '#district/content/drafts.ts';
import {
  keptRecord,
  publishRecord,
  raiseVersions,
  withdrawRecord,
} from '#district/content/published.ts';
import type { DistrictFault } from '#district/district-fault.ts';
import { firstInvitation, provePerson, resetPerson } from '#district/office/people.ts';
import { codeAt } from '#district/office/second-factor.ts';
import { all, run, sql } from '#district/store/sql.ts';
import { makeCode } from '#district/terminals/enrolment.ts';
import { isSignedBy } from '#district/terminals/terminal-signature.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { OFFICE_PREFIX } from '#shared/contract/office.ts';
import type {
  Draft,
  Me,
  OfficeAct,
  OfficeConflict,
  OfficePerson,
} from '#shared/office/office-views.ts';
import { receiptsSchema, type SignedFile, signedFileText } from '#shared/operations/bundle.ts';
import { enrolmentProof } from '#shared/operations/enrolment.ts';
import type { FieldChange } from '#shared/operations/field-change.ts';
import { bundleAad, sealingInfo, submissionAad } from '#shared/operations/sealed.ts';
import { onBothDatabases } from '../databases.ts';
import { notice } from '../feed/sample-feed.ts';
import {
  enrolledTerminal,
  FakeTerminal,
  operation,
  type SampleServer,
  sampleServer,
  seal,
} from '../sample-server.ts';
import {
  approved,
  OfficePage,
  openAccount,
  PASSWORD,
  somebody,
  submitted,
  written,
} from './sample-office.ts';

const MINUTE = 60_000;
const OUTLET = '530102001';

onBothDatabases((opened) => {
  let server: SampleServer;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
  });
  afterEach(async () => {
    await server.close();
    expect(server.faults).toEqual([]);
  });

  const error = (answer: { json: () => unknown }) =>
    (answer.json() as { error?: { code: string } }).error?.code ?? 'ok';

  describe('an account', () => {
    const firstAccount = async () =>
      openAccount(server, (await firstInvitation(server.district)) ?? '');

    test('of the first administrator is opened by a link, once', async () => {
      const link = (await firstInvitation(server.district)) ?? '';
      await openAccount(server, link);
      await expect(openAccount(server, link)).rejects.toThrow('not-found');
      expect(await firstInvitation(server.district)).toBeUndefined();
    });

    test('whose link was never used gets another at the next start, and the old one ends', async () => {
      const old = (await firstInvitation(server.district)) ?? '';
      const next = (await firstInvitation(server.district)) ?? '';
      await expect(openAccount(server, old)).rejects.toThrow('not-found');
      await openAccount(server, next);
    });

    test('is entered with password and a code that is taken once', async () => {
      const secret = await firstAccount();
      const page = new OfficePage(server);
      expect((await page.logIn('admin', secret)).json()).toMatchObject({ roles: ['technician'] });
      const again = new OfficePage(server);
      const code = codeAt(secret, server.clock.now);
      const entered = { account: 'admin', password: PASSWORD, code };
      expect(error(await again.post('/log-in', entered))).toBe('not-signed-in');
    });

    test('sets a cookie that only this host can set and no script can read', async () => {
      const secret = await firstAccount();
      const answer = await new OfficePage(server).logIn('admin', secret);
      expect(answer.headers['set-cookie']).toMatch(
        /^__Host-office=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      );
    });

    test('does not tell what was wrong, and five wrong tries lock it for an hour', async () => {
      const secret = await firstAccount();
      const page = new OfficePage(server);
      const wrong = [
        await page.logIn('nobody', secret),
        await page.logIn('admin', secret, { password: 'something else' }),
        await page.logIn('admin', secret, { code: '000000' }),
      ];
      expect(new Set(wrong.map(({ body }) => body)).size).toBe(1);
      for (let tries = 0; tries < 3; tries += 1)
        await page.logIn('admin', secret, { password: 'something else' });
      expect(error(await page.logIn('admin', secret))).toBe('too-many');
      server.clock.now += 61 * MINUTE;
      expect(error(await page.logIn('admin', secret))).toBe('ok');
    });

    test('is locked after five wrong tries also when all come at once', async () => {
      const secret = await firstAccount();
      const tries = Array.from({ length: 20 }, () =>
        new OfficePage(server).logIn('admin', secret, { password: 'something else' }),
      );
      const errors = (await Promise.all(tries)).map(error);
      expect(errors.filter((code) => code === 'not-signed-in')).toHaveLength(5);
      expect(errors.filter((code) => code === 'too-many')).toHaveLength(15);
    });

    test('is not locked by an address that is locked itself, whose lock the trail names once', async () => {
      const secret = await firstAccount();
      const wrong = { password: 'something else', code: '000000' };
      const from = (address: string, account: string) =>
        provePerson(server.district, { account, ...wrong }, address).catch(
          ({ code }: DistrictFault) => code,
        );
      for (let at = 0; at < 30; at += 1) await from('10.0.0.9', `nobody${at}`);
      for (let tries = 0; tries < 6; tries += 1)
        expect(await from('10.0.0.9', 'admin')).toBe('too-many');
      const locks = sql`select detail from audit where action = 'log-in-locked'`;
      expect(await all(opened.database, locks)).toEqual([{ detail: '10.0.0.9' }]);
      expect(error(await new OfficePage(server).logIn('admin', secret))).toBe('ok');
    });

    test('that is locked does not lock the colleagues of whoever goes on trying, is told how long, and is freed by a new link', async () => {
      const secret = await firstAccount();
      // Not through the route, which has a limit of its own for all tries of an address in a minute.
      const from = (account: string) =>
        provePerson(server.district, { account, password: 'wrong', code: '000000' }, 'desk').catch(
          ({ code }: DistrictFault) => code,
        );
      for (let tries = 0; tries < 40; tries += 1) await from('admin');
      expect(await from('nobody')).toBe('not-signed-in');
      const page = new OfficePage(server);
      const told = /过 \d{1,2} 分钟再试/;
      expect((await page.logIn('admin', secret)).body).toMatch(told);
      const [person] = await all<{ id: string }>(opened.database, sql`select id from person`);
      const { link } = await resetPerson(server.district, person?.id ?? '', 'test');
      const next = await openAccount(server, link);
      expect(error(await page.logIn('admin', next))).toBe('ok');
    });

    test('has no other name under which its limits do not count', async () => {
      const secret = await firstAccount();
      const entered = { account: 'admin', password: PASSWORD };
      const code = codeAt(secret, server.clock.now);
      for (const path of ['/log-in/', '//log-in', '/log%2Din', '/log-in//', '/log-in/?x=1'])
        expect([
          path,
          error(await new OfficePage(server).post(path, { ...entered, code })),
        ]).toEqual([path, 'not-found']);
    });

    test('takes no password that is easily guessed', async () => {
      const link = (await firstInvitation(server.district)) ?? '';
      const token = link.split('#')[1] ?? '';
      const page = new OfficePage(server);
      const { secondFactor } = await page.done<{ secondFactor: string }>('POST', '/invitation', {
        token,
      });
      const code = codeAt(secondFactor, server.clock.now);
      for (const password of ['aaaaaaaaaaaa', 'my-admin-password'])
        expect(error(await page.post('/invitation/accept', { token, password, code }))).toBe(
          'bad-input',
        );
    });

    test('is left by itself after half an hour, after a day’s work, and by leaving', async () => {
      const secret = await firstAccount();
      const page = new OfficePage(server);
      await page.logIn('admin', secret);
      const token = page.cookie;
      expect(error(await page.get('/me'))).toBe('ok');
      server.clock.now += 31 * MINUTE;
      expect(error(await page.get('/me'))).toBe('not-signed-in');
      await page.logIn('admin', secret);
      for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
        server.clock.now += 20 * MINUTE;
        await page.get('/me');
      }
      expect(error(await page.get('/me'))).toBe('not-signed-in');
      await page.logIn('admin', secret);
      const last = page.cookie;
      await page.post('/log-out');
      page.cookie = last;
      expect(error(await page.get('/me'))).toBe('not-signed-in');
      expect(last).not.toBe(token);
    });

    test('cannot be used by a page of another site', async () => {
      const page = await somebody(server, ['technician']);
      const code = { outlet: OUTLET };
      const foreign = await page.call('POST', '/terminals/code', code, {
        origin: 'https://bad.example',
      });
      const form = await server.app.inject({
        ...{ method: 'POST', url: `${OFFICE_PREFIX}/terminals/code`, payload: code },
        headers: { cookie: page.cookie },
      });
      expect([error(foreign), error(form)]).toEqual(['not-allowed', 'not-allowed']);
    });

    test('of a technician gives no code for a division in which no outlet is published', async () => {
      const page = await somebody(server, ['technician'], ['00']);
      for (const path of ['/terminals/code', '/terminals/provisioning'])
        for (const outlet of ['530102', '00'])
          expect(error(await page.post(path, { outlet }))).toBe('not-found');
    });

    test('that is closed, changed or reset is logged out; the last technician stays', async () => {
      const technician = await somebody(server, ['technician']);
      const editor = await somebody(server, ['editor']);
      const people = await technician.done<OfficePerson[]>('GET', '/people');
      const found = people.find(({ roles }) => roles.includes('editor'));
      const duties = { name: '示例', roles: ['editor'], divisions: ['530102'] };
      await technician.done('POST', `/people/${found?.id}`, { duties, active: false });
      expect(error(await editor.get('/me'))).toBe('not-signed-in');
      const me = people.find(({ roles }) => roles.includes('technician'));
      const other = { ...duties, roles: ['editor'] };
      expect(
        error(await technician.post(`/people/${me?.id}`, { duties: other, active: true })),
      ).toBe('not-allowed');
    });

    test('is seen to by technicians of all its divisions only, and nobody gives more than they have', async () => {
      const local = await somebody(server, ['technician']);
      const whole = await somebody(server, ['technician'], ['00']);
      const wider = await somebody(server, ['editor'], ['530102', '620104']);
      const [me, other] = [await local.done<Me>('GET', '/me'), await wider.done<Me>('GET', '/me')];
      const seen = async (page: OfficePage) =>
        (await page.done<OfficePerson[]>('GET', '/people')).map(({ id }) => id);
      expect(await seen(local)).toEqual([me.id]);
      expect(await seen(whole)).toHaveLength(3);
      const duties = { name: '示例', roles: ['technician'], divisions: ['530102'] };
      const everywhere = { ...duties, divisions: ['530102', '00'] };
      const answers = [
        await local.post(`/people/${me.id}`, { duties: everywhere, active: true }),
        await local.post('/people', { account: 'someone', duties: everywhere }),
        await local.post(`/people/${other.id}`, { duties, active: true }),
        await local.post(`/people/${other.id}/reset`),
      ];
      expect(answers.map(error)).toEqual(answers.map(() => 'not-found'));
      await whole.done('POST', `/people/${me.id}`, { duties: everywhere, active: true });
    });

    test('of the last technician of the whole office stays, whoever works on a part', async () => {
      await somebody(server, ['technician']);
      const whole = await somebody(server, ['technician'], ['00']);
      const { id } = await whole.done<Me>('GET', '/me');
      const duties = { name: '示例', roles: ['technician'], divisions: ['530102'] };
      const answer = await whole.post(`/people/${id}`, { duties, active: true });
      expect(error(answer)).toBe('not-allowed');
    });

    test('has no roles that must be apart', async () => {
      const technician = await somebody(server, ['technician']);
      for (const roles of [['technician', 'editor'], ['auditor', 'reviewer'], []]) {
        const duties = { name: '示例', roles, divisions: ['530102'] };
        expect(error(await technician.post('/people', { account: 'someone', duties }))).toBe(
          'bad-input',
        );
      }
    });
  });

  describe('a record', () => {
    test('is written by one, let through by another, and published', async () => {
      const editor = await somebody(server, ['editor', 'reviewer']);
      const reviewer = await somebody(server, ['reviewer']);
      const draft = await submitted(editor, 'one', '冬季服务时间');
      expect(draft).toMatchObject({ state: 'in-review', faults: [], title: '冬季服务时间' });
      const own = await editor.post(`/drafts/${draft.id}/approve`, { revision: draft.revision });
      expect(error(own)).toBe('not-allowed');
      expect(await approved(reviewer, draft)).toMatchObject({ state: 'published' });
      const list = await editor.done<{ rows: object[] }>('GET', '/content?kind=notice&text=冬季');
      expect(list.rows).toMatchObject([{ title: '冬季服务时间', state: 'published', version: 1 }]);
    });

    test('cannot be handed in while something is wrong with it', async () => {
      const editor = await somebody(server, ['editor']);
      const record = { id: 'notice.bad', kind: 'notice', scope: '530102' };
      const draft = await editor.done<Draft>('POST', '/drafts', { record });
      const content = { ...written('短'), validUntil: undefined };
      const saved = await editor.done<Draft>('POST', `/drafts/${draft.id}`, {
        revision: 1,
        content,
      });
      expect(saved.faults).toEqual([
        { field: 'validUntil', fault: '显示到哪天：这类内容必须写明哪一天以后不再显示。' },
        { field: 'body.title', fault: '标题：太短了，至少 4 个字。' },
      ]);
      expect(error(await editor.post(`/drafts/${draft.id}/submit`, { revision: 2 }))).toBe(
        'bad-input',
      );
    });

    test('that two have open is not overwritten', async () => {
      const one = await somebody(server, ['editor']);
      const two = await somebody(server, ['editor']);
      const record = { id: 'notice.two', kind: 'notice', scope: '530102' };
      const draft = await one.done<Draft>('POST', '/drafts', { record });
      const save = (page: OfficePage, title: string) =>
        page.post(`/drafts/${draft.id}`, { revision: 1, content: written(title) });
      expect(error(await save(one, '甲写的标题'))).toBe('ok');
      expect(error(await save(two, '乙写的标题'))).toBe('changed');
    });

    test('given back goes to its author with the reason', async () => {
      const editor = await somebody(server, ['editor']);
      const reviewer = await somebody(server, ['reviewer']);
      const { id, revision } = await submitted(editor, 'back', '冬季服务时间');
      const note = '请写明周末是否开门';
      await reviewer.done('POST', `/drafts/${id}/reject`, { revision, note });
      expect(await editor.done('GET', `/drafts/${id}`)).toMatchObject({ state: 'draft', note });
    });

    test('is published when its time comes', async () => {
      const editor = await somebody(server, ['editor']);
      const reviewer = await somebody(server, ['reviewer']);
      const publishAt = new Date(server.clock.now + 60 * MINUTE).toISOString();
      const draft = await submitted(editor, 'later', '元旦放假安排', { publishAt });
      expect(await approved(reviewer, draft)).toMatchObject({ state: 'approved' });
      await publishDue(server.district);
      expect(await all(opened.database, sql`select 1 from content`)).toEqual([]);
      server.clock.now += 61 * MINUTE;
      await publishDue(server.district);
      expect(await all(opened.database, sql`select version from content`)).toEqual([
        { version: 1 },
      ]);
    });

    test('is not handed in for a time after the last day on which it is shown', async () => {
      const editor = await somebody(server, ['editor']);
      const publishAt = '2040-01-01T00:00:00.000Z';
      await expect(submitted(editor, 'never', '元旦放假安排', { publishAt })).rejects.toThrow();
      expect(await all(opened.database, sql`select state from draft`)).toEqual([
        { state: 'draft' },
      ]);
    });

    test('is withdrawn by two people, has a history with differences, and can be restored', async () => {
      const editor = await somebody(server, ['editor']);
      const reviewer = await somebody(server, ['reviewer']);
      const record = { id: 'notice.past', kind: 'notice', scope: '530102' };
      await approved(reviewer, await submitted(editor, 'past', '旧的标题'));
      await approved(reviewer, await submitted(editor, 'past', '新的标题'));
      const end = await editor.done<Draft>('POST', '/drafts', { record, withdraw: true });
      const handed = await editor.done<Draft>('POST', `/drafts/${end.id}/submit`, { revision: 1 });
      await approved(reviewer, handed);
      const history = await editor.done<object[]>('GET', '/content/530102/notice.past');
      expect(history).toMatchObject([
        { version: 3, withdrawn: true },
        { version: 2, withdrawn: false },
        { version: 1, withdrawn: false },
      ]);
      expect(await editor.done('GET', '/content/530102/notice.past/2')).toMatchObject({
        differences: [{ field: '/body/title', from: '旧的标题', to: '新的标题' }],
      });
      const again = await editor.done<Draft>('POST', '/drafts', { record, from: 1 });
      const restored = await editor.done<Draft>('POST', `/drafts/${again.id}/submit`, {
        revision: 1,
      });
      expect(await approved(reviewer, restored)).toMatchObject({ state: 'published' });
      const list = await editor.done<{ rows: object[] }>('GET', '/content');
      expect(list.rows).toMatchObject([{ title: '旧的标题', version: 4, state: 'published' }]);
    });

    test('of a record is compared with the one before also when a restored backup made the numbers jump', async () => {
      const editor = await somebody(server, ['editor']);
      const reviewer = await somebody(server, ['reviewer']);
      await approved(reviewer, await submitted(editor, 'jumped', '旧的标题'));
      await raiseVersions(opened.database, server.clock.now);
      await approved(reviewer, await submitted(editor, 'jumped', '新的标题'));
      const path = '/content/530102/notice.jumped';
      const [newest] = await editor.done<{ version: number }[]>('GET', path);
      expect(newest?.version).toBeGreaterThan(2);
      expect(await editor.done('GET', `${path}/${newest?.version}`)).toMatchObject({
        differences: [{ field: '/body/title', from: '旧的标题', to: '新的标题' }],
      });
      expect(error(await editor.get(`${path}/2`))).toBe('not-found');
    });

    test('is let through by nobody who wrote any of it, whoever handed it in', async () => {
      const both = () => somebody(server, ['editor', 'reviewer']);
      const [one, two, three] = [await both(), await both(), await both()];
      const record = { id: 'notice.shared', kind: 'notice', scope: '530102' };
      const draft = await one.done<Draft>('POST', '/drafts', { record });
      const content = { ...draft.content, ...written('两个人写的标题') };
      const path = `/drafts/${draft.id}`;
      await one.done('POST', path, { revision: 1, content });
      await two.done('POST', path, { revision: 2, content });
      const handed = await three.done<Draft>('POST', `${path}/submit`, { revision: 3 });
      expect(error(await one.post(`${path}/approve`, { revision: 4 }))).toBe('not-allowed');
      expect(error(await two.post(`${path}/approve`, { revision: 4 }))).toBe('not-allowed');
      const { name } = await two.done<Me>('GET', '/me');
      expect(handed.author).toBe(name);
      expect(await approved(three, handed)).toMatchObject({ state: 'published', author: name });
    });

    test('changed after its withdrawal was let through goes back, and is withdrawn when two people say so again', async () => {
      const editor = await somebody(server, ['editor']);
      const reviewer = await somebody(server, ['reviewer']);
      await approved(reviewer, await submitted(editor, 'timed', '原来的标题'));
      const record = { id: 'notice.timed', kind: 'notice', scope: '530102' };
      const { id } = await editor.done<Draft>('POST', '/drafts', { record, withdraw: true });
      const publishAt = new Date(server.clock.now + 20 * MINUTE).toISOString();
      const hand = (revision: number, more: object) =>
        editor.done<Draft>('POST', `/drafts/${id}/submit`, { revision, ...more });
      expect(await approved(reviewer, await hand(1, { publishAt }))).toMatchObject({
        state: 'approved',
      });
      await approved(reviewer, await submitted(editor, 'timed', '后来的标题'));
      server.clock.now += 21 * MINUTE;
      await publishDue(server.district);
      const back = await editor.done<Draft>('GET', `/drafts/${id}`);
      expect(back).toMatchObject({ state: 'draft', baseVersion: 2 });
      expect(back.note).toContain('又被修改过');
      const titles = async () => (await editor.done<{ rows: object[] }>('GET', '/content')).rows;
      expect(await titles()).toMatchObject([{ title: '后来的标题', state: 'published' }]);
      await approved(reviewer, await hand(back.revision, {}));
      expect(await titles()).toMatchObject([{ state: 'withdrawn' }]);
    });

    test('changed by two drafts in the same field goes back instead of being overwritten', async () => {
      const editor = await somebody(server, ['editor']);
      const reviewer = await somebody(server, ['reviewer']);
      await approved(reviewer, await submitted(editor, 'same', '原来的标题'));
      const one = await submitted(editor, 'same', '甲改的标题');
      const two = await submitted(editor, 'same', '乙改的标题');
      expect(await approved(reviewer, one)).toMatchObject({ state: 'published' });
      expect(await approved(reviewer, two)).toMatchObject({ state: 'draft' });
      const list = await editor.done<{ rows: object[] }>('GET', '/content');
      expect(list.rows).toMatchObject([{ title: '甲改的标题', version: 2 }]);
    });

    test('given back after another change stands over that change, and is published when two people say so again', async () => {
      const editor = await somebody(server, ['editor']);
      const reviewer = await somebody(server, ['reviewer']);
      await approved(reviewer, await submitted(editor, 'round', '原来的标题'));
      const record = { id: 'notice.round', kind: 'notice', scope: '530102' };
      const mine = await submitted(editor, 'round', '乙改的标题');
      const theirs = await editor.done<Draft>('POST', '/drafts', { record });
      const changed = written('甲改的标题');
      const content = { ...changed, body: { ...changed.body, text: '窗口搬到二楼，请先取号。' } };
      const path = `/drafts/${theirs.id}`;
      await editor.done('POST', path, { revision: 1, content });
      await approved(reviewer, await editor.done<Draft>('POST', `${path}/submit`, { revision: 2 }));
      const back = await approved(reviewer, mine);
      expect(back).toMatchObject({ state: 'draft', baseVersion: 2, faults: [] });
      expect(back.note).toContain('又被修改过');
      // What only the other changed stays, and what both changed is there to be looked at.
      expect(back.differences).toEqual([
        { field: '/body/title', from: '甲改的标题', to: '乙改的标题' },
      ]);
      const handed = await editor.done<Draft>('POST', `/drafts/${back.id}/submit`, {
        revision: back.revision,
      });
      expect(await approved(reviewer, handed)).toMatchObject({ state: 'published' });
      const { content: published } = await editor.done<{ content: object }>(
        'GET',
        '/content/530102/notice.round/3',
      );
      expect(published).toMatchObject({
        body: { title: '乙改的标题', text: '窗口搬到二楼，请先取号。' },
      });
    });

    test('of a record that was withdrawn meanwhile comes back whole, when two people say so again', async () => {
      const editor = await somebody(server, ['editor']);
      const reviewer = await somebody(server, ['reviewer']);
      await approved(reviewer, await submitted(editor, 'gone', '原来的标题'));
      const record = { id: 'notice.gone', kind: 'notice', scope: '530102' };
      const mine = await submitted(editor, 'gone', '改过的标题');
      const end = await editor.done<Draft>('POST', '/drafts', { record, withdraw: true });
      await approved(
        reviewer,
        await editor.done<Draft>('POST', `/drafts/${end.id}/submit`, { revision: 1 }),
      );
      const back = await approved(reviewer, mine);
      expect(back).toMatchObject({ state: 'draft', baseVersion: 0, content: mine.content });
      const handed = await editor.done<Draft>('POST', `/drafts/${back.id}/submit`, {
        revision: back.revision,
      });
      expect(await approved(reviewer, handed)).toMatchObject({ state: 'published' });
    });
  });

  test('a conflict with a station is decided at the office, and the station hears of it', async () => {
    const editor = await somebody(server, ['editor']);
    const reviewer = await somebody(server, ['reviewer']);
    const clerk = await somebody(server, ['inbox']);
    const terminal = await enrolledTerminal(server, OUTLET);
    await approved(reviewer, await submitted(editor, 'hall', '原来的标题', { scope: OUTLET }));
    await approved(reviewer, await submitted(editor, 'hall', '局里的标题', { scope: OUTLET }));
    const record = { id: 'notice.hall', kind: 'notice', scope: OUTLET };
    const changes = [{ field: '/body/title', from: '原来的标题', to: '所里的标题' }];
    await terminal.push(
      operation('content-edit', { record, baseVersion: 1, changes, editor: '甲', reviewer: '乙' }),
    );
    const [conflict] = await clerk.done<OfficeConflict[]>('GET', '/conflicts');
    expect(conflict?.fields).toEqual([
      { field: '/body/title', published: '局里的标题', wanted: '所里的标题' },
    ]);
    await clerk.done('POST', `/conflicts/${conflict?.conflict}`, {
      ...{ outcome: 'wanted', taking: 'in-place' },
    });
    const list = await editor.done<{ rows: object[] }>('GET', '/content');
    expect(list.rows).toMatchObject([{ title: '所里的标题', version: 3 }]);
    const told = (await terminal.get(DISTRICT_PATHS.conflicts)).json<{ conflicts: object[] }>();
    expect(told.conflicts).toMatchObject([{ outcome: 'wanted' }]);
    const twice = await clerk.post(`/conflicts/${conflict?.conflict}`, { outcome: 'published' });
    expect(error(twice)).toBe('changed');
  });

  describe('the office and a conflict over', () => {
    const record = { id: 'notice.hall', kind: 'notice', scope: OUTLET };
    const by = { actor: 'office', at: 1, note: '测试' };
    const hall = (change: object): ContentRecord => {
      const own = notice('hall', 1, OUTLET);
      return { ...own, body: { ...own.body, title: '原来的标题', ...change } };
    };
    const publish = (next: ContentRecord) =>
      opened.database.transaction((db) => publishRecord(db, next, by));
    const title = { field: '/body/title', from: '原来的标题', to: '所里的标题' };

    /** The conflict that a station's edit comes to, as the office sees it. */
    const conflictOf = async (changes: FieldChange[], of = record) => {
      const clerk = await somebody(server, ['inbox']);
      const terminal = await enrolledTerminal(server, OUTLET);
      const edit = { record: of, baseVersion: 1, changes, editor: '甲', reviewer: '乙' };
      await terminal.push(operation('content-edit', edit));
      const [conflict = expect.unreachable('there is no conflict')] = await clerk.done<
        OfficeConflict[]
      >('GET', '/conflicts');
      const decide = (decision: object) => clerk.post(`/conflicts/${conflict.conflict}`, decision);
      return { conflict, decide };
    };
    const kept = (of = record) => opened.database.transaction((db) => keptRecord(db, of));

    test('a record that is gone brings it back, with all that the station’s editor had before them', async () => {
      await publish(hall({}));
      await opened.database.transaction((db) => withdrawRecord(db, record, by));
      const { conflict, decide } = await conflictOf([title]);
      expect(conflict).toMatchObject({ isGone: true, taking: 'anew' });
      expect(conflict.fields).toContainEqual({ field: '/body/title', wanted: '所里的标题' });
      expect(conflict.fields.map(({ field }) => field)).toContain('/body/text');
      expect((await decide({ outcome: 'wanted', taking: 'anew' })).statusCode).toBe(200);
      expect(await kept()).toMatchObject({
        ...{ state: 'published', version: 3 },
        record: { body: hall({ title: '所里的标题' }).body, editor: '甲' },
      });
    });

    test('a record that is gone leaves it away', async () => {
      await publish(hall({}));
      await opened.database.transaction((db) => withdrawRecord(db, record, by));
      const { decide } = await conflictOf([title]);
      expect((await decide({ outcome: 'published' })).statusCode).toBe(200);
      expect(await kept()).toMatchObject({ state: 'withdrawn', version: 2 });
    });

    test('a record that comes back meanwhile is not written over by who saw it gone', async () => {
      await publish(hall({}));
      await opened.database.transaction((db) => withdrawRecord(db, record, by));
      const { decide } = await conflictOf([title]);
      await publish(hall({ title: '局里的标题' }));
      expect(error(await decide({ outcome: 'wanted', taking: 'anew' }))).toBe('changed');
      expect(await kept()).toMatchObject({ record: { body: { title: '局里的标题' } } });
    });

    test('a record that the district has no text of can only be left away', async () => {
      const { conflict, decide } = await conflictOf([title]);
      expect(conflict).toMatchObject({ isGone: true });
      expect(conflict.taking).toBeUndefined();
      expect(error(await decide({ outcome: 'wanted', taking: 'anew' }))).toBe('changed');
      expect((await decide({ outcome: 'published' })).statusCode).toBe(200);
    });

    test('values that fit what is published no more takes the station’s text whole', async () => {
      const times = (from: string, to: string) => ({
        ...{
          title: '普法讲座',
          date: '2026-12-04',
          from,
          to,
          place: '社区会议室',
          about: '示例讲座的内容',
        },
      });
      const talk = { ...hall({}), id: 'event.talk', kind: 'event' };
      await publish({ ...talk, body: times('09:00', '11:00') });
      // The office moves the talk into the afternoon, the station makes the one in the morning longer.
      await publish({ ...talk, source: '区司法局', body: times('14:00', '16:00') });
      const ref = { id: talk.id, kind: talk.kind, scope: OUTLET };
      const longer = [{ field: '/body/to', from: '11:00', to: '12:00' }];
      const { conflict, decide } = await conflictOf(longer, ref);
      expect(conflict).toMatchObject({ isGone: false, taking: 'whole' });
      // All that would be another is told, also what the station did not change.
      expect(conflict.fields).toEqual(
        expect.arrayContaining([
          { field: '/source', published: '区司法局', wanted: '测试' },
          { field: '/body/from', published: '14:00', wanted: '09:00' },
          { field: '/body/to', published: '16:00', wanted: '12:00' },
        ]),
      );
      expect((await decide({ outcome: 'wanted', taking: 'whole' })).statusCode).toBe(200);
      expect((await kept(ref))?.record).toMatchObject({
        ...{ source: '测试', body: times('09:00', '12:00') },
      });
    });
  });

  test('what a visitor handed in is opened by the inbox, and the trail says who looked', async () => {
    const clerk = await somebody(server, ['inbox']);
    const auditor = await somebody(server, ['auditor']);
    const terminal = await enrolledTerminal(server, OUTLET);
    const id = randomUUID();
    const { sealing } = server.district.keys;
    const sealed = await seal(
      sealing[0],
      '想咨询欠薪',
      sealingInfo('submission'),
      submissionAad(id),
    );
    await terminal.push(
      operation('submission', { receipt: 'ZX-0001', topic: 'advice', sealed }, id),
    );
    expect(await clerk.done('GET', '/inbox')).toMatchObject([{ operation: id, topic: 'advice' }]);
    expect(await clerk.done('POST', `/inbox/${id}/open`)).toEqual({ text: '想咨询欠薪' });
    await clerk.done('POST', `/inbox/${id}/handled`);
    expect(error(await clerk.post(`/inbox/${id}/handled`))).toBe('changed');
    const acts = await auditor.done<OfficeAct[]>('GET', '/audit');
    expect(acts.map(({ action }) => action)).toContain('submission-opened');
    expect(await auditor.done('GET', '/audit/check')).not.toHaveProperty('brokenAt');
  });

  test('the trail says who tried to log in, left, took a list out and handed a stick’s file in', async () => {
    const auditor = await somebody(server, ['auditor']);
    const editor = await somebody(server, ['editor', 'inbox']);
    const { id, account } = await editor.done<{ id: string; account: string }>('GET', '/me');
    await run(opened.database, sql`update person set secret = null where id = ${id}`);
    const entered = { account, password: 'something else', code: '000000' };
    for (let tries = 0; tries < 6; tries += 1)
      await new OfficePage(server).post('/log-in', entered);
    await new OfficePage(server).post('/log-in', { ...entered, account: 'nobodyhere' });
    await editor.done('GET', '/tables/hotline');
    const terminal = await enrolledTerminal(server, OUTLET);
    const text = JSON.stringify({ batches: [] });
    const key = server.district.keys.sealing[0];
    const sealed = await seal(key, text, sealingInfo('bundle'), bundleAad(terminal.id));
    await editor.done('POST', '/terminals/bundle', { format: 1, terminal: terminal.id, sealed });
    await editor.post('/log-out');
    const acts = sql`select actor, action, subject from audit where action not like 'person-%' order by seq`;
    const failed = { actor: 'server', action: 'log-in-failed', subject: id };
    expect(await all(opened.database, acts)).toMatchObject([
      { action: 'logged-in' },
      { action: 'logged-in' },
      ...[failed, failed, failed, failed, { ...failed, action: 'log-in-locked' }],
      { ...failed, subject: '' },
      { actor: id, action: 'table-exported', subject: 'hotline' },
      ...[{ action: 'code-made' }, { action: 'terminal-enrolled' }],
      { actor: id, action: 'bundle-taken', subject: terminal.id },
      { actor: id, action: 'logged-out' },
    ]);
    expect(JSON.stringify(await auditor.done('GET', '/audit'))).not.toContain('nobodyhere');
  });

  test('a bundle with a code of an outlet that one does not see to is a wrong code, and the code stays good', async () => {
    const { keys } = server.district;
    const terminal = new FakeTerminal(server);
    const { code } = await makeCode(server.district, OUTLET, 'carried', 'test');
    const enrolment = {
      ...{ protocol: 1, code, publicKey: terminal.publicKey, name: '大厅' },
      proof: terminal.sign(enrolmentProof(code, terminal.publicKey)).toString('hex'),
    };
    const text = JSON.stringify({ enrolment, batches: [] });
    const sealed = await seal(keys.sealing[0], text, sealingInfo('bundle'), bundleAad('new'));
    const bringAs = async (division: string) =>
      (await somebody(server, ['technician'], [division])).post('/terminals/bundle', {
        ...{ format: 1, terminal: 'new', sealed },
      });
    expect(error(await bringAs('620104'))).toBe('code');
    expect(error(await bringAs('530102'))).toBe('ok');
  });

  test('a bundle from a stick enrols, is taken in once, and gives signed receipts', async () => {
    const technician = await somebody(server, ['technician']);
    const { keys } = server.district;
    const terminal = new FakeTerminal(server);
    const { code } = await makeCode(server.district, OUTLET, 'carried', 'test');
    const enrolment = {
      ...{ protocol: 1, code, publicKey: terminal.publicKey, name: '大厅' },
      proof: terminal.sign(enrolmentProof(code, terminal.publicKey)).toString('hex'),
    };
    const bring = async (name: string, content: object) => {
      const text = JSON.stringify(content);
      const sealed = await seal(keys.sealing[0], text, sealingInfo('bundle'), bundleAad(name));
      const file = await technician.done<SignedFile>('POST', '/terminals/bundle', {
        ...{ format: 1, terminal: name, sealed },
      });
      const signature = Buffer.from(file.signature, 'hex');
      expect(isSignedBy(keys.receiptKey, signedFileText(file), signature)).toBe(true);
      return receiptsSchema.parse(JSON.parse(file.payload));
    };
    const first = await bring('new', { enrolment, batches: [] });
    terminal.id = first.terminal;
    expect(first.enrolment?.outlet).toBe(OUTLET);
    const day = operation('queue-day', { total: 3 });
    const body = JSON.stringify(terminal.batch(day));
    const created = 1_700_000_000;
    const nonce = 'abcdefghijklmnop';
    const headers = terminal.headers('POST', DISTRICT_PATHS.operations, body, { created, nonce });
    const signature = headers.signature.slice('kiosk=:'.length, -1);
    const batch = { created, nonce, signature, body };
    const spoilt = { ...batch, body: body.replace('queue-day', 'ledger-entry') };
    for (let times = 0; times < 2; times += 1) {
      const receipts = await bring(terminal.id, { batches: [spoilt, batch] });
      expect(receipts.results).toEqual([{ id: day.id, status: 'applied' }]);
    }
    expect(await all(opened.database, sql`select type from fact`)).toEqual([{ type: 'queue-day' }]);
  });
});
