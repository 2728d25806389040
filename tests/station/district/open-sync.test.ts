import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { type Heartbeat, heartbeatSchema } from '#shared/operations/heartbeat.ts';
import { PROTOCOL_MINOR } from '#shared/operations/protocol-minor.ts';
import { readSignatureInput } from '#shared/operations/request-signature.ts';
import { localDateTime } from '#shared/time/local-date.ts';
import { noteApplied } from '#station/content/feed-divisions.ts';
import type { DistrictLink, DistrictRequest, Reply } from '#station/district/district-link.ts';
import { keepEnrolment } from '#station/district/enrolled.ts';
import { openSync, type Sync } from '#station/district/open-sync.ts';
import { markSeen, outboxState, takeResults, waitingOperations } from '#station/district/outbox.ts';
import type { RefusedDivision } from '#station/feed/open-feed.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { NOW } from '../../district/feed/sample-feed.ts';

const YEAR = 365 * 86_400_000;
const MINUTE = 60_000;
const ID = '00000000-0000-4000-8000-000000000001';
const CONFLICT = '00000000-0000-4000-8000-00000000000c';
const SOON = { timeout: 30_000, interval: 10 };

let db: WritableDb;
let cache: WritableDb;
let folder: string;
let sync: Sync | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync-'));
  db = openDatabase(':memory:', 'station');
  cache = openDatabase(':memory:', 'cache');
  enrolAs('t-terminal0000');
});
afterEach(async () => {
  await sync?.stop();
  for (const one of [db, cache]) one.write.close();
  rmSync(folder, { recursive: true, force: true });
});

function enrolAs(terminal: string): void {
  const identity = {
    name: '示例',
    api: 'https://example.invalid',
    feed: 'https://example.invalid/',
  };
  const keys = { sealingKey: { id: '0123456789abcdef', publicKey: '0'.repeat(64) } };
  const district = { ...identity, ...keys, root: 'e30=', receiptKey: '0'.repeat(64) };
  const answer = {
    terminal,
    outlet: '530102001',
    chain: [],
    now: '2026-11-23T10:00:00Z',
    district,
  };
  keepEnrolment(db, answer, 'technician', NOW);
}

function fact(id = ID): void {
  const operation = { id, type: 'queue-day', payload: {}, actor: 'station', subject: 'x', at: NOW };
  commitOperation(db, operation, () => {});
}

/** What the feed did not take, as a running terminal tells it. */
let refused: readonly RefusedDivision[] = [];
afterEach(() => {
  refused = [];
});

/** A server whose clock is right, and that answers as it is told. */
function district(answer: (request: DistrictRequest) => Reply) {
  const taken: string[] = [];
  const link: DistrictLink = {
    request: async (request) => {
      const created = readSignatureInput(request.headers['signature-input'] ?? '')?.created ?? 0;
      const isLate = Math.abs(created * 1000 - NOW) > 600_000;
      if (isLate)
        return { state: 'refused', code: 'clock', waitSeconds: undefined, serverTime: NOW };
      taken.push(request.path);
      return answer(request);
    },
  };
  return { link, taken };
}

const NOW_TEXT = new Date(NOW).toISOString();
const BEAT = { now: NOW_TEXT, nextSeconds: 300, openConflicts: 0 };
const wellAnswered = ({ path, body }: DistrictRequest): Reply => {
  if (path === DISTRICT_PATHS.heartbeats) return { state: 'answered', body: BEAT };
  if (path === DISTRICT_PATHS.conflicts) {
    const record = { id: 'notice.a', kind: 'notice', scope: '530102001' };
    const decided = { conflict: CONFLICT, operation: ID, record, fields: [], editor: '甲' };
    const conflict = { ...decided, madeAt: NOW_TEXT, outcome: 'published' };
    return { state: 'answered', body: { conflicts: [conflict] } };
  }
  const { operations } = JSON.parse(body) as { operations: { id: string }[] };
  const results = operations.map(({ id }) => ({ id, status: 'applied' }));
  return { state: 'answered', body: { now: NOW_TEXT, results } };
};

function start(link: DistrictLink, clock: { now: number; uptime: number }) {
  sync = openSync({
    ...{ db, cache, dataDir: folder, station: '530102001', log: { event: () => {} } as never },
    ...{ now: () => clock.now, uptime: () => clock.uptime, answered: () => {}, linkTo: () => link },
    health: {
      ...{ programVersion: '0.0.0-test', feedCheckedAt: () => undefined },
      feedRefused: () => refused,
      report: async () => ({ findings: [] }) as never,
    },
  });
  sync.start();
  return sync;
}

const times = (taken: readonly string[], path: string) =>
  taken.filter((one) => one === path).length;

test('a terminal whose clock is wrong by years and that has nothing to send is heard all the same', async () => {
  const { link, taken } = district(wellAnswered);
  const running = start(link, { now: NOW - 9 * YEAR, uptime: 1000 });
  await vi.waitFor(() => expect(taken).toContain(DISTRICT_PATHS.heartbeats), SOON);
  expect(running.trouble()).toBeUndefined();
});

test('a heartbeat before the first look tells when content last came, as by stick', async () => {
  noteApplied(cache, '530102', { epoch: 'epochone', sequence: 7, digest: '' }, NOW - YEAR);
  let told: unknown;
  const { link } = district((request) => {
    if (request.path === DISTRICT_PATHS.heartbeats) told = JSON.parse(request.body);
    return wellAnswered(request);
  });
  start(link, { now: NOW, uptime: 1000 });
  const checkedAt = localDateTime(NOW - YEAR);
  const content = [{ division: '530102', epoch: 'epochone', sequence: 7, checkedAt }];
  await vi.waitFor(() => expect(told).toMatchObject({ content }), SOON);
});

test('a heartbeat tells what the brake on deletions holds, and older districts hear what they know of it', async () => {
  noteApplied(cache, '530102', { epoch: 'epochone', sequence: 7, digest: '' }, NOW - YEAR);
  refused = [{ division: '530102', reason: 'mass-deletion', gone: 40, of: 60, top: 9 }];
  const told: Heartbeat[] = [];
  const { link } = district((request) => {
    if (request.path !== DISTRICT_PATHS.heartbeats) return wellAnswered(request);
    told.push(heartbeatSchema.parse(JSON.parse(request.body)));
    return told.length > 2
      ? wellAnswered(request)
      : { ...{ state: 'refused', code: 'bad-input' }, waitSeconds: undefined, serverTime: NOW };
  });
  start(link, { now: NOW, uptime: 1000 });
  await vi.waitFor(() => expect(told).toHaveLength(3), SOON);
  const why = { reason: 'mass-deletion', gone: 40, of: 60 };
  const refusals = told.map(({ content }) => content[0]?.refused);
  expect(refusals).toEqual([{ ...why, top: 9 }, why, undefined]);
  expect(told.map(({ minor }) => minor)).toEqual([PROTOCOL_MINOR, PROTOCOL_MINOR, undefined]);
});

test('what was taken goes again when the server begins another life, and not when it first tells of one, whatever the feed has', async () => {
  fact();
  let epoch: string | undefined;
  let sent = 0;
  const told: Heartbeat[] = [];
  const { link } = district((request) => {
    if (request.path === DISTRICT_PATHS.operations && request.body.includes(ID)) sent += 1;
    if (request.path !== DISTRICT_PATHS.heartbeats) return wellAnswered(request);
    told.push(heartbeatSchema.parse(JSON.parse(request.body)));
    return { state: 'answered', body: { ...BEAT, ...(epoch && { epoch }) } };
  });
  const clock = { now: NOW, uptime: 1000 };
  const running = start(link, clock);
  /** Waits for so many heartbeats, and for a round after the last, in which all goes that is to go. */
  const beats = async (count: number) => {
    await vi.waitFor(() => {
      running.wake();
      expect(told).toHaveLength(count);
    }, SOON);
    fact(`00000000-0000-4000-8000-00000000010${count}`);
    await vi.waitFor(() => {
      running.wake();
      expect(waitingOperations(db)).toEqual([]);
    }, SOON);
    clock.uptime += 6 * MINUTE;
  };
  await beats(1);
  expect(told[0]?.minor).toBe(PROTOCOL_MINOR);
  epoch = 'lifeone0';
  await beats(2);
  await beats(3);
  expect(sent).toBe(1);
  epoch = 'lifetwo0';
  await beats(4);
  await vi.waitFor(() => {
    running.wake();
    expect(sent).toBe(2);
  }, SOON);
  await beats(5);
  expect(sent).toBe(2);
});

test('the office’s decisions are heard by the server’s clock, too', async () => {
  db.write.exec(`
    insert into edit_version (id, kind, operation, action, changes, base_version, editor, editor_name, at)
      values ('notice.a', 'notice', '${ID}', 'withdraw', '[]', 1, 'p', '甲', 1);
    insert into edit_state (operation, state, version, conflict, fields, changed_at)
      values ('${ID}', 'conflict', 2, '${CONFLICT}', '[]', 1)`);
  fact('00000000-0000-4000-8000-000000000002');
  start(district(wellAnswered).link, { now: NOW + 9 * YEAR, uptime: 1000 });
  await vi.waitFor(() => expect(outboxState(db).conflicts).toBe(0), SOON);
});

test('a clock that is put right from years ahead holds no heartbeat up', async () => {
  const { link, taken } = district(wellAnswered);
  const clock = { now: NOW + 9 * YEAR, uptime: 1000 };
  const running = start(link, clock);
  await vi.waitFor(() => expect(times(taken, DISTRICT_PATHS.heartbeats)).toBe(1), SOON);
  clock.now = NOW;
  clock.uptime += 6 * MINUTE;
  await vi.waitFor(() => {
    running.wake();
    expect(times(taken, DISTRICT_PATHS.heartbeats)).toBe(2);
  }, SOON);
});

describe('a heartbeat that the district does not take', () => {
  const MORE = '00000000-0000-4000-8000-00000000000';
  /** Beats after so many minutes, each looked at when a round has passed in which one would have been sent. */
  const beatsAfter = async (no: Reply, minutes: readonly number[]) => {
    const { link, taken } = district((request) =>
      request.path === DISTRICT_PATHS.heartbeats ? no : wellAnswered(request),
    );
    const clock = { now: NOW, uptime: 1000 };
    const running = start(link, clock);
    const beats = () => times(taken, DISTRICT_PATHS.heartbeats);
    await vi.waitFor(() => expect(beats()).toBe(1), SOON);
    let facts = 0;
    const roundPasses = async () => {
      facts += 1;
      fact(`${MORE}${facts}`);
      await vi.waitFor(() => {
        running.wake();
        expect(times(taken, DISTRICT_PATHS.operations)).toBe(facts);
      }, SOON);
    };
    const found = [];
    for (const after of minutes) {
      clock.uptime = 1000 + after * MINUTE;
      // The second begins when the first, with its heartbeat, is over.
      await roundPasses();
      await roundPasses();
      found.push(beats());
    }
    return found;
  };
  const busy = (waitSeconds: number): Reply => ({
    ...{ state: 'refused', code: 'later', serverTime: NOW, waitSeconds },
  });

  test('is not sent again before the time that a busy server names', async () => {
    expect(await beatsAfter(busy(1_800), [6, 29, 31])).toEqual([1, 1, 2]);
  });

  test('comes no sooner than when all is well, however short the time', async () => {
    expect(await beatsAfter(busy(1), [4, 6])).toEqual([1, 2]);
  });

  test('comes after ever longer pauses when nobody answers', async () => {
    expect(await beatsAfter({ state: 'unreachable' }, [4, 6, 12, 17])).toEqual([1, 2, 2, 3]);
  });
});

test('when a stick has emptied the outbox after failures, the terminal is heard again', async () => {
  fact();
  let isDown = true;
  const { link, taken } = district((request) =>
    isDown ? { state: 'unreachable' } : wellAnswered(request),
  );
  const running = start(link, { now: NOW, uptime: 1000 });
  await vi.waitFor(() => expect(running.trouble()).toBe('unreachable'), SOON);
  await running.stop();
  isDown = false;
  takeResults(db, [{ id: ID, status: 'applied' }], NOW);
  const again = start(link, { now: NOW, uptime: 1000 });
  await vi.waitFor(() => expect(taken).toContain(DISTRICT_PATHS.heartbeats), SOON);
  expect(again.trouble()).toBeUndefined();
});

test('what the district still does not know stays read; another answer is told anew', async () => {
  fact();
  let [sent, message] = [0, '不认识。'];
  const { link } = district((request) => {
    if (request.path !== DISTRICT_PATHS.operations) return wellAnswered(request);
    sent += 1;
    const refusal = { id: ID, status: 'refused', code: 'unknown-type', message };
    return { state: 'answered', body: { now: NOW_TEXT, results: [refusal] } };
  });
  const clock = { now: NOW, uptime: 1000 };
  const running = start(link, clock);
  const dayLater = async (count: number) => {
    clock.uptime += 25 * 60 * MINUTE;
    await vi.waitFor(() => {
      running.wake();
      expect([sent, waitingOperations(db)]).toEqual([count, []]);
    }, SOON);
  };
  await vi.waitFor(() => expect(outboxState(db).refused).toHaveLength(1), SOON);
  expect(markSeen(db, ID)).toBe(true);
  await dayLater(2);
  expect(outboxState(db)).toMatchObject({ waiting: 0, refused: [] });
  message = '区县下个月起接收这一类数据。';
  await dayLater(3);
  expect(outboxState(db)).toMatchObject({ waiting: 0, refused: [{ id: ID, message }] });
});

test('what the district did not know is sent again a day later, also when somebody has read of it', async () => {
  fact();
  let isNew = false;
  const { link } = district((request) => {
    if (isNew || request.path !== DISTRICT_PATHS.operations) return wellAnswered(request);
    const refusal = { id: ID, status: 'refused', code: 'unknown-type', message: '不认识。' };
    return { state: 'answered', body: { now: NOW_TEXT, results: [refusal] } };
  });
  const clock = { now: NOW, uptime: 1000 };
  const running = start(link, clock);
  await vi.waitFor(() => expect(outboxState(db).refused).toHaveLength(1), SOON);
  db.write.exec("update outbox_answer set status = 'seen'");
  isNew = true;
  clock.uptime += 25 * 60 * MINUTE;
  await vi.waitFor(() => {
    running.wake();
    expect(db.read.prepare('select status from outbox_answer').get()).toEqual({
      status: 'applied',
    });
  }, SOON);
});

test('a busy server’s wait holds for what the terminal notes by itself, and not for what a person wrote', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  fact();
  const { link, taken } = district((request) => {
    const reply = wellAnswered(request);
    if (request.path !== DISTRICT_PATHS.operations || reply.state !== 'answered') return reply;
    return { ...reply, body: { ...(reply.body as object), waitSeconds: 100 } };
  });
  const running = start(link, { now: NOW, uptime: 1000 });
  const pushes = () => times(taken, DISTRICT_PATHS.operations);
  await vi.advanceTimersByTimeAsync(1000);
  expect(pushes()).toBe(1);
  fact('00000000-0000-4000-8000-000000000002');
  // A fifth earlier or later than the server said.
  await vi.advanceTimersByTimeAsync(78_000);
  expect(pushes()).toBe(1);
  await vi.advanceTimersByTimeAsync(42_000);
  expect(pushes()).toBe(2);
  fact('00000000-0000-4000-8000-000000000003');
  running.wake();
  await vi.advanceTimersByTimeAsync(1000);
  expect(pushes()).toBe(3);
});
