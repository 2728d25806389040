import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginAllAnew } from '#district/content/begin-anew.ts';
import { publishRecord, withdrawRecord } from '#district/content/published.ts';
import { DistrictFault } from '#district/district-fault.ts';
import { openSealed } from '#district/sealing/open-sealed.ts';
import { all, first, sql } from '#district/store/sql.ts';
import { makeCode, makeProvisioning } from '#district/terminals/enrolment.ts';
import { cancelCode, openCodes } from '#district/terminals/open-codes.ts';
import { isSignedBy } from '#district/terminals/terminal-signature.ts';
import { revokeTerminal, terminalOf } from '#district/terminals/terminals.ts';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { signedFileText } from '#shared/operations/bundle.ts';
import { districtErrorSchema } from '#shared/operations/district-error.ts';
import { enrolmentAnswerSchema, provisioningSchema } from '#shared/operations/enrolment.ts';
import { sealingInfo, submissionAad } from '#shared/operations/sealed.ts';
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

/** A call as the description of the API has it. */
interface DescribedCall {
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: { readonly '200'?: object; readonly default?: object };
}

const MINUTE = 60_000;
const { enrolments, operations, heartbeats, conflicts, hello } = DISTRICT_PATHS;

const BY = { actor: 'office', at: 1, note: '测试' };
const STATION = {
  ...notice('none'),
  ...{ kind: 'station', body: { level: 'centre', address: '示例地址', windows: [] } },
};

onBothDatabases((opened) => {
  let server: SampleServer;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
  });
  afterEach(async () => {
    await server.close();
    expect(server.faults).toEqual([]);
  });

  const newCode = async () => (await makeCode(server.district, '530102001', 'typed', 'test')).code;
  const error = (answer: { json: () => unknown }) =>
    (answer.json() as { error: { code: string } }).error.code;

  describe('enrolment', () => {
    test('trades a code for an outlet, its chain and the keys of the district', async () => {
      const answer = await new FakeTerminal(server).enrol(await newCode());
      expect(answer.statusCode).toBe(200);
      const body = enrolmentAnswerSchema.parse(answer.json());
      expect(body).toMatchObject({
        outlet: '530102001',
        chain: ['00', '53', '5301', '530102', '530102001'],
        district: { name: '五华区司法局（示例）', feed: 'https://district.example/feed/' },
      });
      expect(Buffer.from(body.district.root, 'base64').toString()).toContain('"_type":"root"');
    });

    test('answers the same terminal the same again, and nobody else', async () => {
      const code = await newCode();
      const terminal = new FakeTerminal(server);
      const once = (await terminal.enrol(code)).json<{ terminal: string }>();
      const again = (await terminal.enrol(code)).json<{ terminal: string }>();
      const other = await new FakeTerminal(server).enrol(code);
      expect(again.terminal).toBe(once.terminal);
      expect([other.statusCode, error(other)]).toEqual([403, 'code']);
    });

    test('takes no code that is too old, made up, or without proof of the key', async () => {
      const old = await newCode();
      server.clock.now += 31 * MINUTE;
      const terminal = new FakeTerminal(server);
      const answers = [
        await terminal.enrol(old),
        await terminal.enrol('ABCDEFGH2345'),
        await terminal.enrol(await newCode(), { proof: '0'.repeat(128) }),
      ];
      expect(answers.map(error)).toEqual(['code', 'code', 'code']);
    });

    test('five wrong codes lock the address for an hour', async () => {
      const terminal = new FakeTerminal(server);
      for (let tries = 0; tries < 5; tries += 1) await terminal.enrol('ABCDEFGH2345');
      const locked = await terminal.enrol(await newCode());
      expect([locked.statusCode, error(locked)]).toEqual([429, 'too-many']);
      expect(Number(locked.headers['retry-after'])).toBeGreaterThan(3_000);
      server.clock.now += 61 * MINUTE;
      expect((await terminal.enrol(await newCode())).statusCode).toBe(200);
    });

    test('five wrong codes are all that an address has, also when they come at once', async () => {
      const tries = Array.from({ length: 12 }, () =>
        new FakeTerminal(server).enrol('ABCDEFGH2345'),
      );
      const errors = (await Promise.all(tries)).map(error);
      expect(errors.filter((code) => code === 'code')).toHaveLength(5);
      expect(errors.filter((code) => code === 'too-many')).toHaveLength(7);
    });

    test('right codes that come at once lock no address', async () => {
      const codes = await Promise.all(Array.from({ length: 12 }, newCode));
      await Promise.all(codes.map((code) => new FakeTerminal(server).enrol(code)));
      expect((await new FakeTerminal(server).enrol(await newCode())).statusCode).toBe(200);
    });

    test('a code that another terminal has used is a wrong one, whatever outlet is named', async () => {
      const code = await newCode();
      const terminal = new FakeTerminal(server);
      await terminal.enrol(code);
      const elsewhere = { outlet: '530102002' };
      expect(error(await new FakeTerminal(server).enrol(code, elsewhere))).toBe('code');
      expect(error(await terminal.enrol(code, elsewhere))).toBe('other-outlet');
    });

    test.each(['00', '53', '5301', '530102'])(
      'is for %s, where all below would see what is written, only when an outlet is published there',
      async (outlet) => {
        const make = () => makeCode(server.district, outlet, 'typed', 'test');
        await expect(make()).rejects.toThrow('还没有发布的网点资料');
        const station = { ...STATION, id: `station.${outlet}`, scope: outlet };
        const record = { ...station, body: { ...STATION.body, code: outlet } };
        await opened.database.transaction((db) => publishRecord(db, record, BY));
        const { code } = await make();
        await opened.database.transaction((db) => withdrawRecord(db, record, BY));
        expect(error(await new FakeTerminal(server).enrol(code))).toBe('code');
        await opened.database.transaction((db) => publishRecord(db, record, BY));
        expect((await new FakeTerminal(server).enrol(code)).statusCode).toBe(200);
      },
    );

    test('codes that nobody used can be seen and cancelled, and are then wrong ones', async () => {
      const used = await newCode();
      await new FakeTerminal(server).enrol(used);
      const file = await makeProvisioning(server.district, '530102001', 'test');
      const { code } = provisioningSchema.parse(JSON.parse(file.payload));
      const { database, now } = server.district;
      const open = await openCodes(database, now());
      expect(open).toMatchObject([{ outlet: '530102001', madeBy: 'test', madeAt: now() }]);
      expect(JSON.stringify(open)).not.toContain(code);
      const { id = '' } = open[0] ?? {};
      await cancelCode(server.district, id, 'test');
      expect(await openCodes(database, now())).toEqual([]);
      expect(error(await new FakeTerminal(server).enrol(code))).toBe('code');
      await expect(cancelCode(server.district, id, 'test')).rejects.toThrow(DistrictFault);
    });

    test('a provisioning file is signed and carries a code that is good for a month', async () => {
      const file = await makeProvisioning(server.district, '530102001', 'test');
      const { receiptKey } = server.district.keys;
      const signature = Buffer.from(file.signature, 'hex');
      expect(isSignedBy(receiptKey, signedFileText(file), signature)).toBe(true);
      const { code } = provisioningSchema.parse(JSON.parse(file.payload));
      server.clock.now += 29 * 24 * 60 * MINUTE;
      expect((await new FakeTerminal(server).enrol(code)).statusCode).toBe(200);
    });

    test('of another protocol is told to update', async () => {
      const answer = await new FakeTerminal(server).enrol(await newCode(), { protocol: 2 });
      expect([answer.statusCode, error(answer)]).toEqual([426, 'version']);
    });
  });

  describe('a signed request', () => {
    test('is taken once', async () => {
      const terminal = await enrolledTerminal(server);
      const body = JSON.stringify(terminal.batch(operation('health', {})));
      const send = (headers: Record<string, string>) =>
        server.app.inject({
          ...{ method: 'POST', url: operations, payload: body },
          headers: { 'content-type': 'application/json', ...headers },
        });
      const headers = terminal.headers('POST', operations, body);
      expect((await send(headers)).statusCode).toBe(200);
      expect(error(await send(headers))).toBe('signature');
    });

    test('of a stranger, for another path or with another body is refused', async () => {
      const terminal = await enrolledTerminal(server);
      const stranger = new FakeTerminal(server);
      stranger.id = terminal.id;
      const batch = terminal.batch(operation('health', {}));
      const elsewhere = terminal.headers('POST', heartbeats, JSON.stringify(batch));
      const refusals = [
        await stranger.post(operations, batch),
        await terminal.post(operations, batch, elsewhere),
        await terminal.post(operations, batch, { 'content-digest': 'sha-256=:AAAA:' }),
        await terminal.post(operations, { ...batch, terminal: 't-0123456789abcdef' }),
        await server.app.inject({ method: 'POST', url: operations, payload: batch }),
      ];
      expect(refusals.map((answer) => [answer.statusCode, error(answer)])).toEqual(
        refusals.map(() => [401, 'signature']),
      );
    });

    test('from a clock that is ten minutes off learns the server’s', async () => {
      const terminal = await enrolledTerminal(server);
      const created = Math.floor(server.clock.now / 1000) - 601;
      const batch = terminal.batch(operation('health', {}));
      const late = terminal.headers('POST', operations, JSON.stringify(batch), { created });
      const answer = await terminal.post(operations, batch, late);
      expect([answer.statusCode, error(answer)]).toEqual([401, 'clock']);
      expect(answer.headers.date).toBeDefined();
    });

    test('of a revoked terminal is told so, and its name is not given again', async () => {
      const terminal = await enrolledTerminal(server);
      await revokeTerminal(server.district, terminal.id, 'test');
      const answer = await terminal.get(conflicts);
      expect([answer.statusCode, error(answer)]).toEqual([403, 'revoked']);
      expect((await terminal.enrol(await newCode())).statusCode).toBe(403);
    });

    test('beyond sixty a minute is asked to wait', async () => {
      const terminal = await enrolledTerminal(server);
      for (let sent = 0; sent < 60; sent += 1) await terminal.get(conflicts);
      const answer = await terminal.get(conflicts);
      expect([answer.statusCode, error(answer)]).toEqual([429, 'too-many']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    });
  });

  describe('operations', () => {
    test('are applied once, whatever comes how often', async () => {
      const terminal = await enrolledTerminal(server);
      const day = operation('queue-day', { total: 31 });
      const first = await terminal.push(day);
      const [again] = await terminal.push(day);
      expect(first).toEqual([{ id: day.id, status: 'applied' }]);
      expect(again).toEqual({ id: day.id, status: 'applied' });
      const facts = await all(opened.database, sql`select outlet, type, body from fact`);
      expect(facts).toEqual([{ outlet: '530102001', type: 'queue-day', body: { total: 31 } }]);
    });

    test('that count a day of the queue anew take the place of the counts before, in whatever order they come', async () => {
      const terminal = await enrolledTerminal(server);
      const other = await enrolledTerminal(server);
      const counts = (closing: number, issued: number) =>
        operation('queue-day', { day: '2026-11-23', closing, total: { issued } });
      await other.push(counts(1, 5));
      await terminal.push(operation('queue-day', { day: '2026-11-23', total: { issued: 7 } }));
      await terminal.push(counts(3, 31));
      expect(await terminal.push(counts(2, 30))).toMatchObject([{ status: 'applied' }]);
      await terminal.push(operation('queue-day', { day: '2026-11-24', closing: 1 }));
      const facts = await all<{ body: unknown }>(
        opened.database,
        sql`select body from fact order by body ->> 'day', (body ->> 'closing')::int`,
      );
      expect(facts.map(({ body }) => body)).toEqual([
        { day: '2026-11-23', closing: 1, total: { issued: 5 } },
        { day: '2026-11-23', closing: 3, total: { issued: 31 } },
        { day: '2026-11-24', closing: 1 },
      ]);
    });

    test('that a restored backup counts anew do not take the place of fuller ones, and late numbers do', async () => {
      const terminal = await enrolledTerminal(server);
      const counts = (closing: number, issued: number, served: number) =>
        operation('queue-day', { day: '2026-11-23', closing, total: { issued, served } });
      await terminal.push(counts(1, 31, 28), counts(1, 20, 20), counts(2, 31, 5));
      const kept = () => all<{ body: unknown }>(opened.database, sql`select body from fact`);
      expect((await kept()).map(({ body }) => body)).toEqual([
        { day: '2026-11-23', closing: 1, total: { issued: 31, served: 28 } },
      ]);
      await terminal.push(counts(2, 33, 28));
      expect(await kept()).toMatchObject([{ body: { closing: 2, total: { issued: 33 } } }]);
    });

    test('sent twice at the same time are applied once', async () => {
      const terminal = await enrolledTerminal(server);
      const many = Array.from({ length: 5 }, (_, at) => operation('queue-day', { at }));
      const both = await Promise.all([terminal.push(...many), terminal.push(...many)]);
      expect(both.flat().map(({ status }) => status)).toEqual(Array(10).fill('applied'));
      expect(await all(opened.database, sql`select 1 from fact`)).toHaveLength(5);
    });

    test('whose id was used for something else are refused', async () => {
      const terminal = await enrolledTerminal(server);
      const other = await enrolledTerminal(server, '530102002');
      const id = randomUUID();
      await terminal.push(operation('queue-day', { total: 1 }, id));
      expect(await terminal.push(operation('queue-day', { total: 2 }, id))).toMatchObject([
        { status: 'refused', code: 'reused-id' },
      ]);
      expect(await other.push(operation('queue-day', { total: 1 }, id))).toMatchObject([
        { status: 'refused', code: 'reused-id' },
      ]);
    });

    test('of a type that is not known yet are refused alone, and are taken after an update', async () => {
      const terminal = await enrolledTerminal(server);
      const results = await terminal.push(
        operation('brand-new', {}),
        operation('health', { well: true }),
        operation('rating', [1, 2]),
      );
      expect(results).toMatchObject([
        { status: 'refused', code: 'unknown-type' },
        { status: 'applied' },
        { status: 'refused', code: 'bad-body' },
      ]);
      expect(await all(opened.database, sql`select 1 from operation`)).toHaveLength(2);
    });

    test('that are sealed can be opened by the district for that operation only', async () => {
      const terminal = await enrolledTerminal(server);
      const { keys } = server.district;
      const id = randomUUID();
      const info = sealingInfo('submission');
      const sealed = await seal(keys.sealing[0], '想咨询欠薪', info, submissionAad(id));
      const body = { receipt: 'ZX-20261122-01', topic: 'advice', sealed };
      expect(await terminal.push(operation('submission', body, id))).toMatchObject([
        { status: 'applied' },
      ]);
      const row = await first<{ sealed: typeof sealed }>(
        opened.database,
        sql`select sealed from submission where operation = ${id}`,
      );
      const kept = row?.sealed ?? sealed;
      expect(await openSealed(keys, kept, info, submissionAad(id))).toBe('想咨询欠薪');
      expect(await openSealed(keys, kept, info, submissionAad(randomUUID()))).toBeUndefined();
      const foreign = { ...body, sealed: { ...sealed, key: '0'.repeat(16) } };
      expect(await terminal.push(operation('submission', foreign))).toMatchObject([
        { status: 'refused', code: 'unknown-key' },
      ]);
    });

    test('that are too many, too long or no JSON are refused as a whole', async () => {
      const terminal = await enrolledTerminal(server);
      const many = Array.from({ length: 101 }, () => operation('health', {}));
      const long = operation('health', { text: 'x'.repeat(1_000_000) });
      expect(error(await terminal.post(operations, terminal.batch(...many)))).toBe('bad-input');
      expect(error(await terminal.post(operations, terminal.batch(long)))).toBe('too-large');
      const nul = operation('health', { text: 'a\u0000b' });
      expect(error(await terminal.post(operations, terminal.batch(nul)))).toBe('bad-input');
    });
  });

  test('a heartbeat says when to come again, and the office sees it', async () => {
    const terminal = await enrolledTerminal(server);
    const beat = {
      ...{ protocol: 1, terminal: terminal.id, at: '2026-11-22T09:00:00+08:00', program: '0.1.0' },
      content: [{ division: '530102', epoch: 'epochone', sequence: 5 }],
      outbox: { waiting: 3, refused: 1, conflicts: 0, oldestAt: '2026-11-20T09:00:00+08:00' },
      alarms: [{ check: 'clock', state: 'warning' }],
    };
    const answer = await terminal.post(heartbeats, beat);
    expect(answer.json()).toMatchObject({ nextSeconds: 300, openConflicts: 0 });
    expect(await terminalOf(opened.database, terminal.id)).toMatchObject({
      seenAt: server.clock.now,
      heartbeat: beat,
    });
  });

  test('a heartbeat of a terminal that knows of it tells the life of the server, which a restored backup ends', async () => {
    const terminal = await enrolledTerminal(server);
    const beat = {
      ...{ protocol: 1, terminal: terminal.id, at: '2026-11-22T09:00:00+08:00', program: '0.1.0' },
      ...{ content: [], outbox: { waiting: 0, refused: 0, conflicts: 0 }, alarms: [] },
    };
    const epochFor = async (more: object) =>
      (await terminal.post(heartbeats, { ...beat, ...more })).json<{ epoch?: string }>().epoch;
    expect(await epochFor({})).toBeUndefined();
    const first = await epochFor({ minor: 1 });
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(await epochFor({ minor: 2 })).toBe(first);
    await beginAllAnew(opened.database, server.clock.now);
    expect(await epochFor({ minor: 1 })).not.toBe(first);
  });

  test('an answer to a batch tells the same, only to who asks for it', async () => {
    const terminal = await enrolledTerminal(server);
    const epochFor = async (more: object) => {
      const batch = { ...terminal.batch(operation('health', {})), ...more };
      return (await terminal.post(operations, batch)).json<{ epoch?: string }>().epoch;
    };
    expect(await epochFor({})).toBeUndefined();
    // Which knows of it in heartbeats alone.
    expect(await epochFor({ minor: 1 })).toBeUndefined();
    const first = await epochFor({ minor: 2 });
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    await beginAllAnew(opened.database, server.clock.now);
    expect(await epochFor({ minor: 3 })).not.toBe(first);
  });

  test('what is asked for but not there is told in the protocol’s words', async () => {
    const answers = [
      await server.app.inject('/v1/nothing'),
      await server.app.inject('/admin/api/content?text=%00'),
      await server.app.inject({ method: 'DELETE', url: operations }),
      await server.app.inject({ method: 'POST', url: enrolments, payload: 'x=1' }),
      await server.app.inject({
        ...{ method: 'POST', url: enrolments, payload: '[' },
        headers: { 'content-type': 'application/json' },
      }),
    ];
    expect(answers.map(error)).toEqual([
      ...['not-found', 'bad-input', 'not-found', 'bad-input', 'bad-input'],
    ]);
  });

  test('health, figures and the description of the API are there', async () => {
    await enrolledTerminal(server);
    expect((await server.app.inject('/health')).json()).toEqual({ ok: true, feed: 'whole' });
    expect((await server.app.inject(hello)).json()).toMatchObject({ protocols: [1] });
    const figures = (await server.app.inject('/metrics')).body;
    expect(figures).toContain('district_state{what="terminals-active"} 1');
    const api = (await server.app.inject('/openapi.json')).json<{ paths: object }>();
    expect(Object.keys(api.paths)).toEqual(expect.arrayContaining(Object.values(DISTRICT_PATHS)));
  });

  test('the description names for every call who may ask, what is answered, and how it refuses', async () => {
    const api = (await server.app.inject('/openapi.json')).json<{
      paths: Record<string, Record<string, DescribedCall>>;
      components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
    }>();
    const calls = Object.entries(api.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, call]) => ({ name: `${method} ${path}`, ...call })),
    );
    const open = calls.filter(({ security }) => security.length === 0).map(({ name }) => name);
    expect(open.sort()).toEqual([
      ...['get /v1/hello', 'post /admin/api/invitation', 'post /admin/api/invitation/accept'],
      ...['post /admin/api/log-in', 'post /v1/enrolments'],
    ]);
    const schemes = new Set(calls.flatMap(({ security }) => security.flatMap(Object.keys)));
    expect([...schemes].sort()).toEqual(Object.keys(api.components.securitySchemes).sort());
    const lacking = calls.filter(
      ({ responses }) => responses.default === undefined || responses[200] === undefined,
    );
    expect(lacking.map(({ name }) => name)).toEqual([]);
    const pointed = [...JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
    expect(new Set(pointed.map(([, name]) => name))).toEqual(
      new Set(Object.keys(api.components.schemas)),
    );
    const withKey = calls.flatMap(({ name, security }) =>
      security.flatMap(({ serviceKey }) => serviceKey?.map((right) => `${right}: ${name}`) ?? []),
    );
    expect(withKey.sort()).toEqual([
      'content: get /api/v1/content',
      'inbox: get /api/v1/inbox',
      'inbox: post /api/v1/inbox/{id}/handled',
      'inbox: post /api/v1/inbox/{id}/open',
    ]);
    expect(api.components.securitySchemes.serviceKey).toMatchObject({ scheme: 'bearer' });
  });

  test.each([
    ['a stranger', 'GET', '/v1/conflicts'],
    ['whoever is not logged in', 'GET', '/admin/api/people'],
    ['a program without a key', 'GET', '/api/v1/content'],
  ] as const)('%s is refused as the description says', async (_who, method, url) => {
    const answer = await server.app.inject({ method, url });
    expect(answer.statusCode).toBe(401);
    expect(districtErrorSchema.safeParse(answer.json()).success).toBe(true);
  });

  test('figures are for this computer, or for who has the token', async () => {
    const answer = await server.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });
    expect(error(answer)).toBe('not-allowed');
  });

  describe('behind a proxy on the same computer', () => {
    const asked = (forwarded: string, remoteAddress = '127.0.0.1') =>
      server.app.inject({
        ...{ url: '/metrics', remoteAddress, headers: { 'x-forwarded-for': forwarded } },
      });

    test('figures are not for those in front of it, whatever they say of themselves', async () => {
      const answers = [
        await asked('10.0.0.9'),
        await asked('127.0.0.1, 10.0.0.9'),
        await asked('127.0.0.1', '10.0.0.9'),
      ];
      expect(answers.map(error)).toEqual(answers.map(() => 'not-allowed'));
    });

    test('wrong codes from one address lock nobody else', async () => {
      const tried = (forwarded: string, code: string) =>
        new FakeTerminal(server).enrol(code, {}, { 'x-forwarded-for': forwarded });
      for (let tries = 0; tries < 5; tries += 1) await tried('10.0.0.9', 'ABCDEFGH2345');
      expect(error(await tried('10.0.0.9', await newCode()))).toBe('too-many');
      expect((await tried('10.0.0.8', await newCode())).statusCode).toBe(200);
    });
  });
});
