import { randomUUID } from 'node:crypto';
import { isContractProcedure } from '@orpc/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { judgeCall } from '#shared/contract/access.ts';
import { STATION_ERROR_KINDS } from '#shared/contract/errors.ts';
import { stationContract, stationEventSchema } from '#shared/contract/station.ts';
import { SAMPLE_LAW } from '../laws/sample-laws.ts';
import type { Answer, StationCaller } from './station-caller.ts';

/** A connected page and the power over the host behind it. */
export interface ContractSubject extends StationCaller {
  /** Sends each text as it is, past the client. */
  readonly sendGarbage: (frames: readonly string[]) => Promise<void>;
  /** The host answers no more, but its connections stand. */
  readonly hangHost: () => Promise<void>;
  readonly resumeHost: () => Promise<void>;
  /** The host dies; whoever supervises it brings it back, and the client connects again by itself. */
  readonly killHost: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Long enough for a host that is just being brought back on a busy machine. */
const PATIENT_MS = 60_000;
/** Short enough not to wait long, for calls that must time out. */
const SHORT_MS = 300;
const RANDOM_INPUTS = 25;
/** Beyond what a transport takes at once, and beyond any field of the contract. */
const OVERSIZE = 'x'.repeat(400_000);

interface Procedure {
  readonly method: string;
  readonly input: z.ZodType | undefined;
  readonly output: z.ZodType | undefined;
}

/** Every method of the contract, so that a new one without a case fails. */
const PROCEDURES = proceduresIn(stationContract);
const STREAMS = ['system.events', 'hall.events'];
const CALLS = PROCEDURES.filter(({ method }) => !STREAMS.includes(method));

/** Input that each method takes; where it needs an id, from the list that names it. */
const GOOD_INPUT: Readonly<Record<string, (call: Get) => Promise<unknown>>> = {
  'system.hello': async () => undefined,
  'system.ping': async () => ({ echo: '在吗' }),
  'home.view': async () => CHINESE,
  'guides.list': async () => CHINESE,
  'guides.get': async (get) => ({ ...CHINESE, id: await firstOf(get, 'guides.list', 'id') }),
  'guides.takeaway': async (get) => ({ ...CHINESE, id: await firstOf(get, 'guides.list', 'id') }),
  'faqs.list': async () => CHINESE,
  'faqs.get': async (get) => ({ ...CHINESE, id: await firstOf(get, 'faqs.list', 'id') }),
  'forms.list': async () => CHINESE,
  'forms.get': async (get) => ({ ...CHINESE, id: await firstOf(get, 'forms.list', 'id') }),
  'board.disclosure': async () => CHINESE,
  'board.community': async () => CHINESE,
  'hotlines.list': async () => CHINESE,
  'stations.current': async () => CHINESE,
  'stations.list': async () => CHINESE,
  'stations.get': async (get) => ({
    ...CHINESE,
    code: await firstOf(get, 'stations.list', 'code'),
  }),
  'search.query': async () => ({ ...CHINESE, text: '离婚' }),
  'search.suggest': async () => ({ ...CHINESE, text: '离' }),
  'laws.overview': async () => undefined,
  'laws.list': async () => FIRST_LAWS,
  'laws.get': async (get) => ({ law: (await firstLaw(get)).id }),
  'laws.articles': async (get) => ({ law: (await firstLaw(get)).id, from: 0, count: 3 }),
  'laws.article': async (get) => ({ law: (await firstLaw(get)).id, position: 0 }),
  'laws.byNumber': async (get) => ({ law: (await firstLaw(get)).id, number: 1 }),
  'laws.find': async (get) => ({ law: (await firstLaw(get)).id, query: '邻里' }),
  'laws.resolve': async () => ({ citations: [{ law: '没有这部法' }, { law: SAMPLE_LAW }] }),
  'laws.takeaway': async (get) => ({ law: (await firstLaw(get)).id, position: 0 }),
  'people.list': async () => ({ ...CHINESE, filter: { role: 'lawyer', onDuty: false } }),
  'people.get': async (get) => ({ ...CHINESE, id: await firstPerson(get) }),
  'people.communities': async () => CHINESE,
  'people.serving': async () => ({ ...CHINESE, code: '530102001007' }),
  'people.grid': async () => ({ ...CHINESE, code: '530102001007-G01' }),
  'reading.overview': async () => undefined,
  'reading.cases': async () => CHINESE,
  'reading.case': async (get) => ({ ...CHINESE, id: await firstOf(get, 'reading.cases', 'id') }),
  'reading.articles': async () => CHINESE,
  'reading.article': async (get) => ({
    ...CHINESE,
    id: await firstOf(get, 'reading.articles', 'id'),
  }),
  'reading.lectures': async () => CHINESE,
  'reading.lecture': async () => ({ ...CHINESE, id: 'event.wuhua-wages-lecture' }),
  'reading.lists': async () => CHINESE,
  'reading.list': async () => ({ ...CHINESE, id: 'list.deadlines' }),
  'reading.slides': async () => CHINESE,
  'media.list': async () => CHINESE,
  'media.get': async (get) => ({ ...CHINESE, id: await firstOf(get, 'media.list', 'id') }),
  'media.takeaway': async (get) => ({ id: await firstOf(get, 'media.list', 'id') }),
  'triage.list': async () => CHINESE,
  'triage.get': async (get) => ({ ...CHINESE, id: await firstOf(get, 'triage.list', 'id') }),
  'triage.takeaway': async (get) => await firstEnd(get),
  'papers.printer': async () => undefined,
  'papers.print': async (get) => ({
    type: 'form-sample',
    id: await firstOf(get, 'forms.list', 'id'),
    filled: true,
  }),
  'papers.pdf': async (get) => ({
    type: 'one-time-notice',
    id: await firstOf(get, 'guides.list', 'id'),
  }),
  'staff.logIn': async () => ({ account: 'nobody', secret: 'not a secret' }),
  'staff.resume': async () => ({ token: 'x'.repeat(43) }),
  'staff.logOut': async () => undefined,
  'staff.present': async () => undefined,
  'staff.session': async () => undefined,
  'staff.changeSecret': async () => ({ current: '135790', next: '902836' }),
  'staff.startRecovery': async () => ({ account: 'nobody' }),
  'staff.finishRecovery': async () => ({ account: 'nobody', response: 'AAAA', next: '902836' }),
  'staff.people': async () => undefined,
  'staff.add': async () => ({ account: 'li01', name: '示例', roles: ['window-clerk'] }),
  'staff.change': async () => ({ id: 'x', name: '示例', roles: ['editor'], active: true }),
  'staff.resetSecret': async () => ({ id: 'x' }),
  'staff.logIns': async () => undefined,
  'staff.endLogIn': async () => ({ id: 'x' }),
  'tickets.printers': async () => undefined,
  'tickets.job': async () => ({ jobId: 'no-such-job' }),
  'tickets.reprint': async () => ({ jobId: 'no-such-job' }),
  'tickets.open': async () => undefined,
  'tickets.decide': async () => ({ jobId: 'no-such-job', decision: 'came-out' }),
  'tickets.testPage': async () => ({ printer: '取号机' }),
  'queue.state': async () => CHINESE,
  'queue.take': async () => ({ ...CHINESE, line: 'advice', operation: randomUUID() }),
  'queue.ticket': async () => ({ ...CHINESE, id: 'no-such-ticket' }),
  'queue.slip': async () => ({ id: 'no-such-ticket' }),
  'editing.overview': async () => undefined,
  'editing.list': async () => ({ kind: 'notice' }),
  ...Object.fromEntries(
    ['open', 'seen', 'adopt', 'check', 'withdraw'].map((name) => [
      `editing.${name}`,
      async () => ({ id: 'notice.x' }),
    ]),
  ),
  'editing.create': async () => ({ kind: 'notice' }),
  'editing.save': async () => ({
    ...{ id: 'notice.x', stamp: 1 },
    content: { effectiveFrom: '2026-11-23', body: {} },
  }),
  'editing.discard': async () => ({ id: 'notice.x', stamp: 1 }),
  'editing.publish': async () => ({ id: 'notice.x', stamp: 1 }),
  'editing.rebase': async () => ({ id: 'notice.x', own: [] }),
  'editing.restore': async () => ({ id: 'notice.x', seq: 1, side: 'after' }),
  'editing.decide': async () => ({ id: 'notice.x', seq: 1, own: [] }),
  'editing.takeBack': async () => ({ id: 'notice.x', seq: 1, keep: true }),
  'editing.preview': async () => ({ id: 'notice.x', method: 'home.view', input: CHINESE }),
  'desk.view': async () => ({ window: 'w1' }),
  ...Object.fromEntries(
    ['openWindow', 'pauseWindow', 'closeWindow', 'callNext', 'raiseAlarm'].map((name) => [
      `desk.${name}`,
      async () => AT_WINDOW,
    ]),
  ),
  ...Object.fromEntries(
    ['callThis', 'recall', 'skip', 'hold', 'resume', 'finish', 'noShow'].map((name) => [
      `desk.${name}`,
      async () => ({ ...AT_WINDOW, ticket: 'x' }),
    ]),
  ),
  'desk.transfer': async () => ({ ...AT_WINDOW, ticket: 'x', line: 'advice' }),
  'desk.note': async () => ({ ...AT_WINDOW, ticket: 'x', text: '示例' }),
  'desk.handover': async () => ({ ...AT_WINDOW, text: '示例' }),
  'desk.alarms': async () => undefined,
  'desk.answerAlarm': async () => ({ alarm: 'x' }),
  'desk.callNumber': async () => ({ ...AT_WINDOW, number: 'A001' }),
  'desk.closeEarly': async () => AT_WINDOW,
  'desk.reopen': async () => AT_WINDOW,
  'desk.correctDay': async () => AT_WINDOW,
  'desk.statistics': async () => PERIOD,
  'desk.exportStatistics': async () => ({ ...PERIOD, format: 'csv' }),
  'hall.view': async () => undefined,
  'hall.publicity': async () => undefined,
  'hallVoice.call': async () => ({ seq: 1 }),
  'speech.voice': async () => undefined,
  'speech.say': async () => ({ words: '离婚', language: 'zh-CN' }),
  'lan.status': async () => undefined,
  'lan.devices': async () => undefined,
  'lan.openPairing': async () => ({ kind: 'console', name: '1号窗口' }),
  'lan.unpair': async () => ({ id: 'x' }),
  'lan.serve': async () => ({ on: false }),
  'queueTerminals.overview': async () => undefined,
  'queueTerminals.openJoining': async () => ({ name: '2号取号机' }),
  'queueTerminals.remove': async () => ({ ordinal: 1 }),
  'queueTerminals.join': async () => ({ address: '127.0.0.1', code: 'x' }),
  'queueTerminals.leave': async () => undefined,
  'queueTerminals.giveOwn': async () => undefined,
  'enrolment.view': async () => undefined,
  'enrolment.enrol': async () => ({ server: 'district.invalid', code: 'x', name: '大厅东侧' }),
  'health.doctor': async () => undefined,
  'health.printSlip': async () => undefined,
  'health.log': async () => ({ days: 30 }),
  'machine.view': async () => undefined,
  'machine.order': async () => ({ order: 'restart' }),
  'machine.setVolume': async () => ({ percent: 60 }),
  'machine.stick': async () => undefined,
  'machine.supportToStick': async () => undefined,
  'machine.backupToStick': async () => ({ secret: '482913' }),
  'screen.show': async () => ({ look: 'lit' }),
};
const AT_WINDOW = { operation: '01890a5d-ac96-774b-bcce-b302099a8057', window: 'w1' };
const PERIOD = { from: '2026-11-01', to: '2026-11-23' };
const FIRST_LAWS = { title: SAMPLE_LAW, from: 0, count: 5 };
const CHINESE = { language: 'zh-CN' };

/** What a method may refuse even for good input: this profile has no printer. */
const MAY_REFUSE: Readonly<Record<string, string>> = {
  'papers.print': 'no-printer',
  // Wuhua has no grids; Changzhou's are looked at in tests/station/people.
  'people.grid': 'not-found',
  'tickets.job': 'not-found',
  'tickets.reprint': 'not-found',
  'staff.resume': 'not-signed-in',
  'staff.changeSecret': 'not-signed-in',
  'queue.ticket': 'not-found',
  'queue.slip': 'not-found',
  // Nobody has been called; calls that were are spoken in tests/station/voice.
  'hallVoice.call': 'not-found',
};

/** Methods for staff; this page is a visitor's. */
const isForStaff = (method: string) =>
  judgeCall(method.split('.'), 'terminal', undefined) === 'not-signed-in';

/** Methods that name a thing, with a name that is not there. */
const UNKNOWN_THING: readonly (readonly [string, unknown])[] = [
  ['guides.get', { ...CHINESE, id: 'no-such-guide' }],
  ['guides.takeaway', { ...CHINESE, id: 'no-such-guide' }],
  ['faqs.get', { ...CHINESE, id: 'no-such-faq' }],
  ['forms.get', { ...CHINESE, id: 'no-such-form' }],
  ['stations.get', { ...CHINESE, code: '999999999999' }],
  ['tickets.job', { jobId: 'no-such-job' }],
  ['people.get', { ...CHINESE, id: 'person.nobody' }],
  ['people.serving', { ...CHINESE, code: '999999999999' }],
  ['people.grid', { ...CHINESE, code: '999999999999-G01' }],
  ['papers.pdf', { type: 'contact-card', id: 'person.nobody' }],
  ['reading.case', { ...CHINESE, id: 'no-such-case' }],
  ['reading.article', { ...CHINESE, id: 'no-such-article' }],
  ['reading.lecture', { ...CHINESE, id: 'no-such-lecture' }],
  ['reading.list', { ...CHINESE, id: 'no-such-list' }],
  ['papers.pdf', { type: 'pamphlet', id: 'no-such-article' }],
  ['media.get', { ...CHINESE, id: 'no-such-film' }],
  ['media.takeaway', { id: 'no-such-film' }],
  ['triage.get', { ...CHINESE, id: 'no-such-triage' }],
  ['triage.takeaway', { id: 'no-such-triage', outcome: 'end' }],
  ['papers.pdf', { type: 'form-sample', id: 'no-such-form', filled: false }],
  ['papers.pdf', { type: 'law-article', id: 'no-such-law', position: 0 }],
  ['laws.get', { law: 'no-such-law' }],
  ['laws.articles', { law: 'no-such-law', from: 0, count: 3 }],
  ['laws.article', { law: 'no-such-law', position: 0 }],
  ['laws.byNumber', { law: 'no-such-law', number: 1 }],
  ['laws.find', { law: 'no-such-law', query: '邻里' }],
  ['laws.takeaway', { law: 'no-such-law', position: 0 }],
];

/** Input that no method takes. */
const BAD_INPUT: readonly unknown[] = [null, 7, 'text', [], {}, { language: 'xx' }, { id: [] }];

const GARBAGE = [
  '',
  'garbage',
  '{',
  'null',
  '[]',
  '{"i":1}',
  '{"i":{},"t":99,"p":null}',
  '{"i":"1","p":{"u":"/../../etc/passwd","b":{"json":1,"meta":[[9,9,9]]}}}',
  '\u0000\uFFFF',
];

type Get = (method: string, input: unknown) => Promise<unknown>;

/**
 * The one suite for the one contract, whatever carries it. `open` connects a page to a host of the Wuhua profile.
 */
export function contractSuite(name: string, open: () => Promise<ContractSubject>): void {
  describe(`the station contract over ${name}`, { timeout: 180_000 }, () => {
    let subject: ContractSubject;
    beforeAll(async () => {
      subject = await open();
    }, 180_000);
    afterAll(() => subject?.close());

    const call = (method: string, input: unknown) => subject.call(method, input, PATIENT_MS);
    const get: Get = async (method, input) => resultOf(await call(method, input));

    describeMethods(call, get);

    test('an unknown method is refused as unknown', async () => {
      for (const method of ['guides.steal', 'nothing', 'system.hello.more', 'system.constructor'])
        expect(await call(method, CHINESE)).toEqual({ ok: false, kind: 'unknown-method' });
    });

    test.each(UNKNOWN_THING)(
      '%s of a thing that is not there is not found',
      async (method, input) => {
        expect(await call(method, input)).toEqual({ ok: false, kind: 'not-found' });
      },
    );

    test('200 calls at once are all answered, each with its own answer', async () => {
      const echoes = Array.from({ length: 200 }, (_, at) => String(at));
      const answers = await Promise.all(echoes.map((echo) => get('system.ping', { echo })));
      expect(answers.map((answer) => (answer as { echo: string }).echo)).toEqual(echoes);
    });

    test('an oversize call is refused and the host lives on', async () => {
      const answer = await call('faqs.get', { ...CHINESE, id: OVERSIZE });
      expect(['bad-input', 'host-gone']).toContain(answer.ok || answer.kind);
      expect(await get('system.ping', { echo: 'after' })).toMatchObject({ echo: 'after' });
    });

    test('garbage is ignored and the host lives on', async () => {
      await subject.sendGarbage(GARBAGE);
      expect(await get('system.ping', { echo: 'after' })).toMatchObject({ echo: 'after' });
    });

    test('the event stream begins with a sign of life and ends when the page closes it', async () => {
      const first = await subject.openStream();
      expect(stationEventSchema.parse(first)).toMatchObject({ type: 'alive' });
      await subject.closeStream();
      await subject.streamEnd();
    });

    test('a call to a host that hangs times out, and the next is answered when it goes on', async () => {
      await subject.hangHost();
      const answer = await subject.call('system.ping', { echo: 'hang' }, SHORT_MS);
      await subject.resumeHost();
      expect(answer).toEqual({ ok: false, kind: 'timeout' });
      expect(await get('system.ping', { echo: 'after' })).toMatchObject({ echo: 'after' });
    });

    test('a call under way when the host dies is answered "host-gone", and the next by the new host', async () => {
      await subject.hangHost();
      const underWay = call('system.ping', { echo: 'under way' });
      // What was asked after it has waited in vain, so it has left the page.
      await subject.call('system.ping', { echo: 'later' }, SHORT_MS);
      await subject.killHost();
      expect(await underWay).toEqual({ ok: false, kind: 'host-gone' });
      expect(await get('system.ping', { echo: 'after' })).toMatchObject({ echo: 'after' });
    });

    test('the event stream ends when the host dies', async () => {
      await subject.openStream();
      await subject.killHost();
      await subject.streamEnd();
      expect(await get('system.ping', { echo: 'after' })).toMatchObject({ echo: 'after' });
    });
  });
}

function describeMethods(
  call: (method: string, input: unknown) => Promise<Answer>,
  get: Get,
): void {
  test('every method of the contract has good input in this suite', () => {
    expect(Object.keys(GOOD_INPUT).sort()).toEqual(CALLS.map(({ method }) => method).sort());
  });

  test.each(CALLS)(
    '$method answers good input with what the contract promises',
    async (procedure) => {
      const { method, output } = procedure;
      const answer = await call(method, await GOOD_INPUT[method]?.(get));
      if (isForStaff(method)) expect(answer).toEqual({ ok: false, kind: 'not-signed-in' });
      else if (!answer.ok) expect(answer.kind).toBe(MAY_REFUSE[method]);
      else {
        expect(answer.value).toBeDefined();
        expect(output?.safeParse(answer.value).error).toBeUndefined();
      }
    },
  );

  test.each(CALLS.filter(({ input }) => input !== undefined))(
    '$method refuses bad input as such',
    async ({ method }) => {
      for (const input of BAD_INPUT)
        expect({ input, ...(await call(method, input)) }).toEqual({
          input,
          ok: false,
          // Who may not call learns nothing of what the method takes.
          kind: isForStaff(method) ? 'not-signed-in' : 'bad-input',
        });
    },
  );

  test.each(CALLS)('$method never answers untyped, whatever it is given', async ({ method }) => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (input) => {
        const answer = await call(method, input);
        if (answer.ok) expect(answer.value).toBeDefined();
        else expect(STATION_ERROR_KINDS).toContain(answer.kind);
        expect(answer).not.toMatchObject({ kind: 'internal' });
      }),
      { numRuns: RANDOM_INPUTS },
    );
  });
}

async function firstLaw(get: Get): Promise<{ id: string }> {
  const { laws } = (await get('laws.list', FIRST_LAWS)) as { laws: { id: string }[] };
  return laws[0] ?? expect.unreachable('there is no sample law');
}

async function firstPerson(get: Get): Promise<unknown> {
  const { people } = (await get('people.list', { ...CHINESE, filter: {} })) as {
    people: { id: string }[];
  };
  return people[0]?.id ?? expect.unreachable('nobody is listed');
}

async function firstEnd(get: Get): Promise<unknown> {
  const id = await firstOf(get, 'triage.list', 'id');
  const { ends } = (await get('triage.get', { ...CHINESE, id })) as { ends: { id: string }[] };
  return { id, outcome: ends[0]?.id };
}

async function firstOf(get: Get, method: string, key: string): Promise<unknown> {
  const list = (await get(method, CHINESE)) as Record<string, unknown>[];
  return list[0]?.[key] ?? expect.unreachable(`${method} is empty`);
}

function resultOf(answer: Answer): unknown {
  if (!answer.ok) throw new Error(`refused: ${answer.kind}`);
  return answer.value;
}

function proceduresIn(node: unknown, path: readonly string[] = []): Procedure[] {
  if (isContractProcedure(node)) {
    const { inputSchema, outputSchema } = node['~orpc'] as Readonly<
      Record<'inputSchema' | 'outputSchema', z.ZodType | undefined>
    >;
    return [{ method: path.join('.'), input: inputSchema, output: outputSchema }];
  }
  return Object.entries(node as Record<string, unknown>).flatMap(([name, child]) =>
    proceduresIn(child, [...path, name]),
  );
}
