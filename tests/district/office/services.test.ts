import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { all, first, sql } from '#district/store/sql.ts';
import type { OfficeAct } from '#shared/office/office-views.ts';
import type { NewService, ServiceAccount } from '#shared/office/service-account.ts';
import { sealingInfo, submissionAad } from '#shared/operations/sealed.ts';
import { addDays, localMoment } from '#shared/time/local-date.ts';
import { onBothDatabases } from '../databases.ts';
import {
  enrolledTerminal,
  operation,
  type SampleServer,
  sampleServer,
  seal,
} from '../sample-server.ts';
import { type OfficePage, somebody } from './sample-office.ts';
import { FakeService, newService, program } from './sample-services.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

onBothDatabases((opened) => {
  let server: SampleServer;
  let technician: OfficePage;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
    technician = await somebody(server, ['technician']);
  });
  afterEach(async () => {
    await server.close();
    expect(server.faults).toEqual([]);
  });

  const error = (answer: { json: () => unknown }) =>
    (answer.json() as { error?: { code: string } }).error?.code ?? 'ok';
  const today = () => localMoment(server.clock.now).date;
  const make = async (change: Partial<NewService> = {}) => {
    const made = await technician.done<{ key: string }>(
      ...(['POST', '/services', newService(server, change)] as const),
    );
    return new FakeService(server, made.key);
  };
  const list = () => technician.done<ServiceAccount[]>('GET', '/services');
  const acts = async () =>
    (await (await somebody(server, ['auditor'])).done<OfficeAct[]>('GET', '/audit')).filter(
      ({ action }) => /^service-|^submission-/.test(action),
    );

  /** What a visitor handed in at an outlet. */
  const submitted = async (text: string, outlet = '530102001') => {
    const terminal = await enrolledTerminal(server, outlet);
    const id = randomUUID();
    const key = server.district.keys.sealing[0];
    const sealed = await seal(key, text, sealingInfo('submission'), submissionAad(id));
    await terminal.push(
      operation('submission', { receipt: 'ZX-0001', topic: 'advice', sealed }, id),
    );
    return id;
  };

  describe('a key', () => {
    test('is shown when it is made and never again; the database has its hash only', async () => {
      const { key } = await make();
      expect(key).toMatch(/^lkd_[\w-]{43}$/);
      expect(JSON.stringify(await list())).not.toContain(key.slice(4));
      const kept = await all(opened.database, sql`select service::text as row from service`);
      const trail = await all(opened.database, sql`select audit::text as row from audit`);
      expect(JSON.stringify([kept, trail])).not.toContain(key.slice(4));
      expect(JSON.stringify(kept)).toMatch(/[0-9a-f]{64}/);
    });

    test('opens nothing when it is wrong, and the answer does not tell whether it ever was right', async () => {
      const revoked = await make();
      const [account] = await list();
      await technician.done('POST', `/services/${account?.id}/revoke`);
      const answers = [
        await revoked.get('/content'),
        await new FakeService(server, `lkd_${'a'.repeat(43)}`).get('/content'),
        await new FakeService(server, 'something').get('/content'),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      expect(answers[0]?.headers['www-authenticate']).toBe('Bearer');
    });

    test('that is missing, in the address, or in a cookie is none', async () => {
      const { key } = await make();
      const answers = [
        await server.app.inject('/api/v1/content'),
        await server.app.inject(`/api/v1/content?key=${key}`),
        await server.app.inject({ url: '/api/v1/content', headers: { cookie: `office=${key}` } }),
        await server.app.inject({ url: '/api/v1/content', headers: { authorization: key } }),
      ];
      expect(answers.map(error)).toEqual(answers.map(() => 'not-signed-in'));
      expect(await all(opened.database, sql`select 1 from failure`)).toEqual([]);
    });

    test('is good to the end of its last day by the clock of China, and no longer', async () => {
      const service = await make({ lastDay: today() });
      const left = Date.parse(`${addDays(today(), 1)}T00:00:00+08:00`) - server.clock.now;
      server.clock.now += left - 1;
      expect(error(await service.get('/content'))).toBe('ok');
      server.clock.now += 1;
      expect(error(await service.get('/content'))).toBe('not-signed-in');
      technician = await somebody(server, ['technician']);
      expect(await list()).toMatchObject([{ state: 'expired' }]);
    });

    test('is given for a year at most, and not for a day that is over', async () => {
      const tried = (days: number) =>
        technician.post('/services', newService(server, { lastDay: addDays(today(), days) }));
      expect(error(await tried(366))).toBe('bad-input');
      expect(error(await tried(-1))).toBe('bad-input');
      expect(error(await tried(365))).toBe('ok');
      const { lastDay: _, ...without } = newService(server);
      expect(error(await technician.post('/services', without))).toBe('bad-input');
    });

    test('ends at once when it is revoked, once', async () => {
      const service = await make();
      expect(error(await service.get('/content'))).toBe('ok');
      const [account] = await list();
      await technician.done('POST', `/services/${account?.id}/revoke`);
      expect(error(await service.get('/content'))).toBe('not-signed-in');
      expect(error(await technician.post(`/services/${account?.id}/revoke`))).toBe('changed');
      expect(await list()).toMatchObject([{ state: 'revoked' }]);
    });

    test('shows when it was last used, to within a minute', async () => {
      const service = await make();
      expect((await list())[0]).not.toHaveProperty('usedAt');
      await service.get('/content');
      const first = new Date(server.clock.now).toISOString();
      server.clock.now += MINUTE / 2;
      await service.get('/content');
      expect(await list()).toMatchObject([{ usedAt: first }]);
      server.clock.now += MINUTE;
      await service.get('/content');
      expect(await list()).toMatchObject([{ usedAt: new Date(server.clock.now).toISOString() }]);
    });

    test('five wrong ones lock an address for an hour, and neither the right one nor another address', async () => {
      const service = await make();
      const wrong = new FakeService(server, `lkd_${'b'.repeat(43)}`);
      const tried = [];
      for (let tries = 0; tries < 7; tries += 1) tried.push(await wrong.get('/content'));
      expect(tried.map(error)).toEqual([
        ...Array.from({ length: 5 }, () => 'not-signed-in'),
        ...['too-many', 'too-many'],
      ]);
      expect(Number(tried.at(-1)?.headers['retry-after'])).toBeGreaterThan(3_000);
      expect(error(await service.get('/content'))).toBe('ok');
      expect(error(await wrong.get('/content', '10.1.1.2'))).toBe('not-signed-in');
      server.clock.now += 61 * MINUTE;
      expect(error(await wrong.get('/content'))).toBe('not-signed-in');
    });

    test('asks 120 times a minute, and is then told when to come again, also when others still may', async () => {
      const [service, other] = [await make(), await make()];
      const codes = [];
      for (let times = 0; times < 121; times += 1) codes.push(await service.get('/content'));
      expect(codes.slice(0, 120).every(({ statusCode }) => statusCode === 200)).toBe(true);
      expect(codes.at(-1)?.statusCode).toBe(429);
      expect(Number(codes.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
      expect(error(await other.get('/content'))).toBe('ok');
    });
  });

  describe('an account', () => {
    test('is made and ended only by whoever sees to all of its divisions', async () => {
      await make();
      const [account] = await list();
      const stranger = await somebody(server, ['technician'], ['620104']);
      expect(await stranger.done('GET', '/services')).toEqual([]);
      expect(error(await stranger.post(`/services/${account?.id}/revoke`))).toBe('not-found');
      const both = newService(server, { divisions: ['620104', '530102'] });
      expect(error(await stranger.post('/services', both))).toBe('not-found');
      expect(error(await technician.post(`/services/${randomUUID()}/revoke`))).toBe('not-found');
    });

    test('has at least one right, and no other than there are', async () => {
      for (const rights of [[], ['editor'], ['content', 'inbox', 'content']])
        expect(error(await technician.post('/services', { ...newService(server), rights }))).toBe(
          'bad-input',
        );
    });

    test('to read content reaches content, and one for the inbox the inbox', async () => {
      const id = await submitted('想咨询欠薪');
      const ways = {
        content: (one: FakeService) => one.get('/content'),
        list: (one: FakeService) => one.get('/inbox'),
        open: (one: FakeService) => one.post(`/inbox/${id}/open`),
        handled: (one: FakeService) => one.post(`/inbox/${id}/handled`),
      };
      const reached = async (one: FakeService) => {
        const answers = [];
        for (const ask of Object.values(ways)) answers.push((await ask(one)).statusCode);
        return answers;
      };
      expect(await reached(await program(server, ['content']))).toEqual([200, 403, 403, 403]);
      expect(await reached(await program(server, ['inbox']))).toEqual([403, 200, 200, 200]);
      expect(await reached(await program(server, ['content', 'inbox']))).toEqual([
        ...[200, 200, 200, 409],
      ]);
    });

    test('finds nothing that was handed in elsewhere', async () => {
      const id = await submitted('外区的咨询', '620104001');
      const inbox = await program(server, ['inbox']);
      expect((await inbox.get('/inbox')).json()).toEqual([]);
      for (const path of [`/inbox/${id}/open`, `/inbox/${id}/handled`])
        expect(error(await inbox.post(path))).toBe('not-found');
      expect((await all(opened.database, sql`select handled_at from submission`))[0]).toEqual({
        handled_at: null,
      });
    });

    test('sees of the inbox what people see: no word of a visitor until it is opened', async () => {
      const id = await submitted('想咨询欠薪');
      const clerk = await somebody(server, ['inbox']);
      const inbox = await program(server, ['inbox']);
      const listed = await inbox.get('/inbox');
      expect(listed.json()).toEqual(await clerk.done('GET', '/inbox'));
      expect(listed.body).not.toContain('欠薪');
      expect(listed.headers['cache-control']).toBe('no-store');
      expect((await inbox.post(`/inbox/${id}/open`)).json()).toEqual({ text: '想咨询欠薪' });
    });

    test('stands in the trail by its name: made, used for the inbox, refused, ended', async () => {
      const id = await submitted('想咨询欠薪');
      const inbox = await make({ name: '省平台', rights: ['inbox'] });
      await inbox.post(`/inbox/${id}/open`);
      await inbox.post(`/inbox/${id}/handled`);
      const [account] = await list();
      await technician.done('POST', `/services/${account?.id}/revoke`);
      await inbox.get('/inbox');
      const name = '省平台（对接账号）';
      const rows = (await acts()).map(({ actor, action, subject }) => [actor, action, subject]);
      expect(rows).toEqual([
        ['server', 'service-refused', name],
        [expect.stringMatching(/^示例/), 'service-revoked', name],
        [name, 'submission-handled', id],
        [name, 'submission-opened', id],
        [expect.stringMatching(/^示例/), 'service-created', name],
      ]);
      const [made] = (await acts()).slice(-1);
      expect(made?.detail).toBe(`inbox 530102 ${account?.lastDay}`);
      const auditor = await somebody(server, ['auditor']);
      expect(await auditor.done('GET', '/audit/check')).not.toHaveProperty('brokenAt');
    });

    test('is no log-in of the office, and no log-in is one', async () => {
      const service = await make({ rights: ['content', 'inbox'] });
      const asks = [
        await service.ask('GET', '/admin/api/people'),
        await service.ask('GET', '/admin/api/drafts'),
        await service.ask('POST', '/admin/api/services', newService(server)),
        await service.ask('GET', '/v1/conflicts'),
        await service.ask('POST', '/v1/operations', {}),
      ];
      expect(asks.map(({ statusCode }) => statusCode)).toEqual(asks.map(() => 403));
      // Beside somebody's log-in it opens nothing, either.
      const both = await technician.call('GET', '/people', undefined, {
        authorization: `Bearer ${service.key}`,
      });
      expect(error(both)).toBe('not-allowed');
      const cookie = { cookie: technician.cookie };
      const asPerson = await server.app.inject({ url: '/api/v1/inbox', headers: cookie });
      expect(error(asPerson)).toBe('not-signed-in');
    });

    test('outlives whoever made it, and ends by its day at the latest', async () => {
      const service = await make();
      server.clock.now += 29 * DAY;
      expect(error(await service.get('/content'))).toBe('ok');
      server.clock.now += 3 * DAY;
      expect(error(await service.get('/content'))).toBe('not-signed-in');
      expect(await first(opened.database, sql`select 1 as one from service`)).toEqual({ one: 1 });
    });
  });
});
