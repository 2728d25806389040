import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { OFFICE_PREFIX } from '#shared/contract/office.ts';
import { OFFICE_ACCESS, officeAccess } from '#shared/contract/office-access.ts';
import { serviceContract } from '#shared/contract/services.ts';
import type { Me } from '#shared/office/office-views.ts';
import { onBothDatabases } from '../databases.ts';
import { OfficePage, somebody } from '../office/sample-office.ts';
import type { FakeService } from '../office/sample-services.ts';
import { type SampleServer, sampleServer } from '../sample-server.ts';
import {
  everyRole,
  everyService,
  requestsAbout,
  SECRET,
  serviceRequestsAbout,
  twoDistricts,
} from './two-districts.ts';

/** Routes that are about one thing of a district. */
const ABOUT_A_THING = [
  'people.invite',
  'people.change',
  'people.reset',
  'services.make',
  'services.revoke',
  'terminals.makeCode',
  'terminals.makeProvisioning',
  'terminals.cancelCode',
  'terminals.revoke',
  'terminals.takeBundle',
  'content.history',
  'content.version',
  'drafts.get',
  'drafts.start',
  'drafts.save',
  'drafts.submit',
  'drafts.approve',
  'drafts.reject',
  'drafts.discard',
  'drafts.upload',
  'drafts.file',
  'preview.ask',
  'conflicts.decide',
  'inbox.open',
  'inbox.handled',
  'feed.confirm',
];

/** Lists that show only one's own divisions. */
const LISTS = [
  'people.list',
  'services.list',
  'terminals.list',
  'terminals.openCodes',
  'content.list',
  'tables.export',
  'folder.export',
  'drafts.list',
  'conflicts.list',
  'inbox.list',
  'feed.waiting',
  'feed.troubles',
];

/** The trail is the whole office's: it names who did what to which thing, and nothing of what stands in it. */
const OF_THE_WHOLE_OFFICE = ['audit.list', 'audit.check'];

/**
 * What is about oneself, and tables and archives, of which each row is looked at by itself (`content-tables.test.ts`,
 * `carry-archive.test.ts`).
 */
const OF_ONESELF = [
  ...['logIn.me', 'logIn.leave', 'tables.take'],
  ...['folder.upload', 'folder.look', 'folder.take'],
];

onBothDatabases((opened) => {
  let server: SampleServer;
  let pages: ReadonlyMap<string, OfficePage>;
  let services: ReadonlyMap<string, FakeService>;
  let ownOfServices: ReturnType<typeof serviceRequestsAbout>;
  let foreignOfServices: ReturnType<typeof serviceRequestsAbout>;
  let own: ReturnType<typeof requestsAbout>;
  let foreign: ReturnType<typeof requestsAbout>;
  beforeAll(async () => {
    server = await sampleServer(opened.database);
    const both = await twoDistricts(server);
    pages = await everyRole(server);
    services = await everyService(server);
    ownOfServices = serviceRequestsAbout(both.own);
    foreignOfServices = serviceRequestsAbout(both.foreign);
    const other = await somebody(server, ['editor']);
    const { id } = await other.done<Me>('GET', '/me');
    own = requestsAbout(both.own, id);
    foreign = requestsAbout(both.foreign, (await both.foreign.editor.done<Me>('GET', '/me')).id);
  });
  afterAll(() => server.close());

  const routes = Object.entries(OFFICE_ACCESS).flatMap(([group, methods]) =>
    Object.keys(methods).map((method) => `${group}.${method}`),
  );
  const requestOf = (requests: typeof own, route: string) =>
    Object.entries(requests).find(([name]) => name === route)?.[1];
  const ask = (page: OfficePage, request: ReturnType<typeof requestOf>) =>
    page.call(request?.method ?? 'GET', request?.path ?? '', request?.payload);

  test('every route is in the matrix', () => {
    expect(Object.keys(own).toSorted()).toEqual(routes.toSorted());
    expect(officeAccess(['people', 'none'])).toBeUndefined();
  });

  test('of every route it is said whose things it is about', () => {
    const closed = routes.filter((route) => officeAccess(route.split('.')) !== 'anyone');
    const said = [ABOUT_A_THING, LISTS, OF_THE_WHOLE_OFFICE, OF_ONESELF].flat();
    expect(said.toSorted()).toEqual(closed.toSorted());
  });

  describe('nobody who is logged out', () => {
    test.each(routes)('%s', async (route) => {
      const { statusCode } = await ask(new OfficePage(server), requestOf(own, route));
      const isOpen = officeAccess(route.split('.')) === 'anyone';
      if (isOpen) expect([400, 401, 404]).toContain(statusCode);
      else expect(statusCode).toBe(401);
    });
  });

  describe.each(['editor', 'reviewer', 'inbox', 'technician', 'auditor'] as const)('%s', (role) => {
    const page = () => pages.get(role) ?? new OfficePage(server);
    const allowed = (route: string) => {
      const access = officeAccess(route.split('.'));
      return access === 'anyone' || access?.includes(role) === true;
    };

    test.each(routes.filter((route) => !allowed(route)))('may not %s', async (route) => {
      expect((await ask(page(), requestOf(own, route))).statusCode).toBe(403);
    });

    test.each(routes.filter((route) => allowed(route) && ABOUT_A_THING.includes(route)))(
      'finds nothing of another district: %s',
      async (route) => {
        const answer = await ask(page(), requestOf(foreign, route));
        expect(answer.statusCode).toBe(404);
        expect(answer.body).not.toContain(SECRET);
      },
    );

    test.each(routes.filter((route) => allowed(route) && LISTS.includes(route)))(
      'sees nothing of another district: %s',
      async (route) => {
        const { statusCode, body } = await ask(page(), requestOf(own, route));
        expect(statusCode).toBe(200);
        expect(body).not.toContain(SECRET);
        expect(body).not.toContain('"620104');
      },
    );

    test.each(routes.filter((route) => allowed(route) && OF_THE_WHOLE_OFFICE.includes(route)))(
      'reads nothing of what anybody wrote: %s',
      async (route) => {
        const { statusCode, body } = await ask(page(), requestOf(own, route));
        expect(statusCode).toBe(200);
        expect(body).not.toContain(SECRET);
      },
    );
  });

  const serviceRoutes = Object.entries(serviceContract).flatMap(([group, methods]) =>
    Object.keys(methods).map((method) => `${group}.${method}`),
  ) as (keyof typeof ownOfServices)[];

  test('every route of programs is in their matrix', () => {
    expect(Object.keys(ownOfServices).toSorted()).toEqual(serviceRoutes.toSorted());
  });

  describe.each([['content'], ['inbox'], ['content', 'inbox']])(
    'a program for %s %s',
    (...rights) => {
      const given = rights.filter((right) => right !== undefined);
      const askAs = (request: {
        method: 'GET' | 'POST';
        path: string;
        payload?: object | undefined;
      }) => {
        const service = services.get(given.join(' and '));
        if (service === undefined) throw new Error('no such program');
        // Each from another address: limits must not hide what lies behind them.
        return service.ask(request.method, request.path, request.payload, '10.9.9.9');
      };
      const allowed = (route: string) => given.includes(route.split('.')[0] ?? '');

      test.each(routes)('may not %s of the office', async (route) => {
        const { method = 'GET', path = '', payload } = requestOf(own, route) ?? {};
        const answer = await askAs({ method, path: `${OFFICE_PREFIX}${path}`, payload });
        expect(answer.statusCode).toBe(403);
      });

      test.each(Object.values(DISTRICT_PATHS))(
        'may not ask %s as a terminal does',
        async (path) => {
          const isRead = [DISTRICT_PATHS.hello, DISTRICT_PATHS.conflicts].some(
            (read) => read === path,
          );
          const method = isRead ? 'GET' : 'POST';
          expect((await askAs({ method, path, payload: isRead ? undefined : {} })).statusCode).toBe(
            403,
          );
        },
      );

      test.each(serviceRoutes.filter((route) => !allowed(route)))('may not %s', async (route) => {
        expect((await askAs(ownOfServices[route])).statusCode).toBe(403);
      });

      test.each(serviceRoutes.filter(allowed))(
        'finds nothing of another district: %s',
        async (route) => {
          const answer = await askAs(foreignOfServices[route]);
          expect(answer.statusCode).toBe(route === 'inbox.list' ? 200 : 404);
          expect(answer.body).not.toContain(SECRET);
          expect(answer.body).not.toContain('"620104');
        },
      );

      test.each(serviceRoutes.filter(allowed))('may %s in its own', async (route) => {
        // Another one of these may have closed the submission before.
        const { statusCode, body } = await askAs(ownOfServices[route]);
        expect(route === 'inbox.handled' ? [200, 409] : [200]).toContain(statusCode);
        expect(body).not.toContain(SECRET);
      });
    },
  );

  test('whoever may, can: each route answers one of its roles', async () => {
    for (const [route, request] of Object.entries(own)) {
      const access = officeAccess(route.split('.'));
      if (access === 'anyone' || access === undefined || route === 'logIn.leave') continue;
      const answer = await ask(pages.get(access[0] ?? '') ?? new OfficePage(server), request);
      // What was done before may have ended what this is about; that it was let in is what counts.
      const isFine = answer.statusCode === 200 || [400, 404, 409].includes(answer.statusCode);
      expect(`${route} ${isFine ? 'answered' : answer.statusCode}`).toBe(`${route} answered`);
    }
    expect(server.faults).toEqual([]);
  });
});
